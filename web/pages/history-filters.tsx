// What narrows the history stands in the address, so that Back, reload and a shared link restore it; the file holds the same.
import { NativeSelect, TextInput } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isDay } from '../dates.ts'
import { WhoFilters } from './history-who.tsx'
import styles from './service-requests.module.css'

const route = getRouteApi('/inside/history')

const kinds = {
  access: 'grant,partner,removal,group_member,invitation',
  requests: 'access_request',
  people: 'person,contact,colleague',
  signIn: 'session,passkey,sign_in',
} as const

interface Filter {
  kind?: string | undefined
  from?: string | undefined
  to?: string | undefined
  person?: string | undefined
  partner?: string | undefined
}

/** As the API takes it. A day that is half typed narrows nothing. */
export function wantedOf({ kind, from, to, person, partner }: Filter): Record<string, string> {
  const what = kinds[kind as keyof typeof kinds]
  const wanted = { what, from: from && isDay(from) ? from : '', to: to && isDay(to) ? to : '', person, partner }
  return Object.fromEntries(Object.entries(wanted).flatMap(([key, value]) => (value ? [[key, value]] : [])))
}

export function Filters() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const filter = route.useSearch()
  const show = (changes: Filter) => void navigate({ to: '/history', search: { ...filter, ...changes }, replace: true, resetScroll: false })
  const file = (format: string) => `/api/v1/history/export?${new URLSearchParams({ ...wantedOf(filter), format })}`
  return (
    <>
      <div className={styles.filters}>
        <NativeSelect
          label={t('history.kind')}
          value={filter.kind ?? ''}
          onChange={(event) => show({ kind: event.currentTarget.value })}
          data={[
            { value: '', label: t('history.all') },
            ...Object.keys(kinds).map((value) => ({ value, label: t(`history.kinds.${value as keyof typeof kinds}`) })),
          ]}
        />
        <WhoFilters partner={filter.partner} person={filter.person} show={show} />
        {(['from', 'to'] as const).map((field) => (
          <TextInput
            key={field}
            type="date"
            label={t(`history.${field}`)}
            value={filter[field] ?? ''}
            onChange={(event) => show({ [field]: event.currentTarget.value })}
          />
        ))}
      </div>
      <p>
        <a href={file('csv')} download>
          {t('history.csv')}
        </a>{' '}
        ·{' '}
        <a href={file('ndjson')} download>
          {t('history.ndjson')}
        </a>
      </p>
    </>
  )
}
