// The frame of pages that need no sign-in: the portal's name above, the page in the middle.
import type { ReactNode } from 'react'
import styles from './outside.module.css'

export function Outside({ brand, wide = false, children }: { brand: ReactNode; wide?: boolean; children: ReactNode }) {
  return (
    <div className={styles.all}>
      <header className={styles.brand}>{brand}</header>
      <main id="main" className={wide ? styles.wide : styles.narrow}>
        {children}
      </main>
    </div>
  )
}
