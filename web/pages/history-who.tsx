// About whom the history is to tell: one of my own people or of a partner's, and which partner, chosen by name. Who left is among them.
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { partnerPeopleQuery, partnersQuery, peopleQuery } from '../queries.ts'
import { useMay, useMe } from '../who-is-here.ts'

interface Who {
  partner?: string | undefined
  person?: string | undefined
}

export function WhoFilters({ partner = '', person = '', show }: Who & { show: (changes: Who) => void }) {
  const { t } = useTranslation()
  const may = useMay()
  const { organization } = useMe()
  const givesAccess = may('access:give')
  const partners = useQuery({ ...partnersQuery, enabled: givesAccess }).data?.items ?? []
  const theirs = useQuery({ ...partnerPeopleQuery(partner), enabled: givesAccess && partner !== '' }).data?.items ?? []
  const ours = useQuery({ ...peopleQuery(organization.id, true), enabled: may('people:read') && partner === '' }).data?.items ?? []
  const people = partner === '' ? ours : theirs
  return (
    <>
      {givesAccess ? (
        <NativeSelect
          label={t('access.partner')}
          value={partner}
          onChange={(event) => show({ partner: event.currentTarget.value, person: '' })}
          data={[{ value: '', label: t('history.anyPartner') }, ...options(partners, partner, t('history.another'))]}
        />
      ) : null}
      <NativeSelect
        label={t('history.person')}
        value={person}
        onChange={(event) => show({ person: event.currentTarget.value })}
        data={[{ value: '', label: t('history.anybody') }, ...options(people, person, t('history.another'))]}
      />
    </>
  )
}

/** What is chosen stands there also where its name is not known: by a link, or gone since. */
function options(named: readonly { id: string; name: string }[], chosen: string, another: string) {
  const known = named.map(({ id, name }) => ({ value: id, label: name }))
  return chosen === '' || known.some(({ value }) => value === chosen) ? known : [{ value: chosen, label: another }, ...known]
}
