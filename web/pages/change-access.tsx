// Change or extend one access: something else, for more or less of the company, another end, and what that changes, counted before it is done.
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessChoice, Grant } from '../../client/access.ts'
import type { Portal } from '../../client/portal.ts'
import { api } from '../api.ts'
import { dayText, isDay } from '../dates.ts'
import { AccessField } from '../forms/access-field.tsx'
import { usePreview } from '../forms/access-form.ts'
import { accessFieldId, checkDay } from '../forms/check-access.ts'
import {
  asSent,
  type ChosenAccess,
  type ChosenScope,
  chosenOf,
  choseSomething,
  counting,
  sameAccess,
  sameScope,
  scopeOf,
  scopeSent,
} from '../forms/chosen-access.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import { FormColumns } from '../forms/form-columns.tsx'
import { PreviewPanel } from '../forms/preview-panel.tsx'
import { ReasonField } from '../forms/reason-field.tsx'
import { ScopeField } from '../forms/scope-field.tsx'
import { needsTick, type Tick, Warnings, warningsAt } from '../forms/warnings.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { usePortal } from '../who-is-here.ts'

interface Change {
  access: ChosenAccess
  scope: ChosenScope
  endsOn: string
  reason: string
  understood: boolean
}

/** Only what differs is said; without a level, or for all of the company again, that is said too. */
function useDifference(grant: Grant, { access, scope }: Change) {
  const portal = usePortal()
  const { level, rights } = counting(portal, access)
  const covers = scopeSent(scope)
  return {
    ...(sameAccess({ level, rights }, chosenOf(grant)) ? {} : { level, rights }),
    ...(sameScope(scope, scopeOf(grant.scope)) || covers === null ? {} : { scope: covers ?? null }),
  }
}

function useChanging(grant: Grant, form: Change, tick: boolean) {
  const { t } = useTranslation()
  const portal = usePortal()
  const navigate = useNavigate()
  const difference = useDifference(grant, form)
  return useSending({
    send: () =>
      api.grants.change(grant.id, {
        ...difference,
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
      ...(choseSomething(form.access) ? [] : [{ field: accessFieldId(portal), sentence: t('access.levelMissing') }]),
      ...(scopeSent(form.scope) === null ? [{ field: 'scope', sentence: t('scope.missing') }] : []),
      ...(tick && !form.understood ? [{ field: 'understood', sentence: t('access.tickMissing') }] : []),
    ],
    failed: t('oneAccess.notChanged'),
  })
}

export function ChangeAccess({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const { t } = useTranslation()
  const [form, setForm] = useState(asItIs(grant))
  const change = (changes: Partial<Change>) => setForm((before) => ({ ...before, ...changes }))
  const portal = usePortal()
  const previewed = usePreview(choiceOf(portal, grant, form))
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
            title={t('give.preview', { partner: grant.person?.name ?? grant.group?.name ?? partner })}
            previewed={previewed}
            hint={t('access.endMissing')}
            everyoneAt={grant.person || grant.group ? undefined : partner}
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
        <AccessField
          id={accessFieldId(portal)}
          question={t('access.may')}
          value={form.access}
          onChange={(access) => change({ access, understood: false })}
          error={sending.of('level') ?? sending.of('rights')}
        >
          <Warnings warnings={[...warningsAt(warnings, 'level'), ...warningsAt(warnings, 'who')]} tick={tick} />
        </AccessField>
        <ScopeField
          access={form.access}
          value={form.scope}
          onChange={(scope) => change({ scope, understood: false })}
          error={sending.of('scope')}
        />
        <ReasonField
          label={t('oneAccess.whyChange')}
          value={form.reason}
          onChange={(reason) => change({ reason })}
          error={sending.of('reason')}
        />
      </FormColumns>
    </Panel>
  )
}

const asItIs = (grant: Grant): Change => ({
  access: chosenOf(grant),
  scope: scopeOf(grant.scope),
  endsOn: grant.endsOn,
  reason: '',
  understood: false,
})

function choiceOf(portal: Portal, grant: Grant, { access, scope, endsOn }: Change): AccessChoice | undefined {
  const covers = scopeSent(scope)
  if (!isDay(endsOn) || !choseSomething(access) || covers === null) return undefined
  return {
    partnerId: grant.partner.id,
    personIds: grant.person ? [grant.person.id] : null,
    ...(grant.group ? { group: grant.group.id } : {}),
    ...asSent(portal, access),
    ...(covers ? { scope: covers } : {}),
    endsOn,
  }
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
