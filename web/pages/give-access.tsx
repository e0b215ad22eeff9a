// Give a partner access: who, what, until when and why, beside what they would see, counted while one chooses.
import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Grant, Partner } from '../../client/access.ts'
import { api } from '../api.ts'
import { dayAfter, dayText, isDay, today } from '../dates.ts'
import { AccessField } from '../forms/access-field.tsx'
import { type AccessForm, choiceOf, type Previewed, usePreview } from '../forms/access-form.ts'
import { accessFieldId, checkAccess } from '../forms/check-access.ts'
import { chosenIn, wholeCompany } from '../forms/chosen-access.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import { FormColumns } from '../forms/form-columns.tsx'
import { PreviewPanel } from '../forms/preview-panel.tsx'
import { ReasonField } from '../forms/reason-field.tsx'
import { ScopeField } from '../forms/scope-field.tsx'
import { needsTick, type Tick, Warnings, warningsAt } from '../forms/warnings.tsx'
import { WhoField } from '../forms/who-field.tsx'
import { partnersQuery } from '../queries.ts'
import { sayDone } from '../ui/done-note.tsx'
import { Empty } from '../ui/empty.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { useMe, usePortal } from '../who-is-here.ts'
import { LookThrough } from './look-through.tsx'

const route = getRouteApi('/inside/partners/new')

export function GiveAccessPage() {
  const { t } = useTranslation()
  const partners = useQuery(partnersQuery)
  return (
    <Page title={t('give.title')} lead={t('give.lead')} above={<TextLink to="/partners">{t('partners.back')}</TextLink>}>
      <Loaded query={partners}>
        {({ items }) => (items.length === 0 ? <Empty>{t('give.noPartners')}</Empty> : <GiveForm partners={items} />)}
      </Loaded>
    </Page>
  )
}

function useStart(partners: Partner[]): AccessForm {
  const portal = usePortal()
  const zone = useMe().organization.timeZone
  const search = route.useSearch()
  const only = partners.length === 1 ? partners[0]?.id : undefined
  return {
    partnerId: partners.find((partner) => partner.id === search.partner)?.id ?? only ?? '',
    who: search.person ? 'people' : undefined,
    personIds: search.person ? [search.person] : [],
    group: 'new',
    access: chosenIn(portal, search.gives),
    scope: wholeCompany,
    endsOn: dayAfter(today(zone), portal.term.default),
    reason: '',
    understood: false,
  }
}

/** The form's contents. A tick counts only for the warning it was set under. */
function useAccessForm(start: AccessForm) {
  const [form, setForm] = useState(start)
  const change = (changes: Partial<AccessForm>) => setForm((before) => ({ ...before, understood: false, ...changes }))
  return { form, change, keep: (changes: Partial<AccessForm>) => setForm((before) => ({ ...before, ...changes })) }
}

function useGiving(form: AccessForm, previewed: Previewed) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const zone = useMe().organization.timeZone
  const portal = usePortal()
  const said = useGivenWords()
  const tick = needsTick(previewed.preview?.warnings)
  return useSending({
    send: () => {
      const choice = choiceOf(portal, form)
      if (!choice) throw new Error('incomplete')
      return api.grants.give({ ...choice, reason: form.reason.trim(), ...(form.understood ? { understood: true } : {}) })
    },
    done: async ({ items }) => {
      await navigate({ to: '/partners' })
      sayDone(said(items))
    },
    check: () => checkAccess(portal, form, t, { zone, reason: true, tick }),
    failed: t('give.failed'),
  })
}

function useGivenWords() {
  const { t } = useTranslation()
  return (items: Grant[]) => {
    const first = items[0]
    if (!first) return undefined
    const names = items.map((grant) => grant.person?.name ?? grant.group?.name).filter((name) => name !== undefined)
    const who = names.length > 0 ? names.join(', ') : t('access.everyoneAt', { partner: first.partner.name })
    const level = [...new Set(items.map((grant) => grant.gives))].join('; ')
    return t('give.done', { who, level, day: dayText(first.endsOn) })
  }
}

