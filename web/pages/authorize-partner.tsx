// Which roles a partner holds for my company: enable, disable, and whom to tell. Nothing is saved or sent before the button is pressed.
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessChoice, PartnerRoles } from '../../client/access.ts'
import { api } from '../api.ts'
import { dayAfter, dayText, isDay, today } from '../dates.ts'
import { usePreview } from '../forms/access-form.ts'
import { checkDay } from '../forms/check-access.ts'
import { type ChosenScope, scopeSent, wholeCompany } from '../forms/chosen-access.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import styles from '../forms/fields.module.css'
import { FormColumns } from '../forms/form-columns.tsx'
import { PreviewPanel } from '../forms/preview-panel.tsx'
import { ScopeField } from '../forms/scope-field.tsx'
import { needsTick, type Tick, Warnings } from '../forms/warnings.tsx'
import { partnerRolesQuery } from '../queries.ts'
import { sayDone } from '../ui/done-note.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { ErrorSummary, type FieldProblem, useSending } from '../ui/problems.tsx'
import { Ticks } from '../ui/ticks.tsx'
import { useMe, usePortal } from '../who-is-here.ts'
import { Absent } from './not-found.tsx'
import { useRolesPage } from './partner-access.tsx'

const route = getRouteApi('/inside/partner-access/$id')

export function AuthorizePartnerPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const { title, name, way } = useRolesPage()
  const query = useQuery(partnerRolesQuery(id))
  const above = (
    <>
      {way ? `${way} › ` : null}
      <TextLink to="/partner-access">{name}</TextLink>
    </>
  )
  return (
    <Loaded query={query} absent={<Absent title={t('roles.absent')} />}>
      {(held) => (
        <Page title={`${title}: ${held.partner.name}`} above={above} lead={t('roles.lead')}>
          <RolesForm key={rolesKey(held)} held={held} />
        </Page>
      )}
    </Loaded>
  )
}

const enabled = ({ roles }: PartnerRoles): string[] => roles.filter((role) => role.enabled).map(({ code }) => code)
/** What is saved starts the form anew. */
const rolesKey = (held: PartnerRoles): string => enabled(held).join()

interface Choice {
  roles: string[]
  notify: string
  endsOn: string
  scope: ChosenScope
  understood: boolean
}

/** Which differ from what is held: those to enable, and those to disable. */
function difference(held: PartnerRoles, { roles }: Choice) {
  const now = enabled(held)
  return { on: roles.filter((code) => !now.includes(code)), off: now.filter((code) => !roles.includes(code)) }
}

function checkEnabling({ notify, endsOn, scope }: Choice, zone: string, t: TFunction): FieldProblem[] {
  return [
    ...(notify.trim() === '' ? [{ field: 'notify', sentence: t('roles.notifyMissing') }] : []),
    ...checkDay(endsOn, t, zone),
    ...(scopeSent(scope) === null ? [{ field: 'scope', sentence: t('scope.missing') }] : []),
  ]
}

function useSaving(held: PartnerRoles, form: Choice, tick: boolean) {
  const { t } = useTranslation()
  const zone = useMe().organization.timeZone
  const { on, off } = difference(held, form)
  const covers = scopeSent(form.scope)
  const names = (codes: string[]) => held.roles.filter(({ code }) => codes.includes(code)).map(({ name }) => name)
  return useSending({
    send: () =>
      api.partners.setRoles(held.partner.id, {
        roles: form.roles,
        notify: form.notify,
        ...(on.length > 0 ? { endsOn: form.endsOn, ...(covers ? { scope: covers } : {}) } : {}),
        ...(form.understood ? { understood: true } : {}),
      }),
    done: () => {
      const said = [
        on.length > 0 ? t('roles.enabled', { partner: held.partner.name, roles: names(on).join(', ') }) : '',
        off.length > 0 ? t('roles.disabled', { partner: held.partner.name, roles: names(off).join(', ') }) : '',
      ]
      sayDone(said.filter(Boolean).join(' '))
    },
    check: () => [
      ...(on.length + off.length === 0 ? [{ field: 'roles', sentence: t('roles.nothing') }] : []),
      ...(on.length > 0 ? checkEnabling(form, zone, t) : []),
      ...(tick && !form.understood ? [{ field: 'understood', sentence: t('access.tickMissing') }] : []),
    ],
    failed: t('roles.notSaved'),
  })
}

