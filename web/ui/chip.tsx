// A state as a chip: an icon and words; colour only repeats what the words say.
import { IconCheck, IconCircleDashed, IconClockHour4, IconMinus, IconPlayerPause, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './chip.module.css'

export type Tone = 'good' | 'care' | 'still' | 'news' | 'bad' | 'paused'

const icons = { good: IconCheck, care: IconClockHour4, still: IconMinus, news: IconCircleDashed, bad: IconX, paused: IconPlayerPause }

export function Chip({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Icon = icons[tone]
  return (
    <span className={`${styles.chip} ${styles[tone]}`}>
      <Icon aria-hidden size={14} stroke={2.4} className={styles.icon} />
      {children}
    </span>
  )
}
