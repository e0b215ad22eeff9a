// Extend several accesses at once to one day: each by itself, with its own result; one that fails does not stop the rest (BX-05).
import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import { api } from '../api.ts'
import { dayAfter, dayText, isDay, today } from '../dates.ts'
import { checkDay } from '../forms/check-access.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import styles from '../forms/fields.module.css'
import { Results, resultOf, useManyAtOnce } from '../ui/many-at-once.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, type FieldProblem } from '../ui/problems.tsx'
import { useMe, usePortal } from '../who-is-here.ts'
import { useWho } from './grant-words.tsx'

/** What happened to each, known some at a time. */
function useExtending(grants: Grant[], endsOn: string) {
  const { t } = useTranslation()
  return useManyAtOnce(grants, async (some) => {
    const { items } = await api.grants.changeMany(some.map(({ id }) => ({ id, endsOn })))
    return items.map(({ grant, problem }) => resultOf(problem, grant ? t('extend.done', { day: dayText(grant.endsOn) }) : ''))
  })
}

export function ExtendSelected({ grants, onClose }: { grants: Grant[]; onClose: () => void }) {
  const { t } = useTranslation()
  const { term } = usePortal()
  const zone = useMe().organization.timeZone
  // The rows that were chosen: what they are called now may not be in the list any more once they are replaced.
  const [chosen] = useState(grants)
  const [endsOn, setEndsOn] = useState(dayAfter(today(zone), term.default))
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const { run, results, running, done } = useExtending(chosen, endsOn)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = checkDay(endsOn, t, zone)
    setProblems(found)
    if (found.length === 0 && !running) void run()
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
        <Results parts={chosen.map((grant) => ({ id: grant.id, words: <GrantLine grant={grant} /> }))} results={results} />
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

function GrantLine({ grant }: { grant: Grant }) {
  const { t } = useTranslation()
  const who = useWho()
  return (
    <>
      <strong>{grant.partner.name}</strong> · {who(grant)} · {grant.gives} · {t('asks.until', { day: dayText(grant.endsOn) })}
    </>
  )
}
