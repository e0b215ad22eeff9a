// Requests for access that wait for an answer of mine, one line each, where a contact manager looks first.
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../client/access-requests.ts'
import { agoText, dayText } from '../dates.ts'
import { accessRequestsQuery } from '../queries.ts'
import { LinkButton } from '../ui/links.tsx'
import { Panel } from '../ui/panel.tsx'
import { useMay } from '../who-is-here.ts'
import styles from './list-filters.module.css'

export function WaitingRequests() {
  const { t } = useTranslation()
  const may = useMay()
  const query = useQuery({ ...accessRequestsQuery('received'), enabled: may('access_request:answer') })
  const waiting = query.data?.items.filter((request) => request.state === 'waiting') ?? []
  if (waiting.length === 0) return null
  return (
    <Panel title={t('asks.someoneAsks', { count: waiting.length })} tone="care">
      {waiting.map((request) => (
        <WaitingRequest key={request.id} request={request} />
      ))}
    </Panel>
  )
}

function WaitingRequest({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  const wants = useWants()
  return (
    <div className={styles.waiting}>
      <div>
        <p>
          <strong>{request.partner.name}</strong> · {wants(request)} · {t('asks.until', { day: dayText(request.endsOn) })}
        </p>
        <p className={styles.quiet}>
          {t('asks.askedBy', { name: request.askedBy.name, ago: agoText(request.askedAt) })}{' '}
          {t('asks.lapses', { day: dayText(request.lapsesOn) })}
        </p>
      </div>
      <LinkButton
        to="/asks/$id"
        params={{ id: request.id }}
        variant="default"
        size="compact-md"
        aria-label={t('asks.reviewOf', { partner: request.partner.name })}
      >
        {t('asks.review')}
      </LinkButton>
    </div>
  )
}

/** "Work on requests for everyone", or "… for Priya Raman, … for Tom Okafor". */
export function useWants(): (request: Pick<AccessRequest, 'items' | 'partner'>) => string {
  const { t } = useTranslation()
  return ({ items, partner }) =>
    items
      .map((item) => t('asks.wants', { level: item.asks, who: item.person?.name ?? t('asks.everyone', { count: partner.peopleCount }) }))
      .join(', ')
}
