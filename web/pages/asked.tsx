// What we asked customers for, and what became of it.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../client/access-requests.ts'
import { agoText, dayText } from '../dates.ts'
import { accessRequestsQuery } from '../queries.ts'
import { type Column, DataList } from '../ui/data-list.tsx'
import { Empty } from '../ui/empty.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useMay } from '../who-is-here.ts'
import styles from './list-filters.module.css'
import { RequestChip } from './request-words.tsx'
import { useWants } from './waiting-requests.tsx'

const route = getRouteApi('/inside/asked')

const filters: Record<string, AccessRequest['state'][]> = {
  waiting: ['waiting'],
  answered: ['approved', 'denied', 'withdrawn'],
  lapsed: ['lapsed'],
}

export function AskedPage() {
  const { t } = useTranslation()
  const may = useMay()
  const query = useQuery(accessRequestsQuery('asked'))
  const ask = may('access_request:ask_for_self') ? <LinkButton to="/customers/new">{t('customers.ask')}</LinkButton> : null
  return (
    <Page title={t('asked.title')} lead={t('asked.lead')} actions={ask}>
      <Loaded query={query}>{({ items }) => (items.length === 0 ? <Empty>{t('asked.none')}</Empty> : <Asked items={items} />)}</Loaded>
    </Page>
  )
}

function Asked({ items }: { items: AccessRequest[] }) {
  const { t } = useTranslation()
  const { state = 'all' } = route.useSearch()
  const columns = useColumns()
  const among = (filter: string) => items.filter((request) => filters[filter]?.includes(request.state) ?? true)
  const shown = among(state)
  return (
    <>
      <Tabs
        label={t('asks.filter')}
        tabs={(['all', 'waiting', 'answered', 'lapsed'] as const).map((filter) => ({
          key: filter,
          words: t(`asks.filters.${filter}`),
          count: among(filter).length,
          search: { state: filter === 'all' ? undefined : filter },
        }))}
      />
      {shown.length === 0 ? (
        <Empty>{t('asked.noneMatch')}</Empty>
      ) : (
        <DataList label={t('asked.title')} columns={columns} rows={shown} rowKey={(request) => request.id} />
      )}
    </>
  )
}

function useColumns(): Column<AccessRequest>[] {
  const { t } = useTranslation()
  const wants = useWants()
  return [
    { key: 'to', label: t('asked.whom'), names: true, cell: (request) => <Whom request={request} /> },
    { key: 'what', label: t('asked.what'), cell: (request) => wants(request) },
    { key: 'until', label: t('asked.until'), narrow: true, cell: (request) => dayText(request.endsOn) },
    {
      key: 'when',
      label: t('asked.when'),
      cell: (request) => t('asked.by', { name: request.askedBy.name, ago: agoText(request.askedAt) }),
    },
    { key: 'state', label: t('partners.status'), cell: (request) => <State request={request} /> },
  ]
}

function Whom({ request }: { request: AccessRequest }) {
  return (
    <>
      <TextLink to="/asks/$id" params={{ id: request.id }}>
        {request.customer?.name ?? request.addressedTo}
      </TextLink>
      <div className={styles.quiet}>
        {request.number}
        {request.customer ? ` · ${request.addressedTo}` : null}
      </div>
    </>
  )
}

function State({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  return (
    <>
      <RequestChip request={request} />
      {request.answered?.reason ? <div className={styles.quiet}>“{request.answered.reason}”</div> : null}
      {request.state === 'waiting' ? <div className={styles.quiet}>{t('asks.lapses', { day: dayText(request.lapsesOn) })}</div> : null}
    </>
  )
}
