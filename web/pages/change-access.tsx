// Change or extend one access: another level, another end, and what that changes, counted before it is done.
import { Button, Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Grant } from '../../client/access.ts'
import { api } from '../api.ts'
import { dayText, isDay } from '../dates.ts'
import { usePreview } from '../forms/access-form.ts'
import { checkDay } from '../forms/check-access.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import { FormColumns } from '../forms/form-columns.tsx'
import { LevelField } from '../forms/level-field.tsx'
import { PreviewPanel } from '../forms/preview-panel.tsx'
import { needsTick, type Tick, Warnings, warningsAt } from '../forms/warnings.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'

interface Change {
  level: string
  endsOn: string
  reason: string
  understood: boolean
}

function useChanging(grant: Grant, form: Change, tick: boolean) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return useSending({
    send: () =>
      api.grants.change(grant.id, {
        ...(form.level === (grant.level ?? '') ? {} : { level: form.level }),
        ...(form.endsOn === grant.endsOn ? {} : { endsOn: form.endsOn }),
        ...(form.reason.trim() ? { reason: form.reason.trim() } : {}),
        ...(form.understood ? { understood: true } : {}),
      }),
    done: async (changed) => {
      await navigate({ to: '/access/$id', params: { id: changed.id }, replace: true })
      sayDone(t('oneAccess.changed', { level: changed.gives, day: dayText(changed.endsOn) }))
    },
    check: () => [
      ...checkDay(form.endsOn, t, grant.customer.timeZone),
      ...(tick && !form.understood ? [{ field: 'understood', sentence: t('access.tickMissing') }] : []),
    ],
    failed: t('oneAccess.notChanged'),
  })
}

export function ChangeAccess({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const { t } = useTranslation()
  const [form, setForm] = useState<Change>({ level: grant.level ?? '', endsOn: grant.endsOn, reason: '', understood: false })
  const change = (changes: Partial<Change>) => setForm((before) => ({ ...before, ...changes }))
  const personIds = grant.person ? [grant.person.id] : null
  const choice = isDay(form.endsOn) ? { partnerId: grant.partner.id, personIds, level: form.level, endsOn: form.endsOn } : undefined
  const previewed = usePreview(choice)
  const warnings = previewed.preview?.warnings
  const sending = useChanging(grant, form, needsTick(warnings))
  const tick: Tick = { ticked: form.understood, onTick: (understood) => change({ understood }), error: sending.of('understood') }
  const partner = grant.partner.name
  return (
    <Panel title={t('oneAccess.changeTitle')}>
      <ErrorSummary problems={sending.problems} />
      <FormColumns
        onSubmit={sending.submit}
        preview={
          <PreviewPanel
            title={t('give.preview', { partner: grant.person?.name ?? partner })}
            previewed={previewed}
            hint={t('access.endMissing')}
            everyoneAt={grant.person ? undefined : partner}
          />
        }
        buttons={<ChangeButtons day={form.endsOn} sending={sending.sending} onClose={onClose} />}
      >
        <EndDateField
          value={form.endsOn}
          onChange={(endsOn) => change({ endsOn })}
          zone={grant.customer.timeZone}
          error={sending.of('endsOn')}
        />
        <LevelField
          question={t('access.may')}
          value={form.level}
          onChange={(level) => change({ level, understood: false })}
          error={sending.of('level')}
        >
          <Warnings warnings={[...warningsAt(warnings, 'level'), ...warningsAt(warnings, 'who')]} tick={tick} />
        </LevelField>
        <Textarea
          id="reason"
          label={t('oneAccess.whyChange')}
          value={form.reason}
          error={sending.of('reason')}
          maxLength={1000}
          rows={2}
          mb="lg"
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
      </FormColumns>
    </Panel>
  )
}

function ChangeButtons({ day, sending, onClose }: { day: string; sending: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Button type="submit" loading={sending}>
        {isDay(day) ? t('oneAccess.changeButton', { day: dayText(day) }) : t('oneAccess.changeTitle')}
      </Button>
      <Button variant="default" onClick={onClose}>
        {t('oneAccess.leave')}
      </Button>
    </>
  )
}
