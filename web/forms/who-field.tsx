// For whom at a partner: the people one picks, or everyone there now and later.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Partner } from '../../client/access.ts'
import { partnerPeopleQuery } from '../queries.ts'
import { Choice } from '../ui/choice.tsx'
import type { AccessForm } from './access-form.ts'
import { PeoplePicker } from './people-picker.tsx'

interface WhoFieldProps {
  partner: Partner
  form: AccessForm
  onChange: (change: Partial<AccessForm>) => void
  of: (field: string) => string | undefined
  children?: ReactNode
}

export function WhoField({ partner, form, onChange, of, children }: WhoFieldProps) {
  const { t } = useTranslation()
  const people = useQuery(partnerPeopleQuery(partner.id)).data?.items ?? []
  return (
    <Choice
      id="who"
      question={t('access.who')}
      options={[
        { value: 'people', words: t('access.thesePeople', { partner: partner.name }), help: t('access.thesePeopleHelp') },
        {
          value: 'everyone',
          words: t('access.everyoneAt', { partner: partner.name }),
          help: t('access.everyoneHelp', { count: partner.peopleCount }),
        },
      ]}
      value={form.who}
      onChange={(who) => onChange({ who: who === 'everyone' ? 'everyone' : 'people' })}
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
      {children}
    </Choice>
  )
}
