// For whom at a partner, as the portal lets it be: people one picks, those whom the partner's administrator picks, or everyone there.
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Partner } from '../../client/access.ts'
import { partnerGroupsQuery, partnerPeopleQuery } from '../queries.ts'
import { Choice } from '../ui/choice.tsx'
import { usePortal } from '../who-is-here.ts'
import type { AccessForm } from './access-form.ts'
import styles from './fields.module.css'
import { PeoplePicker } from './people-picker.tsx'

interface WhoFieldProps {
  partner: Partner
  form: AccessForm
  onChange: (change: Partial<AccessForm>) => void
  of: (field: string) => string | undefined
  children?: ReactNode
}

function useOptions(partner: Partner) {
  const { t } = useTranslation()
  const { giving } = usePortal()
  // Only beside an access for everyone does a personal one replace anything.
  const replaces = giving.grantees.includes('organization')
  const options = [
    {
      grantee: 'person',
      value: 'people',
      words: t('access.thesePeople', { partner: partner.name }),
      help: replaces ? t('access.thesePeopleHelp') : '',
    },
    { grantee: 'group', value: 'group', words: t('access.theirChoice', { partner: partner.name }), help: t('access.theirChoiceHelp') },
    {
      grantee: 'organization',
      value: 'everyone',
      words: t('access.everyoneAt', { partner: partner.name }),
      help: t('access.everyoneHelp', { count: partner.peopleCount }),
    },
  ] as const
  return options.filter(({ grantee }) => giving.grantees.includes(grantee))
}

export function WhoField({ partner, form, onChange, of, children }: WhoFieldProps) {
  const { t } = useTranslation()
  const people = useQuery({ ...partnerPeopleQuery(partner.id), enabled: form.who === 'people' }).data?.items ?? []
  const options = useOptions(partner)
  const only = options.length === 1 ? options[0]?.value : undefined
  // Where there is one answer, it is not asked for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each portal
  useEffect(() => {
    if (only && form.who !== only) onChange({ who: only })
  }, [only])
  return (
    <Choice
      id="who"
      question={t('access.who')}
      options={options.map(({ value, words, help }) => ({ value, words, help }))}
      value={form.who}
      onChange={(who) => onChange({ who: who as AccessForm['who'] })}
      error={of('who')}
    >
      {form.who === 'people' ? (
        <PeoplePicker
          firm={partner.name}
          people={people}
          picked={form.personIds}
          onPick={(personIds) => onChange({ personIds })}
          error={of('personIds')}
        />
      ) : null}
      {form.who === 'group' ? (
        <GroupField partner={partner} value={form.group} onChange={(group) => onChange({ group })} error={of('group')} />
      ) : null}
      {children}
    </Choice>
  )
}

interface GroupFieldProps {
  partner: Partner
  value: string
  onChange: (group: string) => void
  error: string | undefined
}

function GroupField({ partner, value, onChange, error }: GroupFieldProps) {
  const { t } = useTranslation()
  const { giving } = usePortal()
  const groups = useQuery(partnerGroupsQuery(partner.id)).data?.items ?? []
  const chosen = groups.find(({ id }) => id === value)
  return (
    <div className={styles.below}>
      <NativeSelect
        id="group"
        label={t('access.group')}
        value={value}
        error={error}
        description={
          chosen ? t('access.inGroup', { count: chosen.members.length, names: chosen.members.join(', ') }) : t('access.emptyGroup')
        }
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[
          { value: 'new', label: t(giving.shape === 'roles' ? 'access.groupOfRole' : 'access.newGroup') },
          ...groups.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </div>
  )
}
