// What the explorer finds: everyone who can do something to a record, or every record to which a person can, each with its sentences.
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { FoundBy, FoundPage } from '../../client/portal.ts'
import { api } from '../api.ts'
import { kindShown } from '../i18n.ts'
import { Chip } from '../ui/chip.tsx'
import { Details } from '../ui/details.tsx'
import { Empty } from '../ui/empty.tsx'
import { TextLink } from '../ui/links.tsx'
import { Panel } from '../ui/panel.tsx'
import { ApiCall } from './api-call.tsx'
import styles from './explained.module.css'
import { About, momentOn, recordNumbered } from './explained.tsx'

const pageOf = 50

/** Everyone who can do that to the record. */
export function FoundPeople({ action, number, day }: { action: string; number: string; day: string | undefined }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['who may', action, number, day],
    queryFn: async ({ pageParam }) => {
      const record = await recordNumbered(number)
      if (!record) return null
      const question = { action, record: { kind: kindShown(), id: record.id }, ...momentOn(day) }
      return { question, page: await api.questions.people({ ...question, ...pageParam, limit: pageOf }) }
    },
    initialPageParam: {} as { after?: string },
    getNextPageParam: (last) => (last?.page.next ? { after: last.page.next } : undefined),
  })
  const pages = query.data?.pages ?? []
  if (pages[0] === null) return <Panel title={t('who.absent', { number })}>{t('absent.words')}</Panel>
  const found = pages.flatMap((one) => one?.page.items ?? [])
  return (
    <Findings title={t('who.people', { number })} nobody={t('who.nobodyElse')} count={found.length} query={query}>
      {found.map((one) => (
        <Finding key={one.person.id} found={one} name={one.person.name}>
          <strong>{one.person.name}</strong>, {one.person.organization} {one.outside ? <Chip tone="news">{t('who.outside')}</Chip> : null}
        </Finding>
      ))}
      {pages[0] ? <ApiCall path="/api/v1/explanations/people" body={pages[0].question} /> : null}
    </Findings>
  )
}

/** Every record to which they can do that, now or as of a day. */
export function FoundRecords({ person, action, day }: { person: string; action: string; day: string | undefined }) {
  const { t } = useTranslation()
  const question = { person, action, kind: kindShown(), ...momentOn(day) }
  const query = useInfiniteQuery({
    queryKey: ['what may they', question],
    queryFn: ({ pageParam }) => api.questions.records({ ...question, ...pageParam, limit: pageOf }),
    initialPageParam: {} as { after?: string },
    getNextPageParam: (last: FoundPage<unknown>) => (last.next ? { after: last.next } : undefined),
  })
  const found = query.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Findings title={t('who.records')} nobody={t('who.nothing')} count={found.length} query={query}>
      {found.map((one) => (
        <Finding key={one.record.id} found={one} name={one.record.number}>
          <TextLink to="/requests/$id" params={{ id: one.record.id }}>
            {one.record.number}
          </TextLink>{' '}
          {one.record.title} {one.customer ? `(${one.customer.name})` : ''}
        </Finding>
      ))}
      <ApiCall path="/api/v1/explanations/records" body={question} />
    </Findings>
  )
}

interface FindingsProps {
  title: string
  nobody: string
  count: number
  query: { isPending: boolean; isError: boolean; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
  children: React.ReactNode
}

function Findings({ title, nobody, count, query, children }: FindingsProps) {
  const { t } = useTranslation()
  if (query.isPending) return null
  if (query.isError) return <Panel title={title}>{t('absent.words')}</Panel>
  return (
    <div role="status">
      <Panel title={title}>
        {count === 0 ? <Empty>{nobody}</Empty> : null}
        {children}
        {query.hasNextPage ? (
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('who.more')}
          </Button>
        ) : null}
      </Panel>
    </div>
  )
}

function Finding({ found, name, children }: { found: FoundBy; name: string; children: React.ReactNode }) {
  const { t } = useTranslation()
  return (
    <section className={styles.finding}>
      <p>{children}</p>
      <Details summary={t('who.why', { name })}>
        <ul className={styles.steps}>
          {found.sentences.map((sentence) => (
            <li key={sentence.text}>
              {sentence.text} <About about={sentence.about} />
            </li>
          ))}
        </ul>
      </Details>
    </section>
  )
}
