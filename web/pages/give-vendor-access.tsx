// Give a person of the vendor access, by e-mail address. What they could see is said by the server, to be read before it is given.
import { Button, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { dayAfter, dayText, isDay, today } from '../dates.ts'
import { AccessField } from '../forms/access-field.tsx'
import { AskedBack, useAskedBack } from '../forms/asked-back.tsx'
import { accessFieldId, checkDay } from '../forms/check-access.ts'
import { asSent, choseSomething, nothingChosen, scopeSent, wholeCompany } from '../forms/chosen-access.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import styles from '../forms/fields.module.css'
import { ReasonField } from '../forms/reason-field.tsx'
import { ScopeField } from '../forms/scope-field.tsx'
import { sayDone } from '../ui/done-note.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMe, usePortal } from '../who-is-here.ts'

export function GiveVendorAccessPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('vendorAccess.title')} lead={t('vendorAccess.lead')} above={<TextLink to="/partners">{t('partners.back')}</TextLink>}>
      <GiveVendorForm />
    </Page>
  )
}

function useGiving() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const portal = usePortal()
  const zone = useMe().organization.timeZone
  const start = { email: '', access: nothingChosen, scope: wholeCompany, endsOn: dayAfter(today(zone), portal.term.default), reason: '' }
  const [form, setForm] = useState(start)
  const asked = useAskedBack()
  const covers = scopeSent(form.scope)
  const sending = useSending({
    send: () =>
      api.grants
        .giveVendor({
          email: form.email.trim(),
          ...asSent(portal, form.access),
          ...(covers ? { scope: covers } : {}),
          endsOn: form.endsOn,
          reason: form.reason.trim(),
          ...asked.answer,
        })
        .catch(asked.hear),
    done: async ({ sentence }) => {
      await navigate({ to: '/partners' })
      sayDone(sentence)
    },
    check: () => [
      ...(form.email.trim() === '' ? [{ field: 'email', sentence: t('vendorAccess.emailMissing') }] : []),
      ...(choseSomething(form.access) ? [] : [{ field: accessFieldId(portal), sentence: t('access.levelMissing') }]),
      ...(covers === null ? [{ field: 'scope', sentence: t('scope.missing') }] : []),
      ...checkDay(form.endsOn, t, zone, portal.term.longest),
      ...(form.reason.trim() === '' ? [{ field: 'reason', sentence: t('access.reasonMissing') }] : []),
      ...asked.unread(),
    ],
    failed: t('give.failed'),
  })
  const change = (changes: Partial<typeof form>) => {
    setForm((before) => ({ ...before, ...changes }))
    asked.forget()
  }
  return { form, change, asked, sending, zone, fieldId: accessFieldId(portal) }
}

function GiveVendorForm() {
  const { t } = useTranslation()
  const { form, change, asked, sending, zone, fieldId } = useGiving()
  const problems = sending.problems.filter((one) => !asked.isNoMistake(one))
  return (
    <form onSubmit={sending.submit} noValidate>
      <ErrorSummary problems={problems} />
      <TextInput
        id="email"
        type="email"
        label={t('vendorAccess.email')}
        description={t('vendorAccess.emailHelp')}
        value={form.email}
        error={sending.of('email')}
        maxLength={254}
        autoComplete="off"
        mb="lg"
        onChange={(event) => change({ email: event.currentTarget.value })}
      />
      <AccessField
        id={fieldId}
        question={t('access.may')}
        value={form.access}
        onChange={(access) => change({ access })}
        error={sending.of('level') ?? sending.of('rights')}
      />
      <ScopeField
        access={form.access}
        value={form.scope}
        onChange={(scope) => change({ scope })}
        error={sending.of('scope') ?? sending.of('scope.sites') ?? sending.of('scope.records')}
      />
      <EndDateField value={form.endsOn} onChange={(endsOn) => change({ endsOn })} zone={zone} error={sending.of('endsOn')} />
      <ReasonField
        label={t('access.why')}
        description={t('vendorAccess.whyHelp')}
        value={form.reason}
        onChange={(reason) => change({ reason })}
        error={sending.of('reason')}
      />
      <AskedBack asked={asked} title={t('vendorAccess.read')} tick={t('vendorAccess.tick')} problems={problems} />
      <div className={styles.buttons}>
        <Button type="submit" loading={sending.sending}>
          {isDay(form.endsOn) ? t('give.button', { day: dayText(form.endsOn) }) : t('give.buttonNoDay')}
        </Button>
        <LinkButton to="/partners" variant="default">
          {t('ui.cancel')}
        </LinkButton>
      </div>
    </form>
  )
}
