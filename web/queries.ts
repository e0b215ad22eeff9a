// Everything the pages read, each with its key. After a change all of it is read again: what one may see may have changed with it.
import { QueryCache, QueryClient, queryOptions } from '@tanstack/react-query'
import { Problem } from '../client/problem.ts'
import type { Me } from '../client/sign-in.ts'
import { api } from './api.ts'
import { kindShown } from './i18n.ts'

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenOver }),
  defaultOptions: { queries: { retry: (count, error) => count < 2 && error instanceof Problem && error.status === 0 } },
})

export const portalQuery = queryOptions({ queryKey: ['portal'], queryFn: () => api.portal.read(), staleTime: 60_000 })

/** null: nobody is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: (): Promise<Me | null> =>
    api.me.read().catch((error: unknown) => {
      if (error instanceof Problem && error.status === 401) return null
      throw error
    }),
  staleTime: 30_000,
})

export const sessionsQuery = queryOptions({ queryKey: ['me', 'sessions'], queryFn: () => api.me.sessions() })
export const noticesQuery = queryOptions({ queryKey: ['me', 'notifications'], queryFn: () => api.notices.mine() })
export const passkeysQuery = queryOptions({ queryKey: ['me', 'passkeys'], queryFn: () => api.me.passkeys() })

export const partnersQuery = queryOptions({ queryKey: ['partners'], queryFn: () => api.partners.list() })
export const partnerPeopleQuery = (partnerId: string) =>
  queryOptions({ queryKey: ['partners', partnerId, 'people'], queryFn: () => api.partners.people(partnerId), enabled: partnerId !== '' })

export const partnerGroupsQuery = (partnerId: string) =>
  queryOptions({ queryKey: ['partners', partnerId, 'groups'], queryFn: () => api.partners.groups(partnerId), enabled: partnerId !== '' })
export const partnerRolesQuery = (partnerId: string) =>
  queryOptions({ queryKey: ['partners', partnerId, 'roles'], queryFn: () => api.partners.roles(partnerId) })
export const sitesToNameQuery = (customerId: string) =>
  queryOptions({ queryKey: ['access-requests', 'sites', customerId], queryFn: () => api.accessRequests.sites(customerId) })
export const sitesQuery = queryOptions({ queryKey: ['sites'], queryFn: () => api.partners.sites() })

export const groupsQuery = queryOptions({ queryKey: ['groups'], queryFn: () => api.groups.list() })
export const groupQuery = (id: string) => queryOptions({ queryKey: ['groups', id], queryFn: () => api.groups.read(id) })
export const groupPeopleQuery = (id: string) => queryOptions({ queryKey: ['groups', id, 'people'], queryFn: () => api.groups.people(id) })

export const colleaguesQuery = queryOptions({ queryKey: ['colleagues'], queryFn: () => api.partners.colleagues() })

export const invitationsQuery = queryOptions({ queryKey: ['invitations'], queryFn: () => api.invitations.list() })
export const invitationQuery = (id: string) => queryOptions({ queryKey: ['invitations', id], queryFn: () => api.invitations.read(id) })
export const invitationLinkQuery = (token: string) =>
  queryOptions({ queryKey: ['invitation-link', token], queryFn: () => api.invitations.lookAtLink(token), retry: false })

export const linksQuery = queryOptions({ queryKey: ['links'], queryFn: () => api.links.list() })
export const colleaguesAtQuery = (customerId: string) =>
  queryOptions({ queryKey: ['colleagues-at', customerId], queryFn: () => api.colleagues.at(customerId) })
export const colleagueChoiceQuery = queryOptions({ queryKey: ['colleague-choice'], queryFn: () => api.colleagues.choice() })

export const peopleQuery = (organizationId: string, all: boolean) =>
  queryOptions({ queryKey: ['people', organizationId, all], queryFn: () => api.contacts.list(organizationId, all) })

export const grantsQuery = (side: 'given' | 'received') =>
  queryOptions({ queryKey: ['grants', side], queryFn: () => api.grants.list(side, 'all') })
export const grantQuery = (id: string) => queryOptions({ queryKey: ['grant', id], queryFn: () => api.grants.read(id) })

export const accessRequestsQuery = (side: 'asked' | 'received') =>
  queryOptions({ queryKey: ['access-requests', side], queryFn: () => api.accessRequests.list(side, 'all') })
export const accessRequestQuery = (id: string) =>
  queryOptions({ queryKey: ['access-request', id], queryFn: () => api.accessRequests.read(id) })

export const recordCustomersQuery = (action: 'read' | 'open') =>
  queryOptions({ queryKey: ['record-customers', kindShown(), action], queryFn: () => api.records.customers(kindShown(), action) })
export const recordQuery = (id: string) =>
  queryOptions({ queryKey: ['record', kindShown(), id], queryFn: () => api.records.read(kindShown(), id) })
export const contactChoicesToOpenQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['contact-choices', kindShown(), customerId],
    queryFn: () => api.records.contactChoicesToOpen(kindShown(), customerId),
  })
export const contactChoicesQuery = (id: string) =>
  queryOptions({ queryKey: ['record', kindShown(), id, 'contact-choices'], queryFn: () => api.records.contactChoices(kindShown(), id) })

export const accountRequestsQuery = (customerId: string) =>
  queryOptions({ queryKey: ['account-requests', customerId], queryFn: () => api.accountRequests.list(customerId) })

export const lettersQuery = queryOptions({ queryKey: ['letters'], queryFn: () => api.portal.letters({ limit: 100 }) })
export const letterQuery = (id: string) => queryOptions({ queryKey: ['letters', id], queryFn: () => api.portal.letter(id) })

/** Whose look through somebody's eyes ended is told so. Whose session ended meanwhile is asked to sign in and comes back to the same page. Nothing read before stays in memory. */
function leaveWhenOver(error: Error) {
  if (!(error instanceof Problem)) return
  if (error.code === 'look-over' && location.pathname !== '/look-over') location.replace('/look-over')
  if (error.status !== 401) return
  const here = location.pathname + location.search
  if (!here.startsWith('/sign-in')) location.assign(`/sign-in?next=${encodeURIComponent(here)}`)
}
