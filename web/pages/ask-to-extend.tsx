// Ask several customers at once to extend what one's firm has there: one request each, with the same as now until another day (BX-05).
import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import type { NewAccessRequest } from '../../client/access-requests.ts'
import { api } from '../api.ts'
import { dayAfter, dayText, isDay, today } from '../dates.ts'
import { checkDay } from '../forms/check-access.ts'
import { scopeOf, scopeSent } from '../forms/chosen-access.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import styles from '../forms/fields.module.css'
import { ReasonField } from '../forms/reason-field.tsx'
import { Results, resultOf, useManyAtOnce } from '../ui/many-at-once.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, type FieldProblem } from '../ui/problems.tsx'
import { useMe, usePortal } from '../who-is-here.ts'
import { useWho } from './grant-words.tsx'

/** What one customer is asked for: all that was chosen there. */
interface Asked {
  id: string
  grants: Grant[]
}

/** The same as now. */
function itemOf({ person, level, rights, scope }: Grant): NewAccessRequest['items'][number] {
  const covers = scopeSent(scopeOf(scope))
  return { personId: person?.id ?? null, level, rights, ...(covers ? { scope: covers } : {}) }
}

export function AskToExtend({ grants, onClose }: { grants: Grant[]; onClose: () => void }) {
  const { t } = useTranslation()
  const { term } = usePortal()
  const zone = useMe().organization.timeZone
  // What was chosen when it began: the list behind it is read again while it runs.
  const [asked] = useState<Asked[]>(() =>
    [...Map.groupBy(grants, ({ customer }) => customer.id)].map(([id, chosen]) => ({ id, grants: chosen })),
  )
  const [endsOn, setEndsOn] = useState(dayAfter(today(zone), term.default))
  const [reason, setReason] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const { run, results, running, done } = useManyAtOnce(asked, async (some) => {
    const { items } = await api.accessRequests.askMany(
      some.map((one) => ({ customerId: one.id, items: one.grants.map(itemOf), endsOn, reason: reason.trim() })),
    )
    return items.map((one) => resultOf(one.problem, t('askMany.done', { number: one.asked?.number ?? '' })))
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [...checkDay(endsOn, t, undefined), ...(reason.trim() ? [] : [{ field: 'reason', sentence: t('ask.whyMissing') }])]
    setProblems(found)
    if (found.length === 0 && !running) void run()
  }
  const of = (field: string) => problems.find((one) => one.field === field)?.sentence
  return (
    <Panel title={t('askMany.title', { count: asked.length })}>
      <ErrorSummary problems={problems} />
      <form onSubmit={submit} noValidate>
        <p>{t('askMany.lead')}</p>
        {done === 0 && !running ? (
          <>
            <EndDateField value={endsOn} onChange={setEndsOn} zone={undefined} error={of('endsOn')} />
            <ReasonField label={t('ask.why')} description={t('ask.whyHelp')} value={reason} onChange={setReason} error={of('reason')} />
          </>
        ) : null}
        <Results parts={asked.map((one) => ({ id: one.id, words: <AskedLine asked={one} /> }))} results={results} />
        <div className={styles.buttons}>
          {done === 0 ? (
            <Button type="submit" loading={running}>
              {isDay(endsOn)
                ? t('askMany.button', { count: asked.length, day: dayText(endsOn) })
                : t('askMany.title', { count: asked.length })}
            </Button>
          ) : null}
          <Button variant="default" onClick={onClose} disabled={running}>
            {t(done === 0 ? 'askMany.leave' : 'extend.close')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

function AskedLine({ asked: { grants } }: { asked: Asked }) {
  const { t } = useTranslation()
  const who = useWho()
  return (
    <>
      <strong>{grants[0]?.customer.name}</strong>
      {grants.map((grant) => (
        <span key={grant.id}>
          {' '}
          · {who(grant)}: {grant.gives}, {t('asks.until', { day: dayText(grant.endsOn) })}
        </span>
      ))}
    </>
  )
}
