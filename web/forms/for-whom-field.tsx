// For whom one asks: oneself, some colleagues with a level each, or everyone at one's firm; as far as one's role allows.
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PartnerPerson } from '../../client/access.ts'
import { colleaguesQuery } from '../queries.ts'
import { Choice, type Option } from '../ui/choice.tsx'
import { Details } from '../ui/details.tsx'
import { useMay, useMe, usePortal } from '../who-is-here.ts'
import type { AskForm } from './ask-form.ts'
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
  return options.filter(({ ability }) => may(ability))
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
          {form.personIds.length > 1 ? <LevelEach form={form} change={change} people={people} /> : null}
        </>
      ) : null}
    </Choice>
  )
}

function LevelEach({ form, change, people }: Omit<ForWhomFieldProps, 'of'> & { people: PartnerPerson[] }) {
  const { t } = useTranslation()
  const { levels } = usePortal()
  const names = levels.map(({ code, name }) => ({ value: code, label: name }))
  return (
    <Details summary={t('ask.levelEach')}>
      <div className={styles.each}>
        {people
          .filter((person) => form.personIds.includes(person.id))
          .map((person) => (
            <NativeSelect
              key={person.id}
              label={person.name}
              value={form.levels[person.id] ?? ''}
              onChange={(event) => change({ levels: withLevel(form.levels, person.id, event.currentTarget.value) })}
              data={[{ value: '', label: t('ask.sameLevel') }, ...names]}
            />
          ))}
      </div>
    </Details>
  )
}

function withLevel(levels: Record<string, string>, personId: string, level: string): Record<string, string> {
  const { [personId]: _, ...others } = levels
  return level ? { ...others, [personId]: level } : others
}
