// Who support talks to about a new service request: oneself, or somebody else whose level allows it; the others with the reason.
import { Checkbox, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactChoice } from '../../client/records.ts'
import { contactChoicesToOpenQuery } from '../queries.ts'
import { useMe } from '../who-is-here.ts'

interface PointOfContactFieldProps {
  customerId: string
  value: string
  onChange: (personId: string) => void
  error: string | undefined
}

/** An empty value is oneself. */
export function PointOfContactField({ customerId, value, onChange, error }: PointOfContactFieldProps) {
  const { t } = useTranslation()
  const [mine, setMine] = useState(true)
  return (
    <>
      <Checkbox
        label={t('open.iAmPoint')}
        checked={mine}
        mb={mine ? 'lg' : 'sm'}
        onChange={(event) => {
          setMine(event.currentTarget.checked)
          onChange('')
        }}
      />
      {mine ? null : <Somebody customerId={customerId} value={value} onChange={onChange} error={error} />}
    </>
  )
}

function Somebody({ customerId, value, onChange, error }: PointOfContactFieldProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { data } = useQuery(contactChoicesToOpenQuery(customerId))
  const own = (data?.own ?? []).filter((one) => one.personId !== me.person.id)
  const partners = (data?.partners ?? []).filter((one) => one.personId !== me.person.id)
  return (
    <NativeSelect
      id="pointOfContactId"
      label={t('contacts.relations.point_of_contact')}
      value={value}
      error={error}
      mb="lg"
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t('contacts.choose') },
        ...(own.length > 0 ? [{ group: t('contacts.own'), items: own.map(optionOf) }] : []),
        ...(partners.length > 0 ? [{ group: t('contacts.partners'), items: partners.map(optionOf) }] : []),
      ]}
    />
  )
}

function optionOf({ personId, name, organization, mayBePointOfContact, why }: ContactChoice) {
  const reason = mayBePointOfContact || !why ? '' : ` (${why})`
  return { value: personId, label: `${name}, ${organization}${reason}`, disabled: !mayBePointOfContact }
}
