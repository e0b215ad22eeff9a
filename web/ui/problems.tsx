// What is wrong with a form: a summary that takes the focus and links to each field, and the same words beside the field.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../client/problem.ts'
import styles from './problems.module.css'

export interface FieldProblem {
  /** The id of the field; none where it is about the whole. */
  field?: string
  sentence: string
  ref?: string
}

interface Sending<T> {
  send: () => Promise<T>
  done?: (result: T) => void | Promise<void>
  /** Looks at the form before anything is sent. */
  check?: () => FieldProblem[]
  /** What did not happen, when it did not: "Access was not given." */
  failed: string
  /** The page is left for good, so nothing is read again. */
  leaves?: boolean
}

/** Sends a form once, keeps what was typed, and turns refusals into words beside their fields. */
export function useSending<T>({ send, done, check, failed, leaves }: Sending<T>) {
  const queries = useQueryClient()
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const mutation = useMutation({
    mutationFn: send,
    onSuccess: async (result) => {
      setProblems([])
      const read = leaves ? undefined : queries.invalidateQueries()
      await done?.(result)
      await read
    },
    onError: async (error) => {
      setProblems(problemsOf(error, failed))
      // Somebody else was faster: show what is true now, below what is said about it.
      if (error instanceof Problem && error.status === 409) await queries.invalidateQueries()
    },
  })
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (mutation.isPending) return
    const found = check?.() ?? []
    setProblems(found)
    if (found.length === 0) mutation.mutate()
  }
  return { problems, submit, sending: mutation.isPending, of: (field: string) => problems.find((one) => one.field === field)?.sentence }
}

function problemsOf(error: unknown, failed: string): FieldProblem[] {
  if (!(error instanceof Problem)) return [{ sentence: failed }]
  if (error.fields.length > 0) return error.fields
  // Many refusals say themselves that nothing was done.
  const sentence = error.detail.includes(failed) ? error.detail : `${failed} ${error.detail}`
  return [{ sentence, ...(error.ref ? { ref: error.ref } : {}) }]
}

export function ErrorSummary({ problems }: { problems: FieldProblem[] }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problems.length > 0) box.current?.focus()
  }, [problems])
  if (problems.length === 0) return null
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles.summary}>
      <h2>{t('ui.problem')}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.field} ${problem.sentence}`}>
            {problem.field ? <a href={`#${problem.field}`}>{problem.sentence}</a> : problem.sentence}
            {problem.ref ? ` ${t('ui.reference', { ref: problem.ref })}` : null}
          </li>
        ))}
      </ul>
    </div>
  )
}
