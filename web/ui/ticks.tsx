// Checkboxes as cards, each with a line of help: any number of them; the legend is the question, its problem beside it.
import { Checkbox } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './choice.module.css'
import { Question } from './question.tsx'

interface TicksProps {
  id: string
  question: ReactNode
  options: readonly { value: string; words: ReactNode; help?: ReactNode; disabled?: boolean }[]
  value: readonly string[]
  onChange: (value: string[]) => void
  error?: string | undefined
  children?: ReactNode
}

/** The first box carries the id, so that an error summary's link lands on something that takes the focus. */
export function Ticks({ id, question, options, value, onChange, error, children }: TicksProps) {
  return (
    <Question
      id={id}
      question={question}
      error={error}
      answers={options.map((option, index) => (
        <Checkbox
          key={option.value}
          id={index === 0 ? id : `${id}-${option.value}`}
          checked={value.includes(option.value)}
          disabled={option.disabled ?? false}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? [...value, option.value] : value.filter((one) => one !== option.value))
          }
          label={<span className={styles.words}>{option.words}</span>}
          description={option.help}
          classNames={{ root: `${styles.option} ${value.includes(option.value) ? styles.picked : ''}`, body: styles.body ?? '' }}
        />
      ))}
    >
      {children}
    </Question>
  )
}
