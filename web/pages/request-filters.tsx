// The filters of the list: whose requests, in which state, which part I have, and words to find. They are the address.
import { NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recordCustomersQuery } from '../queries.ts'
import { useTalkedOn } from './record-facts.tsx'
import { useRecordStates } from './record-words.tsx'
import styles from './service-requests.module.css'

export interface RequestSearch {
  kind?: string | undefined
  customer?: string | undefined
  state?: string | undefined
  part?: string | undefined
  q?: string | undefined
}

export function RequestFilters({ search }: { search: RequestSearch }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const talkedOn = useTalkedOn()
  const set = (changes: RequestSearch) => navigate({ to: '/requests', search: { ...search, ...changes }, resetScroll: false })
  return (
    <search className={styles.filters}>
      <CustomerFilter value={search.customer} onChange={(customer) => set({ customer })} />
      <StateFilter value={search.state} onChange={(state) => set({ state })} />
      {talkedOn || search.part ? (
        <NativeSelect
          label={t('requests.partFilter')}
          value={search.part ?? 'all'}
          onChange={(event) => set({ part: event.currentTarget.value === 'mine' ? 'mine' : undefined })}
          data={[
            { value: 'all', label: t('requests.parts.all') },
            { value: 'mine', label: t('requests.parts.mine') },
          ]}
        />
      ) : null}
      <SearchField value={search.q ?? ''} onChange={(q) => set({ q: q || undefined })} />
    </search>
  )
}

type FilterProps = { value: string | undefined; onChange: (value: string | undefined) => void }

/** Own company first, as the server lists them. Not shown to who sees one customer only. */
function CustomerFilter({ value, onChange }: FilterProps) {
  const { t } = useTranslation()
  const customers = useQuery(recordCustomersQuery('read')).data?.items ?? []
  if (customers.length < 2 && !value) return null
  return (
    <NativeSelect
      label={t('requests.customer')}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: t('requests.allCustomers', { count: customers.length }) },
        ...customers.map(({ id, name, own }) => ({ value: id, label: own ? t('requests.own', { name }) : name })),
      ]}
    />
  )
}

function StateFilter({ value, onChange }: FilterProps) {
  const { t } = useTranslation()
  const states = useRecordStates()
  return (
    <NativeSelect
      label={t('requests.state')}
      value={value ?? 'open'}
      onChange={(event) => onChange(event.currentTarget.value === 'open' ? undefined : event.currentTarget.value)}
      data={[
        { value: 'open', label: t('requests.allOpen') },
        { value: 'all', label: t('requests.openAndClosed') },
        ...states.map(({ code, name }) => ({ value: code, label: t('requests.only', { name }) })),
      ]}
    />
  )
}

function SearchField({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const soon = useDebouncedCallback(onChange, 300)
  useEffect(() => setText(value), [value])
  return (
    <TextInput
      type="search"
      label={t('requests.find')}
      value={text}
      maxLength={200}
      onChange={(event) => {
        setText(event.currentTarget.value)
        soon(event.currentTarget.value)
      }}
    />
  )
}
