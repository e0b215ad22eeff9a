// A question with several answers below it: the legend asks, its problem stands beside it, and the answers share one frame.
import type { ReactNode } from 'react'
import styles from './question.module.css'

interface QuestionProps {
  id: string
  question: ReactNode
  error: string | undefined
  answers: ReactNode
  children?: ReactNode
}

export function Question({ id, question, error, answers, children }: QuestionProps) {
  return (
    <fieldset className={styles.field} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={styles.question}>{question}</legend>
      {error ? (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      ) : null}
      <div className={styles.options}>{answers}</div>
      {children}
    </fieldset>
  )
}
