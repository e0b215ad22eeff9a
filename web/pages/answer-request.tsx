// The answer to a request for access: as asked, narrower or shorter, or no; beside what they would see.
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessChoice, Warning } from '../../client/access.ts'
import type { AccessRequest } from '../../client/access-requests.ts'
import { api } from '../api.ts'
import { dayText, isDay } from '../dates.ts'
import { type Previewed, usePreviews } from '../forms/access-form.ts'
import { type AnswerForm, answerWarnings, approvalOf, choicesOf, isUnfinished, useAnswerForm } from '../forms/answer-form.ts'
import { checkDay } from '../forms/check-access.ts'
import { accessName, codesOf } from '../forms/chosen-access.ts'
import { FormColumns } from '../forms/form-columns.tsx'
import { PreviewPanel } from '../forms/preview-panel.tsx'
import { needsTick, type Tick, Warnings, warningsAt } from '../forms/warnings.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMe, usePortal } from '../who-is-here.ts'
import { ChangeFirst } from './change-first.tsx'
import { DeclineRequest } from './decline-request.tsx'
import { RequestFacts } from './request-words.tsx'

function useApproving(request: AccessRequest, form: AnswerForm, tick: boolean) {
  const { t } = useTranslation()
  const zone = useMe().organization.timeZone
  const portal = usePortal()
  return useSending({
    send: () => api.accessRequests.approve(request.id, approvalOf(portal, request, form)),
    // Where it takes two, the first approval gives nothing yet.
    done: ({ state }) => {
      const words = state === 'approved' ? 'oneAsk.approved' : 'oneAsk.firstDone'
      sayDone(t(words, { partner: request.partner.name, day: dayText(form.endsOn) }))
    },
    check: () => [
      ...checkDay(form.endsOn, t, zone),
      ...(isUnfinished(form) ? [{ field: 'change', sentence: t('oneAsk.unfinished') }] : []),
      ...(choicesOf(portal, request, form).length === 0 && isDay(form.endsOn)
        ? [{ field: 'change', sentence: t('oneAsk.nothingLeft') }]
        : []),
      ...(tick && !form.understood ? [{ field: 'understood', sentence: t('access.tickMissing') }] : []),
    ],
    failed: t('oneAsk.notApproved'),
  })
}

export function AnswerRequest({ request }: { request: AccessRequest }) {
  const { t } = useTranslation()
  const { form, change } = useAnswerForm(request)
  const [doing, setDoing] = useState<'change' | 'decline'>()
  const choices = choicesOf(usePortal(), request, form)
  const previews = usePreviews(choices)
  const foreign = request.warnings.filter((warning) => warning.code === 'W8')
  const warnings = answerWarnings([...foreign, ...previews.flatMap(({ preview }) => preview?.warnings ?? [])], t('oneAsk.checkedAsker'))
  const sending = useApproving(request, form, needsTick(warnings))
  const tick: Tick = { ticked: form.understood, onTick: (understood) => change({ understood }), error: sending.of('understood') }
  if (doing === 'decline') return <DeclineRequest request={request} onClose={() => setDoing(undefined)} />
  return (
    <>
      <ErrorSummary problems={sending.problems} />
      <FormColumns
        onSubmit={sending.submit}
        preview={<Previews previews={previews} choices={choices} partner={request.partner.name} />}
        buttons={
          <Buttons
            day={form.endsOn}
            second={request.firstApproval !== null}
            waits={needsTick(warnings) && !form.understood}
            sending={sending.sending}
            changing={doing === 'change'}
            onChange={() => setDoing('change')}
            onDecline={() => setDoing('decline')}
          />
        }
      >
        <Asked request={request} warnings={warnings} tick={tick}>
          {doing === 'change' ? <ChangeFirst request={request} form={form} change={change} of={sending.of} /> : null}
        </Asked>
      </FormColumns>
    </>
  )
}

function Asked({ request, warnings, tick, children }: { request: AccessRequest; warnings: Warning[]; tick: Tick; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <>
      <Panel title={t('oneAsk.asked')}>
        <RequestFacts request={request} />
        <Warnings warnings={warningsAt(warnings, 'asker')} tick={tick} />
      </Panel>
      {children}
      <Warnings warnings={(['who', 'level', 'end'] as const).flatMap((place) => warningsAt(warnings, place))} tick={tick} />
    </>
  )
}

function Previews({ previews, choices, partner }: { previews: Previewed[]; choices: AccessChoice[]; partner: string }) {
  const { t } = useTranslation()
  const portal = usePortal()
  if (previews.length === 0)
    return (
      <PreviewPanel
        title={t('give.preview', { partner })}
        previewed={{ preview: undefined, counting: false, error: null }}
        hint={t('oneAsk.nothingLeft')}
      />
    )
  return previews.map((previewed, index) => {
    const choice = choices[index]
    const chosen = { level: choice?.level ?? null, rights: choice?.rights ?? [] }
    const title = previews.length === 1 ? t('give.preview', { partner }) : t('oneAsk.previewOf', { level: accessName(portal, chosen) })
    return (
      <PreviewPanel
        key={`${codesOf(chosen)} ${JSON.stringify(choice?.scope)} ${choice?.personIds ? 'people' : 'everyone'}`}
        title={title}
        previewed={previewed}
        hint=""
      />
    )
  })
}

interface ButtonsProps {
  day: string
  /** Somebody approved already: approving the same stands above, and this is for something else. */
  second: boolean
  waits: boolean
  sending: boolean
  changing: boolean
  onChange: () => void
  onDecline: () => void
}

function Buttons({ day, second, waits, sending, changing, onChange, onDecline }: ButtonsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Button
        type="submit"
        variant={second ? 'default' : 'filled'}
        loading={sending}
        {...(waits ? { 'data-disabled': true, 'aria-disabled': true } : {})}
      >
        {isDay(day) ? t('oneAsk.approve', { day: dayText(day) }) : t('oneAsk.approveNoDay')}
      </Button>
      {changing ? null : (
        <Button variant="default" onClick={onChange}>
          {t('oneAsk.changeFirst')}
        </Button>
      )}
      <Button variant="default" onClick={onDecline}>
        {t('oneAsk.decline')}
      </Button>
    </>
  )
}
