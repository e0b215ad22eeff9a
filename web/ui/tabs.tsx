// A row of links that narrow a list. The choice lives in the address, so Back, reload and a shared link restore it.
import { Link } from '@tanstack/react-router'
import styles from './tabs.module.css'

interface Tab {
  key: string
  words: string
  count?: number
  search: Record<string, string | undefined>
  /** Where more stands in the address than the choice itself, who shows the tabs says which one is chosen. */
  chosen?: boolean
}

export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map((tab) => (
        <Link
          key={tab.key}
          to="."
          search={tab.search}
          activeOptions={{ exact: true }}
          resetScroll={false}
          className={styles.tab ?? ''}
          {...(tab.chosen ? { 'aria-current': 'page' as const } : {})}
        >
          {tab.words}
          {tab.count === undefined ? null : <span className={styles.count}>{tab.count}</span>}
        </Link>
      ))}
    </nav>
  )
}
