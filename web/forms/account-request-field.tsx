// What kind of request it is: a question like any other, or something that is asked in the name of the account, as far as one may.
import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AccountRequestChoice } from '../../client/account-requests.ts'
import { accountRequestsQuery } from '../queries.ts'
import { Choice } from '../ui/choice.tsx'
import { Details } from '../ui/details.tsx'
import styles from './fields.module.css'

export interface AccountAsk {
  /** Empty: a question like any other. */
  asks: string
  personName: string
  personEmail: string
}

interface AccountRequestFieldProps {
  customerId: string
  value: AccountAsk
  onChange: (value: AccountAsk) => void
  of: (field: string) => string | undefined
}

const question = 'question'

/** What can be asked in the name of the customer's account, once it is known. */
export function useAccountRequests(customerId: string): AccountRequestChoice[] {
  return useQuery({ ...accountRequestsQuery(customerId), enabled: customerId !== '' }).data?.items ?? []
}

/** Nothing is shown where the portal knows no such requests, or one may ask for none of them. */
export function AccountRequestField({ customerId, value, onChange, of }: AccountRequestFieldProps) {
  const { t } = useTranslation()
  const choices = useAccountRequests(customerId)
  const mine = choices.filter(({ may }) => may)
  const others = choices.filter(({ may }) => !may)
  if (mine.length === 0) return others.length === 0 ? null : <NotHere choices={others} />
  const options = [
    { value: question, words: t('open.question'), help: t('open.questionHelp') },
    ...mine.map(({ code, name, says }) => ({ value: code, words: name, help: says })),
  ]
  return (
    <Choice
      id="asks"
      question={t('open.what')}
      options={options}
      value={value.asks || question}
      onChange={(code) => onChange({ ...value, asks: code === question ? '' : code })}
      error={of('asks')}
    >
      {mine.some(({ code, forPerson }) => forPerson && code === value.asks) ? (
        <PersonFields value={value} onChange={onChange} of={of} />
      ) : null}
      {others.length > 0 ? <NotHere choices={others} /> : null}
    </Choice>
  )
}

function PersonFields({ value, onChange, of }: Omit<AccountRequestFieldProps, 'customerId'>) {
  const { t } = useTranslation()
  return (
    <div className={styles.below}>
      <TextInput
        id="person.name"
        label={t('open.personName')}
        value={value.personName}
        maxLength={200}
        error={of('person.name')}
        mb="sm"
        onChange={(event) => onChange({ ...value, personName: event.currentTarget.value })}
      />
      <TextInput
        id="person.email"
        type="email"
        label={t('open.personEmail')}
        value={value.personEmail}
        error={of('person.email')}
        onChange={(event) => onChange({ ...value, personEmail: event.currentTarget.value })}
      />
    </div>
  )
}

function NotHere({ choices }: { choices: AccountRequestChoice[] }) {
  const { t } = useTranslation()
  return (
    <Details summary={t('open.notHere')}>
      <ul>
        {choices.map(({ code, name, why }) => (
          <li key={code}>
            <strong>{name}</strong>: {why}
          </li>
        ))}
      </ul>
    </Details>
  )
}