function RolesForm({ held }: { held: PartnerRoles }) {
  const { t } = useTranslation()
  const { term } = usePortal()
  const zone = useMe().organization.timeZone
  const [form, setForm] = useState<Choice>({
    roles: enabled(held),
    notify: '',
    endsOn: dayAfter(today(zone), term.default),
    scope: wholeCompany,
    understood: false,
  })
  const change = (changes: Partial<Choice>) => setForm((before) => ({ ...before, understood: false, ...changes }))
  const { on, off } = difference(held, form)
  const previewed = usePreview(choiceOf(held, form))
  const warnings = previewed.preview?.warnings ?? []
  const sending = useSaving(held, form, needsTick(warnings))
  const tick: Tick = { ticked: form.understood, onTick: (understood) => change({ understood }), error: sending.of('understood') }
  return (
    <>
      <ErrorSummary problems={sending.problems} />
      <FormColumns
        onSubmit={sending.submit}
        preview={
          <PreviewPanel
            title={t('give.preview', { partner: held.partner.name })}
            previewed={previewed}
            hint={off.length > 0 ? t('roles.offHint', { partner: held.partner.name }) : t('roles.previewHint')}
          />
        }
        buttons={<SaveButtons partner={held.partner.name} sending={sending.sending} />}
      >
        <RoleTicks held={held} form={form} change={change} error={sending.of('roles')}>
          <Warnings warnings={warnings} tick={tick} />
        </RoleTicks>
        {on.length > 0 ? (
          <>
            <ScopeField
              access={{ level: null, rights: on }}
              value={form.scope}
              onChange={(scope) => change({ scope })}
              error={sending.of('scope')}
            />
            <EndDateField value={form.endsOn} onChange={(endsOn) => change({ endsOn })} zone={zone} error={sending.of('endsOn')} />
          </>
        ) : null}
        <TextInput
          id="notify"
          label={t('roles.notify')}
          description={t('roles.notifyHelp')}
          value={form.notify}
          error={sending.of('notify')}
          maxLength={6000}
          mb="lg"
          onChange={(event) => change({ notify: event.currentTarget.value })}
        />
      </FormColumns>
    </>
  )
}

interface RoleTicksProps {
  held: PartnerRoles
  form: Choice
  change: (changes: Partial<Choice>) => void
  error: string | undefined
  children: ReactNode
}

function RoleTicks({ held, form, change, error, children }: RoleTicksProps) {
  const { t } = useTranslation()
  return (
    <Ticks
      id="roles"
      question={t('roles.question', { partner: held.partner.name })}
      error={error}
      options={held.roles.map((role) => ({ value: role.code, words: role.name, help: <RoleWords role={role} /> }))}
      value={form.roles}
      onChange={(roles) => change({ roles })}
    >
      {children}
    </Ticks>
  )
}

/** What the role means, its group with who is in it, and who was in the one before. */
function RoleWords({ role }: { role: PartnerRoles['roles'][number] }) {
  const { t } = useTranslation()
  const { group, endsOn, formerly } = role
  const members = group?.members ?? []
  return (
    <>
      {role.says}
      {group && endsOn ? (
        <span className={styles.line}>
          {t('roles.group', { group: group.name, day: dayText(endsOn) })}{' '}
          {members.length > 0 ? t('access.inGroup', { count: members.length, names: members.join(', ') }) : t('access.emptyGroup')}
        </span>
      ) : null}
      {!group && formerly.length > 0 ? <span className={styles.line}>{t('roles.formerly', { names: formerly.join(', ') })}</span> : null}
    </>
  )
}

function choiceOf(held: PartnerRoles, form: Choice): AccessChoice | undefined {
  const { on } = difference(held, form)
  const covers = scopeSent(form.scope)
  if (on.length === 0 || covers === null || !isDay(form.endsOn)) return undefined
  return {
    partnerId: held.partner.id,
    personIds: null,
    group: 'new',
    rights: on,
    ...(covers ? { scope: covers } : {}),
    endsOn: form.endsOn,
  }
}

function SaveButtons({ partner, sending }: { partner: string; sending: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <Button type="submit" loading={sending}>
        {t('roles.save', { partner })}
      </Button>
      <LinkButton to="/partner-access" variant="default">
        {t('ui.cancel')}
      </LinkButton>
    </>
  )
}
