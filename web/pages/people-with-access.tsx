// The named people of partners who have access, or had it: why, since, until, by whom, and when they last used it.
import { NativeSelect, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PersonWithAccess } from '../../client/ways-out.ts'
import { api } from '../api.ts'
import { dayOfMoment, lastDayOf, momentText } from '../dates.ts'
import { Chip } from '../ui/chip.tsx'
import { type Column, DataList } from '../ui/data-list.tsx'
import { Empty } from '../ui/empty.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { useMe } from '../who-is-here.ts'
import { LookThrough } from './look-through.tsx'
import styles from './people.module.css'
import lists from './service-requests.module.css'

const route = getRouteApi('/inside/people-with-access')

export function PeopleWithAccessPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { state = 'now', q = '' } = route.useSearch()
  const wanted = { state, ...(q ? { q } : {}) }
  const query = useQuery({
    queryKey: ['people-with-access', wanted],
    queryFn: () => api.removals.peopleWithAccess(wanted),
    placeholderData: keepPreviousData,
  })
  const show = (search: { state?: string; q?: string }) =>
    void navigate({ to: '/people-with-access', search: { state, ...(q ? { q } : {}), ...search }, replace: true, resetScroll: false })
  return (
    <Page title={t('named.title')} lead={t('named.lead')} above={<TextLink to="/partners">{t('partners.back')}</TextLink>}>
      <div className={lists.filters}>
        <NativeSelect
          label={t('named.which')}
          value={state}
          onChange={(event) => show({ state: event.currentTarget.value })}
          data={(['now', 'ended', 'all'] as const).map((value) => ({ value, label: t(`named.states.${value}`) }))}
        />
        <TextInput label={t('grant.find')} value={q} maxLength={200} onChange={(event) => show({ q: event.currentTarget.value })} />
      </div>
      <p>
        <a href={`/api/v1/people-with-access/export?${new URLSearchParams(wanted)}`} download>
          {t('named.csv')}
        </a>
      </p>
      <Loaded query={query}>{({ items }) => (items.length === 0 ? <Empty>{t('named.none')}</Empty> : <Rows items={items} />)}</Loaded>
    </Page>
  )
}

/** What one person has: the access that counts, and below it what it replaces or stands beside it. */
interface Shown {
  row: PersonWithAccess
  below: PersonWithAccess[]
  nested: boolean
}

function Rows({ items }: { items: PersonWithAccess[] }) {
  const { t } = useTranslation()
  const columns = useNamedColumns()
  return (
    <DataList
      label={t('named.title')}
      columns={columns}
      rows={byPerson(items)}
      rowKey={({ row }) => `${row.person.id} ${row.grant.id} ${row.since}`}
      below={({ below }) => below.map((row) => ({ row, below: [], nested: true }))}
    />
  )
}

/** The server's order of people; of each, what counts first. */
function byPerson(items: PersonWithAccess[]): Shown[] {
  return [...Map.groupBy(items, ({ person }) => person.id).values()].flatMap((theirs) => {
    const [row, ...below] = theirs.toSorted((a, b) => Number(b.counts) - Number(a.counts))
    return row ? [{ row, below, nested: false }] : []
  })
}

function useNamedColumns(): Column<Shown>[] {
  const { t } = useTranslation()
  const zone = useMe().organization.timeZone
  return [
    { key: 'who', label: t('named.who'), names: true, cell: (shown) => <WhoCell {...shown} /> },
    { key: 'may', label: t('named.may'), cell: ({ row }) => <MayCell row={row} /> },
    { key: 'since', label: t('named.since'), narrow: true, cell: ({ row }) => dayOfMoment(row.since, zone) },
    { key: 'until', label: t('named.until'), narrow: true, cell: ({ row }) => <UntilCell row={row} /> },
    { key: 'by', label: t('named.by'), cell: ({ row }) => <GivenBy row={row} /> },
    {
      key: 'used',
      label: t('named.used'),
      cell: ({ row }) => (row.lastUsedAt ? momentText(row.lastUsedAt) : t('partners.never')),
    },
  ]
}

function WhoCell({ row, nested }: Shown) {
  if (nested) return `└ ${row.person.name}`
  return (
    <>
      {row.person.name}
      <div className={styles.address}>{row.partner.name}</div>
      <div className={styles.address}>{row.person.email}</div>
      {inForce.includes(row.state) ? <LookThrough partner={row.partner} person={row.person} small /> : null}
    </>
  )
}

const inForce = ['active', 'ending']

function MayCell({ row }: { row: PersonWithAccess }) {
  const { t } = useTranslation()
  return (
    <>
      <TextLink to="/access/$id" params={{ id: row.grant.id }}>
        {row.gives}
      </TextLink>
      <div className={styles.address}>
        {t(`named.through.${row.through}`, { group: row.group ?? '' })}
        {row.counts || !inForce.includes(row.state) ? null : ` · ${t('named.replaced')}`}
      </div>
    </>
  )
}

function UntilCell({ row }: { row: PersonWithAccess }) {
  const { t } = useTranslation()
  const tone =
    row.state === 'active' ? 'good' : row.state === 'ending' ? 'care' : ['later', 'unconfirmed'].includes(row.state) ? 'news' : 'still'
  return (
    <>
      {lastDayOf(row.until, useMe().organization.timeZone)}
      <div>
        <Chip tone={tone}>{t(`named.words.${row.state}`)}</Chip>
      </div>
    </>
  )
}

/** By the customer, or by a colleague who has access still or not: whom they let in stays (CD-045). */
function GivenBy({ row: { letInBy, givenBy, reason } }: { row: PersonWithAccess }) {
  const { t } = useTranslation()
  const by = letInBy ? t(letInBy.hasAccess ? 'named.letIn' : 'named.letInByNobody', { name: letInBy.name }) : givenBy
  return [by, reason && `“${reason}”`].filter(Boolean).join(' ')
}