function GiveForm({ partners }: { partners: Partner[] }) {
  const { t } = useTranslation()
  const { form, change, keep } = useAccessForm(useStart(partners))
  const zone = useMe().organization.timeZone
  const partner = partners.find((one) => one.id === form.partnerId)
  const portal = usePortal()
  const previewed = usePreview(choiceOf(portal, form))
  const sending = useGiving(form, previewed)
  const warnings = previewed.preview?.warnings
  const tick: Tick = { ticked: form.understood, onTick: (understood) => keep({ understood }), error: sending.of('understood') }
  return (
    <>
      <ErrorSummary problems={sending.problems} />
      <FormColumns
        onSubmit={sending.submit}
        preview={<GivePreview partner={partner} form={form} previewed={previewed} />}
        buttons={<GiveButtons form={form} waits={needsTick(warnings) && !form.understood} sending={sending.sending} />}
      >
        <PartnerField partners={partners} form={form} change={change} error={sending.of('partnerId')} />
        {partner ? (
          <WhoField partner={partner} form={form} onChange={change} of={sending.of}>
            <Warnings warnings={warningsAt(warnings, 'who')} tick={tick} />
          </WhoField>
        ) : null}
        <AccessField
          id={accessFieldId(portal)}
          question={t('access.may')}
          value={form.access}
          onChange={(access) => change({ access })}
          error={sending.of('level') ?? sending.of('rights')}
        >
          <Warnings warnings={warningsAt(warnings, 'level')} tick={tick} />
        </AccessField>
        <ScopeField
          access={form.access}
          value={form.scope}
          onChange={(scope) => change({ scope })}
          error={sending.of('scope') ?? sending.of('scope.sites') ?? sending.of('scope.records')}
        />
        <EndDateField value={form.endsOn} onChange={(endsOn) => keep({ endsOn })} zone={zone} error={sending.of('endsOn')} />
        <Warnings warnings={warningsAt(warnings, 'end')} tick={tick} />
        <ReasonField
          label={t('access.why')}
          description={t('give.whyHelp')}
          value={form.reason}
          onChange={(reason) => keep({ reason })}
          error={sending.of('reason')}
        />
      </FormColumns>
    </>
  )
}

interface PartnerFieldProps {
  partners: Partner[]
  form: AccessForm
  change: (changes: Partial<AccessForm>) => void
  error: string | undefined
}

function PartnerField({ partners, form, change, error }: PartnerFieldProps) {
  const { t } = useTranslation()
  const partner = partners.find((one) => one.id === form.partnerId)
  return (
    <NativeSelect
      id="partnerId"
      label={t('access.partner')}
      description={partner?.emailDomain ? t('access.domain', { domain: partner.emailDomain }) : t('access.partnerHelp')}
      value={form.partnerId}
      error={error}
      mb="lg"
      onChange={(event) => change({ partnerId: event.currentTarget.value, personIds: [], group: 'new' })}
      data={[{ value: '', label: t('access.choosePartner') }, ...partners.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  )
}

function GivePreview({ partner, form, previewed }: { partner: Partner | undefined; form: AccessForm; previewed: Previewed }) {
  const { t } = useTranslation()
  return (
    <>
      <PreviewPanel
        title={partner ? t('give.preview', { partner: partner.name }) : t('give.previewNobody')}
        previewed={previewed}
        hint={t('give.previewHint')}
        everyoneAt={form.who === 'everyone' ? partner?.name : undefined}
      />
      {partner ? (
        <Panel>
          <p>{t('look.asNow')}</p>
          <LookThrough partner={partner} />
        </Panel>
      ) : null}
    </>
  )
}

function GiveButtons({ form, waits, sending }: { form: AccessForm; waits: boolean; sending: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <Button type="submit" loading={sending} {...(waits ? { 'data-disabled': true, 'aria-disabled': true } : {})}>
        {isDay(form.endsOn) ? t('give.button', { day: dayText(form.endsOn) }) : t('give.buttonNoDay')}
      </Button>
      <LinkButton to="/partners" variant="default">
        {t('ui.cancel')}
      </LinkButton>
    </>
  )
}
