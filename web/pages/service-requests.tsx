// Service requests of every customer I may see, narrowed by what stands in the address. Back, reload and a shared link restore it.

import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RecordFilter, RecordPage, RecordRow } from '../../client/records.ts'
import { api } from '../api.ts'
import { agoText, numberText } from '../dates.ts'
import { kindInAddress, kindShown } from '../i18n.ts'
import { recordCustomersQuery } from '../queries.ts'
import { type Column, DataList } from '../ui/data-list.tsx'
import { Empty } from '../ui/empty.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { LoadProblem } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { useMay, useMe, usePortal } from '../who-is-here.ts'
import { useTalkedOn } from './record-facts.tsx'
import { MarkLegend, PartnerMark, StateChip } from './record-words.tsx'
import { RequestFilters } from './request-filters.tsx'
import styles from './service-requests.module.css'

const route = getRouteApi('/inside/requests')

export function ServiceRequestsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const openFor = useQuery({ ...recordCustomersQuery('open'), enabled: useMayOpen() }).data?.items ?? []
  const open =
    openFor.length > 0 ? (
      <LinkButton to="/requests/new" search={{ ...kindInAddress(), ...(search.customer ? { customer: search.customer } : {}) }}>
        {t('requests.open')}
      </LinkButton>
    ) : null
  return (
    <Page title={t('requests.title')} actions={open}>
      <RequestFilters search={search} />
      <RequestList key={kindShown()} />
    </Page>
  )
}

/** Whether it is worth asking for whom one may open: not of a kind that nobody opens, and not without the right at home. */
function useMayOpen(): boolean {
  const may = useMay()
  const { records } = usePortal()
  const { side } = useMe().organization
  return records[kindShown()]?.actions['open'] !== undefined && (side !== 'customer' || may(`${kindShown()}:open`))
}

function useFilter(): RecordFilter {
  const { customer, state = 'open', part, q } = route.useSearch()
  return {
    ...(customer ? { customer } : {}),
    ...(state === 'all' ? {} : { state }),
    ...(part === 'mine' ? { part } : {}),
    ...(q ? { q } : {}),
    limit: 50,
  }
}

function RequestList() {
  const filter = useFilter()
  const query = useInfiniteQuery({
    queryKey: ['records', kindShown(), filter],
    queryFn: ({ pageParam }) => api.records.list(kindShown(), { ...filter, ...(pageParam ? { after: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page: RecordPage) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const rows = query.data?.pages.flatMap((page) => page.items)
  if (query.error && !rows) return <LoadProblem error={query.error} retry={() => query.refetch()} />
  if (rows?.length === 0) return <NoRequests />
  const total = query.data?.pages.at(-1)?.total ?? 0
  return (
    <div aria-busy={query.isFetching}>
      <Count rows={rows} total={total} />
      <RequestTable rows={rows} />
      {query.hasNextPage ? (
        <LoadMore shown={rows?.length ?? 0} total={total} loading={query.isFetchingNextPage} onMore={() => query.fetchNextPage()} />
      ) : null}
    </div>
  )
}

function Count({ rows, total }: { rows: RecordRow[] | undefined; total: number }) {
  const { t } = useTranslation()
  const shown = rows?.length
  return (
    <div className={styles.count}>
      <p role="status">
        {shown === undefined ? t('ui.loading') : t('requests.count', { shown: numberText(shown), count: total, total: numberText(total) })}
      </p>
      {rows?.some(({ partnerManaged }) => partnerManaged) ? <MarkLegend /> : null}
    </div>
  )
}

function LoadMore({ shown, total, loading, onMore }: { shown: number; total: number; loading: boolean; onMore: () => void }) {
  const { t } = useTranslation()
  return (
    <Button variant="default" loading={loading} onClick={onMore}>
      {t('requests.more', { left: numberText(Math.min(50, total - shown)) })}
    </Button>
  )
}

function NoRequests() {
  const { t } = useTranslation()
  const { customer, state = 'open', part, q } = route.useSearch()
  const customers = useQuery(recordCustomersQuery('read')).data?.items ?? []
  const narrowed = customer || part || q || state !== 'open'
  if (!narrowed) {
    const all = (
      <LinkButton to="/requests" search={{ ...kindInAddress(), state: 'all' }} variant="default">
        {t('requests.showClosed')}
      </LinkButton>
    )
    return <Empty action={all}>{t('requests.none')}</Empty>
  }
  const said = [customers.find(({ id }) => id === customer)?.name, part ? t('requests.parts.mine') : undefined, q && `“${q}”`]
    .filter(Boolean)
    .join(' · ')
  const clear = (
    <LinkButton to="/requests" search={kindInAddress()} variant="default">
      {t('requests.clear')}
    </LinkButton>
  )
  return <Empty action={clear}>{said ? t('requests.noneMatch', { said }) : t('requests.noneState')}</Empty>
}

function RequestTable({ rows }: { rows: RecordRow[] | undefined }) {
  const { t } = useTranslation()
  // Of what nobody writes on there is no contact, and no part that one could have in it.
  const talkedOn = useTalkedOn()
  const named = talkedOn || rows?.some(({ pointOfContact }) => pointOfContact)
  const columns: Column<RecordRow>[] = [
    { key: 'number', label: t('requests.number'), narrow: true, cell: (row) => <NumberCell row={row} /> },
    { key: 'title', label: t('requests.subject'), names: true, cell: (row) => <TitleCell row={row} /> },
    { key: 'customer', label: t('requests.customer'), cell: (row) => row.customer?.name ?? '' },
    ...(named ? [{ key: 'contact', label: t('requests.contact'), cell: (row: RecordRow) => <ContactCell row={row} /> }] : []),
    ...(talkedOn ? [{ key: 'part', label: t('requests.part'), cell: (row: RecordRow) => t(`requests.parts.${row.part}`) }] : []),
    { key: 'updated', label: t('requests.updated'), narrow: true, cell: (row) => agoText(row.updatedAt) },
    { key: 'state', label: t('requests.state'), narrow: true, cell: (row) => <StateChip state={row.state} /> },
  ]
  return (
    <DataList
      label={t('requests.title')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      orderedBy={{ key: 'updated', downwards: true }}
    />
  )
}

function NumberCell({ row }: { row: RecordRow }) {
  return (
    <span className={styles.number}>
      <span>{row.partnerManaged ? <PartnerMark /> : null}</span>
      <span>{row.number}</span>
    </span>
  )
}

function TitleCell({ row }: { row: RecordRow }) {
  return (
    <TextLink to="/requests/$id" params={{ id: row.id }} search={kindInAddress()}>
      {row.title}
    </TextLink>
  )
}

function ContactCell({ row }: { row: RecordRow }) {
  const contact = row.pointOfContact
  if (!contact) return '—'
  return (
    <>
      {contact.name}
      {contact.outside ? <div className={styles.quiet}>{contact.organization}</div> : null}
    </>
  )
}
