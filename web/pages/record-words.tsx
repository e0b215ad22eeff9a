// How a service request is said: its state, the P mark, and the part one has in it.
import { useTranslation } from 'react-i18next'
import { kindShown } from '../i18n.ts'
import { Chip, type Tone } from '../ui/chip.tsx'
import { useMe, usePortal } from '../who-is-here.ts'
import styles from './record-words.module.css'

export function useRecordStates() {
  const portal = usePortal()
  return Object.entries(portal.records[kindShown()]?.states ?? {}).map(([code, state]) => ({ code, ...state }))
}

export function StateChip({ state }: { state: string }) {
  const found = useRecordStates().find((one) => one.code === state)
  const tone: Tone = found?.closed ? 'still' : state === 'waiting_for_customer' ? 'care' : 'news'
  return <Chip tone={tone}>{found?.name ?? state}</Chip>
}

/** A letter in a box; what it means is heard with it, and stands in the legend of the list. */
export function PartnerMark({ words }: { words?: string }) {
  const { t } = useTranslation()
  const heard = words ?? t('requests.markWords')
  return (
    <span className={styles.mark} title={heard}>
      <span aria-hidden>P</span>
      <span className="only-heard">{heard}</span>
    </span>
  )
}

/** Marks a person from outside the customer who works at a partner; the vendor's own people are no partners. */
export function PartnerPersonMark({ person }: { person: { organization: string; outside: boolean } }) {
  const { t } = useTranslation()
  const { vendor } = useMe()
  return person.outside && person.organization !== vendor.name ? <PartnerMark words={t('requests.partnerPerson')} /> : null
}

export function MarkLegend() {
  const { t } = useTranslation()
  return (
    <p className={styles.legend}>
      <span aria-hidden className={styles.mark}>
        P
      </span>{' '}
      {t('requests.legend')}
    </p>
  )
}
