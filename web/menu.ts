// The menu: which pages there are for whom. Asked of the abilities that the server sent, never worked out again.
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Portal } from '../client/portal.ts'
import { capital } from './i18n.ts'
import { accessRequestsQuery, linksQuery } from './queries.ts'
import { useMay, useMe, usePortal } from './who-is-here.ts'

interface MenuItem {
  to:
    | '/'
    | '/partners'
    | '/asks'
    | '/who'
    | '/history'
    | '/customers'
    | '/asked'
    | '/requests'
    | '/mailbox'
    | '/people'
    | '/groups'
    | '/contacts'
    | '/links'
    | '/partner-access'
    | '/invitations'
  search?: { kind: string }
  words: string
  count?: number
}

export function useMenu(): MenuItem[] {
  const { t } = useTranslation()
  const may = useMay()
  const { organization, looking } = useMe()
  const { side } = organization
  const { mail } = usePortal()
  const giving = useGivingWords()
  const waiting = useWaitingRequests()
  const records = useRecordItems()
  const ofPartner = usePartnerItems()
  const items: (MenuItem | false)[] = [
    { to: '/', words: t('home.title') },
    ...(side === 'vendor' ? [] : records),
    may('access:give') && { to: '/partners', words: t('partners.title') },
    giving.roles !== undefined && { to: '/partner-access', words: giving.roles },
    may('invitation:read') && { to: '/invitations', words: t('invitations.title') },
    may('access_request:answer') && { to: '/asks', words: t('asks.title'), count: waiting },
    ...ofPartner,
    may('people:read') && { to: '/people', words: t(side === 'customer' ? 'people.mine' : 'people.ours') },
    may('explanation:ask') && { to: '/who', words: t('who.title') },
    may('history:read') && { to: '/history', words: t('history.title') },
    !looking && (mail === 'held' || may('letters:read')) && { to: '/mailbox', words: t('mailbox.title') },
  ]
  return items.filter((item) => item !== false)
}

/** What a partner has of its own, around the contacts, which others see too. */
function usePartnerItems(): MenuItem[] {
  const { t } = useTranslation()
  const may = useMay()
  const contacts = useContactItems()
  if (useMe().organization.side !== 'partner') return contacts
  const items: (MenuItem | false)[] = [
    may('access:read') && { to: '/customers', words: t('customers.title') },
    ...contacts,
    may('group:read') && { to: '/groups', words: t('groups.title') },
    may('access_request:read') && { to: '/asked', words: t('asked.title') },
  ]
  return items.filter((item) => item !== false)
}

/** One for each kind of record; where there is one kind alone, its page needs no word about it. */
function useRecordItems(): MenuItem[] {
  const may = useMay()
  const { side } = useMe().organization
  const { records } = usePortal()
  const leftOut = new Set(useMe().looking?.leftOut.map(({ kind }) => kind))
  const kinds = Object.keys(records).filter((kind) => !leftOut.has(kind))
  // What a partner reads is given customer by customer, and no matter of its role at home.
  const read = kinds.filter((kind) => side !== 'customer' || may(`${kind}:read`))
  return read.map((kind) => ({
    to: '/requests',
    words: capital(records[kind]?.many ?? kind),
    ...(kinds.length > 1 ? { search: { kind } } : {}),
  }))
}

/** The contacts of a partner by customer, and the links of partners for whoever answers. */
function useContactItems(): MenuItem[] {
  const { t } = useTranslation()
  const may = useMay()
  const { side } = useMe().organization
  const asks = side === 'partner' && (may('link:ask') || may('colleague:let_in'))
  const links = useQuery({ ...linksQuery, enabled: may('link:answer') }).data?.items ?? []
  const waiting = links.filter(({ abilities }) => abilities.answer).length
  const items: (MenuItem | false)[] = [
    asks && { to: '/contacts', words: t('partnerContacts.title') },
    may('link:answer') && { to: '/links', words: t('links.title'), count: waiting },
  ]
  return items.filter((item) => item !== false)
}

/** How the page is called on which roles are enabled, for whom there is one. */
function useGivingWords(): { roles: string | undefined } {
  const { t } = useTranslation()
  const may = useMay()
  const { giving } = usePortal()
  const there = may('access:give') && rolesForGroups(giving)
  return { roles: there ? (giving.rolesPage?.at.at(-1) ?? t('roles.title')) : undefined }
}

/** Whether roles are enabled for a partner, each with a group that it fills. */
export const rolesForGroups = ({ shape, grantees }: Portal['giving']): boolean => shape === 'roles' && grantees.includes('group')

/** How many wait for an answer of mine; 0 for who may not answer. */
function useWaitingRequests(): number {
  const may = useMay()
  const query = useQuery({ ...accessRequestsQuery('received'), enabled: may('access_request:answer') })
  return query.data?.items.filter((request) => request.state === 'waiting').length ?? 0
}
