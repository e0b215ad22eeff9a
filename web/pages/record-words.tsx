// How a service request is said: its state, the P mark, and the part one has in it.
import { useTranslation } from 'react-i18next'
import { serviceRequest } from '../i18n.ts'
import { Chip, type Tone } from '../ui/chip.tsx'
import { usePortal } from '../who-is-here.ts'
import styles from './record-words.module.css'

export function useRecordStates() {
  const portal = usePortal()
  return Object.entries(portal.records[serviceRequest]?.states ?? {}).map(([code, state]) => ({ code, ...state }))
}

export function StateChip({ state }: { state: string }) {
  const found = useRecordStates().find((one) => one.code === state)
  const tone: Tone = found?.closed ? 'still' : state === 'waiting_for_customer' ? 'care' : 'news'
  return <Chip tone={tone}>{found?.name ?? state}</Chip>
}

/** A letter in a box; what it means is heard with it, and stands in the legend of the page. */
export function PartnerMark() {
  const { t } = useTranslation()
  return (
    <span className={styles.mark} title={t('requests.markWords')}>
      <span aria-hidden>P</span>
      <span className="only-heard">{t('requests.markWords')}</span>
    </span>
  )
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
