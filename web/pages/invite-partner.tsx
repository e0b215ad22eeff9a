// Inviting a partner: by its partner ID, or by a link that it sent. The server names the partner and asks whether that is meant before anything is sent.
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../client/problem.ts'
import { api } from '../api.ts'
import { dayAfter, today } from '../dates.ts'
import { checkDay } from '../forms/check-access.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import styles from '../forms/fields.module.css'
import { rolesForGroups } from '../menu.ts'
import { invitationLinkQuery } from '../queries.ts'
import { sayDone } from '../ui/done-note.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { Ticks } from '../ui/ticks.tsx'
import { useMay, useMe, usePortal } from '../who-is-here.ts'

const linkRoute = getRouteApi('/inside/invite/$token')

export function InvitePartnerPage() {
  const { t } = useTranslation()
  return (
    <Page
      title={t('invitations.newTitle')}
      above={<TextLink to="/invitations">{t('invitations.back')}</TextLink>}
      lead={t('invitations.newLead')}
    >
      <InviteForm />
    </Page>
  )
}

/** The page of a partner's link: it shows whose link it is; the invitation is sent by the button alone. */
export function InviteByLinkPage() {
  const { t } = useTranslation()
  const may = useMay()
  const { token } = linkRoute.useParams()
  const query = useQuery({ ...invitationLinkQuery(token), enabled: may('invitation:send') })
  if (!may('invitation:send')) return <Page title={t('invitations.notForYou')}>{null}</Page>
  // A link that was just used is over, and its page is about to be left.
  if (query.data === undefined && query.error instanceof Problem && query.error.status === 410)
    return (
      <Page title={t('invitations.linkOver')} lead={t('invitations.linkOverWords')}>
        {null}
      </Page>
    )
  return (
    <Loaded query={query}>
      {({ partner }) => (
        <Page
          title={t('invitations.byLinkTitle', { partner: partner.name })}
          lead={t('invitations.byLinkLead', { partner: partner.name, domain: partner.emailDomain ?? '—' })}
        >
          <InviteForm token={token} />
        </Page>
      )}
    </Loaded>
  )
}

function useInviting(token: string | undefined) {
  const { t } = useTranslation()
  const { giving, term, rights } = usePortal()
  const zone = useMe().organization.timeZone
  const navigate = useNavigate()
  const offered = rolesForGroups(giving) ? rights : []
  const [form, setForm] = useState({ partnerId: '', roles: [] as string[], endsOn: dayAfter(today(zone), term.default) })
  const [understood, setUnderstood] = useState(false)
  const [asks, setAsks] = useState<string | null>(null)
  const sending = useSending({
    send: () =>
      api.invitations
        .send({
          ...(token === undefined ? { partnerId: form.partnerId } : { token }),
          roles: form.roles,
          ...(offered.length > 0 ? { endsOn: form.endsOn } : {}),
          ...(understood ? { understood } : {}),
        })
        .catch((error: unknown) => {
          if (error instanceof Problem) setAsks(error.fields.find(({ field }) => field === 'understood')?.sentence ?? null)
          throw error
        }),
    done: async ({ id, partner }) => {
      await navigate({ to: '/invitations/$id', params: { id } })
      sayDone(t('invitations.invited', { partner: partner.name }))
    },
    check: () => [
      ...(token === undefined && form.partnerId.trim() === '' ? [{ field: 'partnerId', sentence: t('invitations.idMissing') }] : []),
      ...(offered.length > 0 && form.roles.length === 0 ? [{ field: 'roles', sentence: t('invitations.roleMissing') }] : []),
      ...(offered.length > 0 ? checkDay(form.endsOn, t, zone) : []),
      ...(asks !== null && !understood ? [{ field: 'understood', sentence: t('access.tickMissing') }] : []),
    ],
    failed: t('invitations.notInvited'),
  })
  /** Whatever changes is asked about again. */
  const change = (changes: Partial<typeof form>) => {
    setForm((before) => ({ ...before, ...changes }))
    setUnderstood(false)
    setAsks(null)
  }
  return { form, change, asks, understood, setUnderstood, sending, offered, zone }
}

function InviteForm({ token }: { token?: string }) {
  const { t } = useTranslation()
  const { form, change, asks, understood, setUnderstood, sending, offered, zone } = useInviting(token)
  // What the server asks stands in its own panel, and is no mistake.
  const problems = sending.problems.filter(({ field, sentence }) => !(field === 'understood' && sentence === asks))
  return (
    <form onSubmit={sending.submit} noValidate>
      <ErrorSummary problems={problems} />
      {token === undefined ? (
        <TextInput
          id="partnerId"
          label={t('invitations.partnerId')}
          description={t('invitations.idHelp')}
          value={form.partnerId}
          error={sending.of('partnerId')}
          maxLength={40}
          autoComplete="off"
          mb="lg"
          onChange={(event) => change({ partnerId: event.currentTarget.value })}
        />
      ) : null}
      {offered.length > 0 ? (
        <>
          <Ticks
            id="roles"
            question={t('invitations.roleQuestion')}
            error={sending.of('roles')}
            options={offered.map(({ code, name, says }) => ({ value: code, words: name, help: says }))}
            value={form.roles}
            onChange={(roles) => change({ roles })}
          />
          <EndDateField value={form.endsOn} onChange={(endsOn) => change({ endsOn })} zone={zone} error={sending.of('endsOn')} />
        </>
      ) : null}
      {asks === null ? null : (
        <Panel title={t('invitations.meant')} tone="care">
          <p>{asks}</p>
          <Checkbox
            id="understood"
            label={t('invitations.tick')}
            checked={understood}
            error={problems.find(({ field }) => field === 'understood')?.sentence}
            onChange={(event) => setUnderstood(event.currentTarget.checked)}
          />
        </Panel>
      )}
      <div className={styles.buttons}>
        <Button type="submit" loading={sending.sending}>
          {t(asks === null ? 'invitations.next' : 'invitations.send')}
        </Button>
        <LinkButton to="/invitations" variant="default">
          {t('ui.cancel')}
        </LinkButton>
      </div>
    </form>
  )
}
