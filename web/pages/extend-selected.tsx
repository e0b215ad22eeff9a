// Extend several accesses at once to one day: each by itself, with its own result; one that fails does not stop the rest (BX-05).
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import { Problem } from '../../client/problem.ts'
import { api } from '../api.ts'
import { dayAfter, dayText, isDay, today } from '../dates.ts'
import { checkDay } from '../forms/check-access.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import styles from '../forms/fields.module.css'
import { Chip } from '../ui/chip.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, type FieldProblem } from '../ui/problems.tsx'
import { useMe, usePortal } from '../who-is-here.ts'
import { useWho } from './grant-words.tsx'

/** undefined: not done yet. */
type Result = { ok: boolean; words: string } | undefined

/** What happened to each, in the order in which they stand; known one after the other. */
function useExtending(grants: Grant[], endsOn: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [results, setResults] = useState<Record<string, Result>>({})
  const [running, setRunning] = useState(false)
  const extend = async () => {
    setRunning(true)
    setResults({})
    for (const grant of grants) {
      const result = await api.grants.change(grant.id, { endsOn }).then(
        (changed) => ({ ok: true, words: t('extend.done', { day: dayText(changed.endsOn) }) }),
        (error: unknown) => ({ ok: false, words: error instanceof Problem ? error.detail : t('ui.unknown') }),
      )
      setResults((before) => ({ ...before, [grant.id]: result }))
    }
    setRunning(false)
    await queries.invalidateQueries({ queryKey: ['grants'] })
  }
  return { extend, results, running }
}

export function ExtendSelected({ grants, onClose }: { grants: Grant[]; onClose: () => void }) {
  const { t } = useTranslation()
  const { term } = usePortal()
  const zone = useMe().organization.timeZone
  // The rows that were chosen: what they are called now may not be in the list any more once they are replaced.
  const [chosen] = useState(grants)
  const [endsOn, setEndsOn] = useState(dayAfter(today(zone), term.default))
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const { extend, results, running } = useExtending(chosen, endsOn)
  const done = Object.values(results).length
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = checkDay(endsOn, t, zone)
    setProblems(found)
    if (found.length === 0 && !running) void extend()
  }
  return (
    <Panel title={t('extend.title', { count: chosen.length })}>
      <ErrorSummary problems={problems} />
      <form onSubmit={submit} noValidate>
        {done === 0 && !running ? (
          <EndDateField
            value={endsOn}
            onChange={setEndsOn}
            zone={zone}
            error={problems.find(({ field }) => field === 'endsOn')?.sentence}
          />
        ) : null}
        <ul className={styles.found}>
          {chosen.map((grant) => (
            <OneResult key={grant.id} grant={grant} result={results[grant.id]} />
          ))}
        </ul>
        <p role="status">{done > 0 ? t('extend.progress', { done, count: chosen.length }) : ''}</p>
        <div className={styles.buttons}>
          {done === 0 ? (
            <Button type="submit" variant="outline" loading={running}>
              {isDay(endsOn)
                ? t('extend.button', { count: chosen.length, day: dayText(endsOn) })
                : t('extend.title', { count: chosen.length })}
            </Button>
          ) : null}
          <Button variant="default" onClick={onClose} disabled={running}>
            {t(done === 0 ? 'oneAccess.leave' : 'extend.close')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

function OneResult({ grant, result }: { grant: Grant; result: Result }) {
  const { t } = useTranslation()
  const who = useWho()
  return (
    <li>
      <span>
        <strong>{grant.partner.name}</strong> · {who(grant)} · {grant.gives} · {t('asks.until', { day: dayText(grant.endsOn) })}
      </span>
      {result ? <Chip tone={result.ok ? 'good' : 'bad'}>{result.words}</Chip> : null}
    </li>
  )
}
