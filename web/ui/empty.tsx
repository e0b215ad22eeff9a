// An empty list: what it is, why it is empty, and the one thing to do.
import type { ReactNode } from 'react'
import styles from './empty.module.css'

export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p>{children}</p>
      {action}
    </div>
  )
}
