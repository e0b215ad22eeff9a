// Single records, found by number or subject among those of one's own company, or of the customer that one asks.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { useMe, usePortal } from '../who-is-here.ts'
import type { ChosenScope } from './chosen-access.ts'
import styles from './fields.module.css'

type Picked = ChosenScope['records']

interface RecordPickerProps {
  picked: Picked
  onPick: (records: Picked) => void
  /** Whose records; left out: one's own company's. */
  customerId?: string | undefined
}

export function RecordPicker({ picked, onPick, customerId }: RecordPickerProps) {
  const { t } = useTranslation()
  const { records } = usePortal()
  const kinds = Object.entries(records)
  const [kind, setKind] = useState(kinds[0]?.[0] ?? '')
  const [text, setText] = useState('')
  const found = useFound(kind, text, customerId)
  const fresh = found.filter(({ id }) => !picked.some((one) => one.kind === kind && one.id === id))
  return (
    <div className={styles.below}>
      {kinds.length > 1 ? (
        <NativeSelect
          label={t('scope.kind')}
          value={kind}
          mb="xs"
          onChange={(event) => setKind(event.currentTarget.value)}
          data={kinds.map(([value, { many }]) => ({ value, label: many }))}
        />
      ) : null}
      <TextInput
        type="search"
        label={t('scope.find')}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <RecordLines
        label={t('scope.found')}
        records={fresh.map(({ id, number, title }) => ({ kind, id, number, title }))}
        words={(number) => t('scope.add', { number })}
        onPress={({ id, number }) => onPick([...picked, { kind, id, number }])}
      />
      {picked.length > 0 ? (
        <>
          <p>{t('scope.picked', { count: picked.length })}</p>
          <RecordLines
            label={t('scope.chosen')}
            records={picked}
            words={(number) => t('scope.leaveOut', { number })}
            onPress={(gone) => onPick(picked.filter((one) => one.kind !== gone.kind || one.id !== gone.id))}
          />
        </>
      ) : null}
    </div>
  )
}

function useFound(kind: string, text: string, customerId: string | undefined) {
  const own = useMe().organization.id
  const company = customerId ?? own
  const [q] = useDebouncedValue(text.trim(), 200)
  const query = useQuery({
    queryKey: ['records', 'to-give', company, kind, q],
    queryFn: () => api.records.list(kind, { q, customer: company, limit: 8 }),
    enabled: q !== '' && kind !== '',
  })
  return q === '' ? [] : (query.data?.items ?? [])
}

type Line = Picked[number] & { title?: string }

interface RecordLinesProps {
  label: string
  records: Line[]
  words: (number: string) => string
  onPress: (record: Line) => void
}

function RecordLines({ label, records, words, onPress }: RecordLinesProps) {
  if (records.length === 0) return null
  return (
    <ul className={styles.found} aria-label={label}>
      {records.map((record) => (
        <li key={`${record.kind} ${record.id}`}>
          <span>
            <strong>{record.number}</strong> {record.title ?? ''}
          </span>
          <Button variant="default" size="compact-sm" onClick={() => onPress(record)}>
            {words(record.number)}
          </Button>
        </li>
      ))}
    </ul>
  )
}
