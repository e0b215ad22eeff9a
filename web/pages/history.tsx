// What happened: every change that concerns my company, newest first, as sentences.
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { HistoryEntry } from '../../client/portal.ts'
import { api } from '../api.ts'
import { dayOfMoment, timeText } from '../dates.ts'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import styles from './history.module.css'
import { Filters, wantedOf } from './history-filters.tsx'

const route = getRouteApi('/inside/history')

export function HistoryPage() {
  const { t } = useTranslation()
  const filter = route.useSearch()
  const query = useInfiniteQuery({
    queryKey: ['history', filter],
    queryFn: ({ pageParam }) => api.portal.history({ ...wantedOf(filter), limit: 50, ...(pageParam ? { after: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  })
  const isNarrowed = Object.keys(wantedOf(filter)).length > 0
  return (
    <Page title={t('history.title')} lead={t('history.lead')}>
      <Filters />
      <Loaded query={query}>
        {(items) => (items.length === 0 ? <Empty>{t(isNarrowed ? 'history.nothingFits' : 'history.none')}</Empty> : <Days items={items} />)}
      </Loaded>
      {query.hasNextPage ? (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t('history.older')}
        </Button>
      ) : null}
    </Page>
  )
}

function Days({ items }: { items: HistoryEntry[] }) {
  const { t } = useTranslation()
  const days = Map.groupBy(items, (entry) => dayOfMoment(entry.at))
  return [...days].map(([day, entries]) => (
    <Panel key={day} title={day}>
      <ol className={styles.entries}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <time dateTime={entry.at}>{timeText(entry.at)}</time>
            <span>
              {entry.sentence}
              {entry.before && entry.after ? ` ${entry.before} → ${entry.after}` : ''}
              {entry.grant ? ` · ${t('history.by', { number: entry.grant.number })}` : ''}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  ))
}
