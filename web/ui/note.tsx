// A box that stands out: to take care, to know, or that something went wrong. Words first, colour second.
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './note.module.css'

interface NoteProps {
  kind: 'care' | 'bad' | 'news'
  title?: string
  children?: ReactNode
}

const icons = { care: IconAlertTriangle, bad: IconCircleX, news: IconInfoCircle }

export function Note({ kind, title, children }: NoteProps) {
  const Icon = icons[kind]
  return (
    <div className={`${styles.note} ${styles[kind]}`}>
      <Icon aria-hidden size={20} className={styles.icon} />
      <div className={styles.words}>
        {title ? <p className={styles.title}>{title}</p> : null}
        {children}
      </div>
    </div>
  )
}
