// One page: its title in the tab and as the only H1, one line of help, its actions, and what it says after something was done.
import { type ReactNode, useEffect, useRef } from 'react'
import { DoneNote } from './done-note.tsx'
import styles from './page.module.css'

interface PageProps {
  title: string
  /** What the tab says, where it differs from the heading (a tab is seen by others when a screen is shared). */
  tab?: string
  lead?: ReactNode
  actions?: ReactNode
  above?: ReactNode
  children: ReactNode
}

let firstPage = true

/** Moves the focus to the heading when one came from another page, so that a screen reader hears where one is. */
export function Page({ title, tab, lead, actions, above, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = tab ?? title
  }, [tab, title])
  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true })
    firstPage = false
  }, [])
  return (
    <>
      {above ? <div className={styles.above}>{above}</div> : null}
      <DoneNote />
      <div className={styles.head}>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </div>
      {lead ? <div className={styles.lead}>{lead}</div> : null}
      {children}
    </>
  )
}
