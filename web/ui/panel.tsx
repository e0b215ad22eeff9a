// A framed part of a page with its own heading.
import type { ReactNode } from 'react'
import styles from './panel.module.css'

interface PanelProps {
  title?: ReactNode
  level?: 2 | 3
  actions?: ReactNode
  tone?: 'plain' | 'care'
  children: ReactNode
}

export function Panel({ title, level = 2, actions, tone = 'plain', children }: PanelProps) {
  const Heading = `h${level}` as const
  return (
    <section className={`${styles.panel} ${tone === 'care' ? styles.care : ''}`}>
      {title ? (
        <div className={styles.head}>
          <Heading className={styles.title}>{title}</Heading>
          {actions}
        </div>
      ) : null}
      {children}
    </section>
  )
}
