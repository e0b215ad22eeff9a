// How a request for access is said: its state as a chip, who asks, for what, and what they have now.
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest, AccessRequestItem } from '../../client/access-requests.ts'
import { dayOfMoment, dayText } from '../dates.ts'
import { Chip, type Tone } from '../ui/chip.tsx'
import { Facts } from '../ui/facts.tsx'
import styles from './request-words.module.css'

const tones: Record<AccessRequest['state'], Tone> = {
  waiting: 'news',
  approved: 'good',
  denied: 'bad',
  withdrawn: 'still',
  lapsed: 'still',
}

/** "Declined by Dana Lee, 3 Nov 2026". */
export function RequestChip({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  const words = t(`asks.states.${request.state}`)
  const { answered } = request
  if (!answered) return <Chip tone={tones[request.state]}>{words}</Chip>
  const day = dayOfMoment(answered.at)
  return (
    <Chip tone={tones[request.state]}>{answered.by ? t('asks.answeredBy', { words, by: answered.by.name, day }) : `${words}, ${day}`}</Chip>
  )
}

export function RequestFacts({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  const { answered } = request
  return (
    <Facts
      facts={[
        { word: t('asks.asks'), is: <Asker request={request} /> },
        { word: t('asks.forWhat'), is: <Items request={request} /> },
        { word: t('asks.untilWord'), is: dayText(request.endsOn) },
        { word: t('access.why'), is: `“${request.reason}”` },
        answered?.reason ? { word: t('asks.answerReason'), is: `“${answered.reason}”` } : null,
      ]}
    />
  )
}

function Asker({ request: { askedBy, partner } }: { request: AccessRequest }) {
  const { t } = useTranslation()
  const Icon = askedBy.domainMatches ? IconCheck : IconAlertTriangle
  return (
    <>
      {askedBy.name}, {partner.name}
      <div className={askedBy.domainMatches ? styles.matches : styles.differs}>
        <Icon aria-hidden size={16} />
        <span>
          {askedBy.email} {t(askedBy.domainMatches ? 'asks.domainMatches' : 'asks.domainDiffers', { domain: partner.emailDomain ?? '' })}
        </span>
      </div>
      {partner.firstTime ? <div>{t('asks.firstTime', { partner: partner.name })}</div> : null}
    </>
  )
}

function Items({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  const answered = request.state === 'approved'
  return (
    <ul className={styles.items}>
      {request.items.map((item) => (
        <li key={item.id}>
          <strong>{item.asks}</strong>{' '}
          {t('asks.for', {
            who: item.person?.name ?? t('asks.everyoneAt', { partner: request.partner.name, count: request.partner.peopleCount }),
          })}
          {item.differences.length > 0 ? <Differences item={item} /> : null}
          {item.has ? <div>{t('asks.hasNow', { level: item.has.gives, day: dayText(item.has.endsOn) })}</div> : null}
          {answered && item.given !== item.asks ? (
            <div>{item.given ? t('asks.gaveInstead', { level: item.given }) : t('asks.notGiven')}</div>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** What is now and what is asked, one line for each thing that would change (BX-05). */
function Differences({ item }: { item: AccessRequestItem }) {
  const { t } = useTranslation()
  return (
    <dl className={styles.differences}>
      {item.differences.map(({ field, now, asked }) => (
        <div key={field}>
          <dt>{t(`asks.fields.${field}`)}</dt>
          <dd>
            <span className="only-heard">{t('asks.nowIs')} </span>
            <s>{now}</s> <span aria-hidden>→</span>
            <span className="only-heard"> {t('asks.askedIs')} </span> <strong>{asked}</strong>
          </dd>
        </div>
      ))}
    </dl>
  )
}
