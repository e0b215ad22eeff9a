// A form beside what it would mean. Read in order: the questions, the consequences, the button.
import type { FormEvent, ReactNode } from 'react'
import styles from './fields.module.css'

interface FormColumnsProps {
  preview: ReactNode
  buttons: ReactNode
  onSubmit: (event: FormEvent) => void
  children: ReactNode
}

export function FormColumns({ preview, buttons, onSubmit, children }: FormColumnsProps) {
  return (
    <form onSubmit={onSubmit} noValidate className={styles.columns}>
      <div>{children}</div>
      <div className={styles.preview}>
        <div className={styles.stuck}>{preview}</div>
      </div>
      <div className={styles.buttons}>{buttons}</div>
    </form>
  )
}
