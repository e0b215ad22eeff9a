// One invitation: who invites whom to what, and the answer. The letter's link leads here and changes nothing.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Invitation } from '../../client/invitations.ts'
import { api } from '../api.ts'
import { dayOfMoment, dayText } from '../dates.ts'
import styles from '../forms/fields.module.css'
import { ReasonField } from '../forms/reason-field.tsx'
import { invitationQuery } from '../queries.ts'
import { sayDone } from '../ui/done-note.tsx'
import { Facts } from '../ui/facts.tsx'
import { TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ErrorSummary, useSending } from '../ui/problems.tsx'
import { InvitationChip, RoleNames } from './invitations.tsx'
import { Absent } from './not-found.tsx'

const route = getRouteApi('/inside/invitations/$id')

export function OneInvitationPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const query = useQuery(invitationQuery(id))
  return (
    <Loaded query={query} absent={<Absent title={t('invitations.absent')} />}>
      {(invitation) => <OneInvitation invitation={invitation} />}
    </Loaded>
  )
}

function OneInvitation({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation()
  const { customer, partner, abilities } = invitation
  return (
    <Page
      title={t('invitations.oneTitle', { customer: customer.name, partner: partner.name })}
      above={<TextLink to="/invitations">{t('invitations.back')}</TextLink>}
      lead={
        <>
          <InvitationChip invitation={invitation} /> {invitation.number}
        </>
      }
    >
      <Panel>
        <InvitationFacts invitation={invitation} />
      </Panel>
      {abilities.answer ? <Answer invitation={invitation} /> : null}
      {abilities.withdraw ? <Withdraw invitation={invitation} /> : null}
    </Page>
  )
}

function InvitationFacts({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation()
  const { customer, partner, roles, answered } = invitation
  return (
    <Facts
      facts={[
        { word: t('invitations.customer'), is: customer.name },
        { word: t('invitations.partner'), is: partner.emailDomain ? `${partner.name} (${partner.emailDomain})` : partner.name },
        { word: t('invitations.gives'), is: <RoleNames invitation={invitation} /> },
        roles.length > 0 && { word: t('invitations.means'), is: roles.map(({ says }) => says).join(' ') },
        roles.length > 0 && { word: t('invitations.until'), is: dayText(invitation.endsOn) },
        { word: t('invitations.sent'), is: [dayOfMoment(invitation.sentAt), invitation.sentBy].filter(Boolean).join(', ') },
        invitation.state === 'waiting' && { word: t('invitations.lapses'), is: dayText(invitation.lapsesOn) },
        answered && { word: t('invitations.answered'), is: [dayOfMoment(answered.at), answered.byName].filter(Boolean).join(', ') },
        answered?.reason ? { word: t('invitations.reason'), is: answered.reason } : null,
      ]}
    />
  )
}

function Answer({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const customer = invitation.customer.name
  const accepting = useSending({
    send: () => api.invitations.accept(invitation.id),
    done: () => sayDone(t(invitation.roles.length > 0 ? 'invitations.accepted' : 'invitations.acceptedOnly', { customer })),
    failed: t('invitations.notAccepted'),
  })
  const declining = useSending({
    send: () => api.invitations.decline(invitation.id, reason.trim() || undefined),
    done: () => sayDone(t('invitations.declined', { customer })),
    failed: t('invitations.notDeclined'),
  })
  return (
    <Panel title={t('invitations.answerTitle')}>
      <ErrorSummary problems={[...accepting.problems, ...declining.problems]} />
      <p>{t('invitations.answerWords', { customer })}</p>
      <Button mb="lg" loading={accepting.sending} onClick={() => accepting.submit()}>
        {t('invitations.accept', { customer })}
      </Button>
      <form onSubmit={declining.submit} noValidate>
        <ReasonField
          label={t('invitations.whyDecline')}
          description={t('invitations.whyDeclineHelp', { customer })}
          value={reason}
          onChange={setReason}
          error={declining.of('reason')}
        />
        <div className={styles.buttons}>
          <Button type="submit" variant="default" loading={declining.sending}>
            {t('invitations.decline', { customer })}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

function Withdraw({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation()
  const form = useSending({
    send: () => api.invitations.withdraw(invitation.id),
    done: () => sayDone(t('invitations.withdrawn', { partner: invitation.partner.name })),
    failed: t('invitations.notWithdrawn'),
  })
  return (
    <>
      <ErrorSummary problems={form.problems} />
      <Button variant="default" loading={form.sending} onClick={() => form.submit()}>
        {t('invitations.withdraw', { number: invitation.number })}
      </Button>
    </>
  )
}
