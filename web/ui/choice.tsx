// Radio buttons as cards, each with a line of help; a legend that is the question; its problem beside it.
import { Radio } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './choice.module.css'
import { Question } from './question.tsx'

export interface Option {
  value: string
  words: ReactNode
  help?: ReactNode
  disabled?: boolean
}

interface ChoiceProps {
  id: string
  question: ReactNode
  options: Option[]
  value: string | undefined
  onChange: (value: string) => void
  error?: string | undefined
  children?: ReactNode
}

/** The first button carries the id, so that an error summary's link lands on something that takes the focus. */
export function Choice({ id, question, options, value, onChange, error, children }: ChoiceProps) {
  return (
    <Question
      id={id}
      question={question}
      error={error}
      answers={options.map((option, index) => (
        <Radio
          key={option.value}
          id={index === 0 ? id : `${id}-${option.value}`}
          name={id}
          value={option.value}
          checked={value === option.value}
          disabled={option.disabled ?? false}
          onChange={() => onChange(option.value)}
          label={<span className={styles.words}>{option.words}</span>}
          description={option.help}
          classNames={{ root: `${styles.option} ${value === option.value ? styles.picked : ''}`, body: styles.body ?? '' }}
        />
      ))}
    >
      {children}
    </Question>
  )
}
