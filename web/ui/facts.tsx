// Facts as pairs of a word and what it is, for one thing at a time.
import type { ReactNode } from 'react'
import styles from './facts.module.css'

export interface Fact {
  word: string
  is: ReactNode
}

/** Facts that are null or undefined are left out. */
export function Facts({ facts }: { facts: (Fact | null | undefined | false)[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map((fact) =>
        fact ? (
          <div key={fact.word} className={styles.fact}>
            <dt>{fact.word}</dt>
            <dd>{fact.is}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}
