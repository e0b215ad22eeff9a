// One thing done to many: some at a time, so that one sees how far it is; each has its own result, and one that fails does not stop the rest.
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem, type ProblemBody } from '../../client/problem.ts'
import styles from '../forms/fields.module.css'
import { Chip } from './chip.tsx'

export interface Result {
  ok: boolean
  words: string
}

/** How many are sent in one go. */
const inOneGo = 10

/** @param send does it to some of them, and says what became of each, in their order */
export function useManyAtOnce<T extends { id: string }>(parts: T[], send: (some: T[]) => Promise<Result[]>) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [results, setResults] = useState<Record<string, Result>>({})
  const [running, setRunning] = useState(false)
  const failed = (error: unknown): Result => ({ ok: false, words: error instanceof Problem ? error.detail : t('ui.unknown') })
  const run = async () => {
    setRunning(true)
    setResults({})
    for (let at = 0; at < parts.length; at += inOneGo) {
      const some = parts.slice(at, at + inOneGo)
      const said = await send(some).catch((error: unknown) => some.map(() => failed(error)))
      setResults((before) => ({ ...before, ...Object.fromEntries(some.map(({ id }, place) => [id, said[place] ?? failed(undefined)])) }))
    }
    setRunning(false)
    await queries.invalidateQueries()
  }
  return { run, running, results, done: Object.keys(results).length }
}

/** The result of a part as the server tells of it: done, or the sentence why not. */
export const resultOf = (problem: ProblemBody | null, done: string): Result =>
  problem ? { ok: false, words: problem.detail ?? problem.title } : { ok: true, words: done }

interface ResultsProps {
  parts: { id: string; words: ReactNode }[]
  results: Record<string, Result>
}

export function Results({ parts, results }: ResultsProps) {
  const { t } = useTranslation()
  const done = Object.keys(results).length
  return (
    <>
      <ul className={styles.found}>
        {parts.map(({ id, words }) => (
          <li key={id}>
            <span>{words}</span>
            {results[id] ? <Chip tone={results[id].ok ? 'good' : 'bad'}>{results[id].words}</Chip> : null}
          </li>
        ))}
      </ul>
      <p role="status">{done > 0 ? t('extend.progress', { done, count: parts.length }) : ''}</p>
    </>
  )
}
