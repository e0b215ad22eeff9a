// For whom one asks: oneself, some colleagues with a level each, or everyone at one's firm; as far as one's role allows.
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PartnerPerson } from '../../client/access.ts'
import { colleaguesQuery } from '../queries.ts'
import { Choice, type Option } from '../ui/choice.tsx'
import { Details } from '../ui/details.tsx'
import { useMay, useMe, usePortal } from '../who-is-here.ts'
import { AccessField } from './access-field.tsx'
import type { AskForm } from './ask-form.ts'
import { type ChosenAccess, nothingChosen } from './chosen-access.ts'
import styles from './fields.module.css'
import { PeoplePicker } from './people-picker.tsx'

interface ForWhomFieldProps {
  form: AskForm
  change: (changes: Partial<AskForm>) => void
  of: (field: string) => string | undefined
}

function useOptions(): Option[] {
  const { t } = useTranslation()
  const may = useMay()
  const me = useMe()
  const options: (Option & { ability: string })[] = [
    { value: 'me', words: t('ask.me', { name: me.person.name }), help: t('ask.meHelp'), ability: 'access_request:ask_for_self' },
    { value: 'people', words: t('ask.people'), help: t('ask.peopleHelp'), ability: 'access_request:ask_for_people' },
    {
      value: 'everyone',
      words: t('access.everyoneAt', { partner: me.organization.name }),
      help: t('ask.everyoneHelp'),
      ability: 'access_request:ask_for_organization',
    },
  ]
  const { giving } = usePortal()
  const grantee = (value: string) => (value === 'everyone' ? 'organization' : 'person')
  return options.filter(({ value, ability }) => may(ability) && giving.grantees.includes(grantee(value)))
}

export function ForWhomField({ form, change, of }: ForWhomFieldProps) {
  const { t } = useTranslation()
  const me = useMe()
  const options = useOptions()
  const people = useQuery({ ...colleaguesQuery, enabled: form.who === 'people' }).data?.items ?? []
  return (
    <Choice
      id="who"
      question={t('ask.who')}
      options={options}
      value={form.who}
      onChange={(who) => change({ who: who as AskForm['who'] })}
      error={of('who')}
    >
      {form.who === 'people' ? (
        <>
          <PeoplePicker
            firm={me.organization.name}
            people={people}
            picked={form.personIds}
            onPick={(personIds) => change({ personIds })}
            error={of('personIds')}
          />
          {form.personIds.length > 1 ? <AccessEach form={form} change={change} people={people} /> : null}
        </>
      ) : null}
    </Choice>
  )
}

/** Something else for one of them: a level from a list, or the roles or switches of the portal. */
function AccessEach({ form, change, people }: Omit<ForWhomFieldProps, 'of'> & { people: PartnerPerson[] }) {
  const { t } = useTranslation()
  const { giving, rights } = usePortal()
  const set = (personId: string, access: ChosenAccess) => change({ accesses: { ...form.accesses, [personId]: access } })
  const Field = giving.shape === 'ladder' && rights.length === 0 ? LevelOf : AccessOf
  return (
    <Details summary={t('ask.levelEach')}>
      <div className={styles.each}>
        {people
          .filter((person) => form.personIds.includes(person.id))
          .map((person) => (
            <Field
              key={person.id}
              person={person}
              value={form.accesses[person.id] ?? nothingChosen}
              onChange={(access) => set(person.id, access)}
            />
          ))}
      </div>
    </Details>
  )
}

interface OneProps {
  person: PartnerPerson
  value: ChosenAccess
  onChange: (access: ChosenAccess) => void
}

function LevelOf({ person, value, onChange }: OneProps) {
  const { t } = useTranslation()
  const { levels } = usePortal()
  return (
    <NativeSelect
      label={person.name}
      value={value.level ?? ''}
      onChange={(event) => onChange({ level: event.currentTarget.value || null, rights: [] })}
      data={[{ value: '', label: t('ask.sameLevel') }, ...levels.map(({ code, name }) => ({ value: code, label: name }))]}
    />
  )
}

function AccessOf({ person, value, onChange }: OneProps) {
  const { t } = useTranslation()
  return (
    <AccessField
      id={`access-${person.id}`}
      question={t('ask.accessOf', { name: person.name })}
      value={value}
      onChange={onChange}
      explained={false}
    />
  )
}
