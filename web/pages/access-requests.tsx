// Requests for access that came to my company: waiting, answered, lapsed.
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../client/access-requests.ts'
import { agoText, dayText } from '../dates.ts'
import { accessRequestsQuery } from '../queries.ts'
import { Empty } from '../ui/empty.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { Tabs } from '../ui/tabs.tsx'
import styles from './request-words.module.css'
import { RequestChip, RequestFacts } from './request-words.tsx'

const route = getRouteApi('/inside/asks')

const states: Record<string, AccessRequest['state'][]> = {
  waiting: ['waiting'],
  answered: ['approved', 'denied', 'withdrawn'],
  lapsed: ['lapsed'],
}

export function AccessRequestsPage() {
  const { t } = useTranslation()
  const query = useQuery(accessRequestsQuery('received'))
  return (
    <Page title={t('asks.title')} lead={t('asks.lead')}>
      <Loaded query={query}>{({ items }) => <Requests items={items} />}</Loaded>
    </Page>
  )
}

function Requests({ items }: { items: AccessRequest[] }) {
  const { t } = useTranslation()
  const { state = 'waiting' } = route.useSearch()
  const among = (filter: string) => items.filter((request) => states[filter]?.includes(request.state))
  const shown = among(state)
  return (
    <>
      <Tabs
        label={t('asks.filter')}
        tabs={(['waiting', 'answered', 'lapsed'] as const).map((filter) => ({
          key: filter,
          words: t(`asks.filters.${filter}`),
          count: among(filter).length,
          search: { state: filter === 'waiting' ? undefined : filter },
        }))}
      />
      {shown.length === 0 ? (
        <NoneHere state={state} all={items} />
      ) : (
        shown.map((request) => <OneOfThem key={request.id} request={request} />)
      )}
    </>
  )
}

function NoneHere({ state, all }: { state: string; all: AccessRequest[] }) {
  const { t } = useTranslation()
  if (state !== 'waiting') return <Empty>{t(state === 'lapsed' ? 'asks.noneLapsed' : 'asks.noneAnswered')}</Empty>
  const last = all.find((request) => request.answered)
  if (!last?.answered) return <Empty>{t('asks.none')}</Empty>
  const action = (
    <LinkButton to="/asks" search={{ state: 'answered' }} variant="default">
      {t('asks.seeAnswered')}
    </LinkButton>
  )
  const state2 = t(`asks.states.${last.state}`)
  return (
    <Empty action={action}>
      {t('asks.noneButLast', { partner: last.partner.name, what: state2.toLocaleLowerCase(), day: agoText(last.answered.at) })}
    </Empty>
  )
}

function OneOfThem({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  const waiting = request.state === 'waiting'
  return (
    <Panel
      title={<TextLink to="/asks/$id" params={{ id: request.id }}>{`${request.partner.name} — ${request.askedBy.name}`}</TextLink>}
      actions={<RequestChip request={request} />}
    >
      <RequestFacts request={request} />
      <div className={styles.foot}>
        <span>
          {agoText(request.askedAt)} · {request.number}
          {waiting ? ` · ${t('asks.lapses', { day: dayText(request.lapsesOn) })}` : null}
          {waiting && request.firstApproval ? ` ${t('oneAsk.firstShort', { name: request.firstApproval.by.name })}` : null}
        </span>
        {waiting && request.abilities['approve'] ? (
          <LinkButton
            to="/asks/$id"
            params={{ id: request.id }}
            variant="default"
            size="compact-md"
            aria-label={t('asks.reviewOf', { partner: request.partner.name })}
          >
            {t('asks.review')}
          </LinkButton>
        ) : null}
      </div>
    </Panel>
  )
}
