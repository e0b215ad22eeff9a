// Invitations: those that my company sent, or my firm got; with what each side needs for the next one.
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Invitation } from '../../client/invitations.ts'
import { dayOfMoment, dayText } from '../dates.ts'
import { invitationsQuery } from '../queries.ts'
import { Chip } from '../ui/chip.tsx'
import { type Column, DataList } from '../ui/data-list.tsx'
import { Empty } from '../ui/empty.tsx'
import { LinkButton, TextLink } from '../ui/links.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { useMay, useMe } from '../who-is-here.ts'
import { ChosenPartners } from './chosen-partners.tsx'
import { PartnerId } from './partner-id.tsx'

export function InvitationsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const isPartner = useMe().organization.side === 'partner'
  const query = useQuery(invitationsQuery)
  const invite = may('invitation:send') ? <LinkButton to="/invitations/new">{t('invitations.invite')}</LinkButton> : null
  return (
    <Page title={t('invitations.title')} lead={t(isPartner ? 'invitations.leadPartner' : 'invitations.lead')} actions={invite}>
      <Loaded query={query}>
        {(found) => (
          <>
            {found.items.length === 0 ? (
              <Empty>{t(isPartner ? 'invitations.noneGot' : 'invitations.noneSent')}</Empty>
            ) : (
              <InvitationList invitations={found.items} />
            )}
            {found.partnerId === null ? null : <PartnerId id={found.partnerId} links={found.links} />}
            {may('access:remove') ? <ChosenPartners /> : null}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function InvitationList({ invitations }: { invitations: Invitation[] }) {
  const { t } = useTranslation()
  const isPartner = useMe().organization.side === 'partner'
  const columns: Column<Invitation>[] = [
    {
      key: 'name',
      label: t(isPartner ? 'invitations.customer' : 'invitations.partner'),
      names: true,
      cell: (one) => (
        <TextLink to="/invitations/$id" params={{ id: one.id }}>
          {isPartner ? one.customer.name : one.partner.name}
        </TextLink>
      ),
    },
    { key: 'roles', label: t('invitations.gives'), cell: (one) => <RoleNames invitation={one} /> },
    { key: 'sent', label: t('invitations.sent'), narrow: true, cell: (one) => dayOfMoment(one.sentAt) },
    { key: 'lapses', label: t('invitations.lapses'), narrow: true, cell: (one) => dayText(one.lapsesOn) },
    { key: 'state', label: t('partners.status'), cell: (one) => <InvitationChip invitation={one} /> },
  ]
  return <DataList label={t('invitations.title')} columns={columns} rows={invitations} rowKey={({ id }) => id} />
}

export function RoleNames({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation()
  return invitation.roles.length === 0 ? t('invitations.noRoles') : invitation.roles.map(({ name }) => name).join(', ')
}

const tones = { waiting: 'care', accepted: 'good', declined: 'still', withdrawn: 'still', lapsed: 'still' } as const

export function InvitationChip({ invitation: { state } }: { invitation: Invitation }) {
  const { t } = useTranslation()
  return <Chip tone={tones[state]}>{t(`invitations.states.${state}`)}</Chip>
}
