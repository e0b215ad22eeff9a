// Home: what needs me, what ends soon, and the way to everything else.
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import { api } from '../api.ts'
import { dayText, numberText } from '../dates.ts'
import { kindShown } from '../i18n.ts'
import { grantsQuery } from '../queries.ts'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { useMay, useMe } from '../who-is-here.ts'
import { AskedAndWaiting } from './customers.tsx'
import { GrantChip, useWho } from './grant-words.tsx'
import styles from './list-filters.module.css'
import { useRecordStates } from './record-words.tsx'
import { WaitingRequests } from './waiting-requests.tsx'

export function HomePage() {
  const { t } = useTranslation()
  const me = useMe()
  const may = useMay()
  const { side } = me.organization
  return (
    <Page title={t('home.title')} lead={t('home.lead', { company: me.organization.name })}>
      <WaitingRequests />
      {side === 'partner' ? <AskedAndWaiting /> : null}
      {side === 'vendor' ? null : <OpenRequests />}
      {side === 'customer' && may('access:read') ? <EndsSoon side="given" /> : null}
      {side === 'partner' && may('access:read') ? <EndsSoon side="received" /> : null}
      {side === 'vendor' ? <Panel title={t('home.vendor')}>{t('home.vendorWords')}</Panel> : null}
    </Page>
  )
}

function OpenRequests() {
  const { t } = useTranslation()
  const states = useRecordStates()
  const waiting = states.find(({ code }) => code === 'waiting_for_customer')
  return (
    <Panel title={t('requests.title')}>
      <div className={styles.waiting}>
        <Count state="open" words={t('home.open')} />
      </div>
      {waiting ? (
        <div className={styles.waiting}>
          <Count state={waiting.code} words={waiting.name} />
        </div>
      ) : null}
    </Panel>
  )
}

function Count({ state, words }: { state: string; words: string }) {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['records', kindShown(), 'count', state], queryFn: () => api.records.count(kindShown(), { state }) })
  const total = query.data?.total
  return (
    <>
      <p>
        {words}: <strong>{total === undefined ? '…' : numberText(total)}</strong>
      </p>
      <TextLink to="/requests" search={state === 'open' ? {} : { state }} aria-label={t('home.seeOf', { words })}>
        {t('home.see')}
      </TextLink>
    </>
  )
}

function EndsSoon({ side }: { side: 'given' | 'received' }) {
  const { t } = useTranslation()
  const query = useQuery(grantsQuery(side))
  const grants = query.data?.items ?? []
  const ending = grants.filter((grant) => grant.state === 'ending').sort((a, b) => a.endsOn.localeCompare(b.endsOn))
  const unconfirmed = grants.filter((grant) => grant.state === 'unconfirmed')
  return (
    <>
      {unconfirmed.length > 0 && side === 'given' ? (
        <Panel title={t('home.unconfirmed', { count: unconfirmed.length })} tone="care">
          {unconfirmed.slice(0, 5).map((grant) => (
            <EndingOne key={grant.id} grant={grant} side={side} />
          ))}
        </Panel>
      ) : null}
      <Panel title={t('home.endsSoon')}>
        {query.isSuccess && ending.length === 0 ? <p className={styles.quiet}>{t('home.nothingEnds')}</p> : null}
        {ending.slice(0, 10).map((grant) => (
          <EndingOne key={grant.id} grant={grant} side={side} />
        ))}
        <p>
          <LinkButton to={side === 'given' ? '/partners' : '/customers'} variant="default" size="compact-md">
            {t(side === 'given' ? 'home.allPartners' : 'home.allCustomers')}
          </LinkButton>
        </p>
      </Panel>
    </>
  )
}

function EndingOne({ grant, side }: { grant: Grant; side: 'given' | 'received' }) {
  const { t } = useTranslation()
  const who = useWho()
  return (
    <div className={styles.waiting}>
      <p>
        <TextLink to="/access/$id" params={{ id: grant.id }}>
          {side === 'given' ? grant.partner.name : grant.customer.name}
        </TextLink>{' '}
        · {who(grant)} · {grant.gives} · {t('asks.until', { day: dayText(grant.endsOn) })}
      </p>
      <GrantChip grant={grant} />
    </div>
  )
}
