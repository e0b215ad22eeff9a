// Inviting a partner: by its partner ID, or by a link that it sent. The server names the partner and asks whether that is meant before anything is sent.
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../client/problem.ts'
import { api } from '../api.ts'
import { dayAfter, today } from '../dates.ts'
import { AskedBack, useAskedBack } from '../forms/asked-back.tsx'
import { checkDay } from '../forms/check-access.ts'
import { EndDateField } from '../forms/end-date-field.tsx'
import styles from '../forms/fields.module.css'
import { rolesForGroups } from '../menu.ts'
import { invitationLinkQuery } from '../queries.ts'
import { sayDone } from '../ui/done-note.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
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
  const asked = useAskedBack()
  const sending = useSending({
    send: () =>
      api.invitations
        .send({
          ...(token === undefined ? { partnerId: form.partnerId } : { token }),
          roles: form.roles,
          ...(offered.length > 0 ? { endsOn: form.endsOn } : {}),
          ...asked.answer,
        })
        .catch(asked.hear),
    done: async ({ id, partner }) => {
      await navigate({ to: '/invitations/$id', params: { id } })
      sayDone(t('invitations.invited', { partner: partner.name }))
    },
    check: () => [
      ...(token === undefined && form.partnerId.trim() === '' ? [{ field: 'partnerId', sentence: t('invitations.idMissing') }] : []),
      ...(offered.length > 0 && form.roles.length === 0 ? [{ field: 'roles', sentence: t('invitations.roleMissing') }] : []),
      ...(offered.length > 0 ? checkDay(form.endsOn, t, zone) : []),
      ...asked.unread(),
    ],
    failed: t('invitations.notInvited'),
  })
  const change = (changes: Partial<typeof form>) => {
    setForm((before) => ({ ...before, ...changes }))
    asked.forget()
  }
  return { form, change, asked, sending, offered, zone }
}

function InviteForm({ token }: { token?: string }) {
  const { t } = useTranslation()
  const { form, change, asked, sending, offered, zone } = useInviting(token)
  const problems = sending.problems.filter((one) => !asked.isNoMistake(one))
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
      <AskedBack asked={asked} title={t('invitations.meant')} tick={t('invitations.tick')} problems={problems} />
      <div className={styles.buttons}>
        <Button type="submit" loading={sending.sending}>
          {t(asked.asks === null ? 'invitations.next' : 'invitations.send')}
        </Button>
        <LinkButton to="/invitations" variant="default">
          {t('ui.cancel')}
        </LinkButton>
      </div>
    </form>
  )
}
