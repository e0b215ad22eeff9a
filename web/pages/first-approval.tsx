// The first of two approvals: who approved what, and the button by which a second person approves the same.
import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../client/access-requests.ts'
import { api } from '../api.ts'
import { agoText, dayText } from '../dates.ts'
import { sayDone } from '../ui/done-note.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMe } from '../who-is-here.ts'

export function FirstApproval({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  const me = useMe()
  const [understood, setUnderstood] = useState(false)
  const first = request.firstApproval
  const sending = useSending({
    send: () => api.accessRequests.approve(request.id, { understood }),
    done: () => sayDone(t('oneAsk.secondDone', { partner: request.partner.name })),
    check: () => (understood ? [] : [{ field: 'secondTick', sentence: t('access.tickMissing') }]),
    failed: t('oneAsk.secondNotDone'),
  })
  if (!first) return null
  const what = t('oneAsk.firstGives', { gives: first.gives.join('; '), day: dayText(first.endsOn), ago: agoText(first.at) })
  return (
    <Panel title={t('oneAsk.firstTitle', { name: first.by.name })} tone="care">
      <ErrorSummary problems={sending.problems} />
      <p>{what}</p>
      {first.by.id === me.person.id || !request.abilities['approve'] ? (
        <p>{t('oneAsk.firstWaits')}</p>
      ) : (
        <form onSubmit={sending.submit} noValidate>
          <p>{t('oneAsk.secondWords')}</p>
          <Checkbox
            id="secondTick"
            label={t('oneAsk.secondTick')}
            checked={understood}
            error={sending.of('secondTick')}
            mb="md"
            onChange={(event) => setUnderstood(event.currentTarget.checked)}
          />
          <Button type="submit" loading={sending.sending}>
            {t('oneAsk.secondButton', { name: first.by.name })}
          </Button>
        </form>
      )}
    </Panel>
  )
}
