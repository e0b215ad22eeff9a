// More about something, folded away until it is wanted.
import type { ReactNode } from 'react'
import styles from './details.module.css'

interface DetailsProps {
  summary: ReactNode
  onToggle?: (open: boolean) => void
  children: ReactNode
}

export function Details({ summary, onToggle, children }: DetailsProps) {
  return (
    <details className={styles.details} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary>{summary}</summary>
      <div className={styles.inner}>{children}</div>
    </details>
  )
}
