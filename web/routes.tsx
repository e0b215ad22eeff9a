// The map of the interface: which address shows which page, and what its address may carry. Pages are loaded when they are opened.

import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { Frame } from './frame.tsx'
import { nameThings } from './i18n.ts'
import { NotFoundPage } from './pages/not-found.tsx'
import { meQuery, portalQuery, queries } from './queries.ts'
import { ProblemPage, Waiting } from './ui/loaded.tsx'

type Search<K extends string> = { [key in K]?: string | undefined }

/** Only these may stand behind the question mark; everything else is dropped. */
function searchOf<K extends string>(...keys: K[]) {
  return (raw: Record<string, unknown>): Search<K> => {
    const found: Search<K> = {}
    for (const key of keys) {
      const value = raw[key]
      if (typeof value === 'string' && value !== '') found[key] = value.slice(0, 500)
    }
    return found
  }
}

/** Asks nobody to sign in who has, and brings everybody else back to where they wanted to go. */
async function mustBeSignedIn(known: QueryClient, href: string): Promise<void> {
  if (!(await known.ensureQueryData(meQuery))) throw redirect({ to: '/sign-in', search: href === '/' ? {} : { next: href } })
}

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  beforeLoad: async ({ context, preload }) => {
    const portal = await context.queries.ensureQueryData(portalQuery)
    if (!preload) nameThings(portal)
  },
  component: Outlet,
  notFoundComponent: NotFoundPage,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: searchOf('next', 'email'),
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignInPage'),
})

const mailbox = createRoute({
  getParentRoute: () => root,
  path: '/mailbox',
  validateSearch: searchOf('letter'),
  component: lazyRouteComponent(() => import('./pages/mailbox.tsx'), 'MailboxPage'),
})

const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: '/unsubscribe',
  validateSearch: searchOf('token'),
  component: lazyRouteComponent(() => import('./pages/unsubscribe.tsx'), 'UnsubscribePage'),
})

/** Shows nothing but what it does, so that no name of another customer stands on the screen before it is locked. */
const lock = createRoute({
  getParentRoute: () => root,
  path: '/focus/$org',
  beforeLoad: ({ context, location }) => mustBeSignedIn(context.queries, location.href),
  component: lazyRouteComponent(() => import('./pages/lock-screen.tsx'), 'LockScreenPage'),
})

const lookOver = createRoute({
  getParentRoute: () => root,
  path: '/look-over',
  component: lazyRouteComponent(() => import('./pages/look-over.tsx'), 'LookOverPage'),
})

/** Everything below needs somebody signed in, and brings them back to where they wanted to go. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location, preload }) => {
    const portal = await context.queries.ensureQueryData(portalQuery)
    // A page that is only fetched ahead does not change the words of the one that is read.
    if (!preload) nameThings(portal, new URLSearchParams(location.searchStr).get('kind') ?? undefined)
    await mustBeSignedIn(context.queries, location.href)
  },
  component: Frame,
  notFoundComponent: NotFoundPage,
})

const at = { getParentRoute: () => inside }

const pages = [
  createRoute({ ...at, path: '/', component: lazyRouteComponent(() => import('./pages/home.tsx'), 'HomePage') }),
  createRoute({
    ...at,
    path: '/partners',
    validateSearch: searchOf('state', 'sort', 'q'),
    component: lazyRouteComponent(() => import('./pages/partners.tsx'), 'PartnersPage'),
  }),
  createRoute({
    ...at,
    path: '/partners/new',
    validateSearch: searchOf('partner', 'person', 'gives'),
    component: lazyRouteComponent(() => import('./pages/give-access.tsx'), 'GiveAccessPage'),
  }),
  createRoute({
    ...at,
    path: '/partners/vendor',
    component: lazyRouteComponent(() => import('./pages/give-vendor-access.tsx'), 'GiveVendorAccessPage'),
  }),
  createRoute({ ...at, path: '/invitations', component: lazyRouteComponent(() => import('./pages/invitations.tsx'), 'InvitationsPage') }),
  createRoute({
    ...at,
    path: '/invitations/new',
    component: lazyRouteComponent(() => import('./pages/invite-partner.tsx'), 'InvitePartnerPage'),
  }),
  createRoute({
    ...at,
    path: '/invitations/$id',
    component: lazyRouteComponent(() => import('./pages/one-invitation.tsx'), 'OneInvitationPage'),
  }),
  createRoute({
    ...at,
    path: '/invite/$token',
    component: lazyRouteComponent(() => import('./pages/invite-partner.tsx'), 'InviteByLinkPage'),
  }),
  createRoute({ ...at, path: '/groups', component: lazyRouteComponent(() => import('./pages/groups.tsx'), 'GroupsPage') }),
  createRoute({ ...at, path: '/groups/$id', component: lazyRouteComponent(() => import('./pages/one-group.tsx'), 'OneGroupPage') }),
  createRoute({
    ...at,
    path: '/partner-access',
    component: lazyRouteComponent(() => import('./pages/partner-access.tsx'), 'PartnerAccessPage'),
  }),
  createRoute({
    ...at,
    path: '/partner-access/$id',
    component: lazyRouteComponent(() => import('./pages/authorize-partner.tsx'), 'AuthorizePartnerPage'),
  }),
  createRoute({
    ...at,
    path: '/people',
    validateSearch: searchOf('state'),
    component: lazyRouteComponent(() => import('./pages/people.tsx'), 'PeoplePage'),
  }),
  createRoute({
    ...at,
    path: '/people/$organizationId',
    validateSearch: searchOf('state'),
    component: lazyRouteComponent(() => import('./pages/people.tsx'), 'OtherPeoplePage'),
  }),
  createRoute({
    ...at,
    path: '/partners/$id/remove',
    component: lazyRouteComponent(() => import('./pages/remove-partner.tsx'), 'RemovePartnerPage'),
  }),
  createRoute({ ...at, path: '/removals/$id', component: lazyRouteComponent(() => import('./pages/removal.tsx'), 'RemovalPage') }),
  createRoute({
    ...at,
    path: '/people-with-access',
    validateSearch: searchOf('state', 'q'),
    component: lazyRouteComponent(() => import('./pages/people-with-access.tsx'), 'PeopleWithAccessPage'),
  }),
  createRoute({ ...at, path: '/access/$id', component: lazyRouteComponent(() => import('./pages/one-access.tsx'), 'OneAccessPage') }),
  createRoute({
    ...at,
    path: '/asks',
    validateSearch: searchOf('state'),
    component: lazyRouteComponent(() => import('./pages/access-requests.tsx'), 'AccessRequestsPage'),
  }),
  createRoute({
    ...at,
    path: '/asks/$id',
    component: lazyRouteComponent(() => import('./pages/one-access-request.tsx'), 'OneAccessRequestPage'),
  }),
  createRoute({
    ...at,
    path: '/customers',
    validateSearch: searchOf('state', 'sort', 'q'),
    component: lazyRouteComponent(() => import('./pages/customers.tsx'), 'CustomersPage'),
  }),
  createRoute({
    ...at,
    path: '/customers/new',
    validateSearch: searchOf('email', 'customer', 'gives', 'person', 'reason', 'like'),
    component: lazyRouteComponent(() => import('./pages/ask-for-access.tsx'), 'AskForAccessPage'),
  }),
  createRoute({ ...at, path: '/contacts', component: lazyRouteComponent(() => import('./pages/partner-contacts.tsx'), 'ContactsPage') }),
  createRoute({
    ...at,
    path: '/contacts/$customer',
    component: lazyRouteComponent(() => import('./pages/contacts-at-customer.tsx'), 'ContactsAtCustomerPage'),
  }),
  createRoute({ ...at, path: '/links', component: lazyRouteComponent(() => import('./pages/links.tsx'), 'LinksPage') }),
  createRoute({
    ...at,
    path: '/asked',
    validateSearch: searchOf('state'),
    component: lazyRouteComponent(() => import('./pages/asked.tsx'), 'AskedPage'),
  }),
  createRoute({
    ...at,
    path: '/requests',
    validateSearch: searchOf('kind', 'customer', 'state', 'part', 'q', 'after'),
    component: lazyRouteComponent(() => import('./pages/service-requests.tsx'), 'ServiceRequestsPage'),
  }),
  createRoute({
    ...at,
    path: '/requests/new',
    validateSearch: searchOf('kind', 'customer'),
    component: lazyRouteComponent(() => import('./pages/open-service-request.tsx'), 'OpenServiceRequestPage'),
  }),
  createRoute({
    ...at,
    path: '/requests/$id',
    validateSearch: searchOf('kind'),
    component: lazyRouteComponent(() => import('./pages/one-service-request.tsx'), 'OneServiceRequestPage'),
  }),
  createRoute({
    ...at,
    path: '/who',
    validateSearch: searchOf('view', 'partner', 'person', 'action', 'record', 'at', 'kind'),
    component: lazyRouteComponent(() => import('./pages/who-can-see.tsx'), 'WhoCanSeePage'),
  }),
  createRoute({
    ...at,
    path: '/history',
    validateSearch: searchOf('kind', 'from', 'to', 'person', 'partner'),
    component: lazyRouteComponent(() => import('./pages/history.tsx'), 'HistoryPage'),
  }),
  createRoute({
    ...at,
    path: '/me/notifications',
    component: lazyRouteComponent(() => import('./pages/notifications.tsx'), 'NotificationsPage'),
  }),
  createRoute({ ...at, path: '/me', component: lazyRouteComponent(() => import('./pages/me.tsx'), 'MePage') }),
  createRoute({ ...at, path: '/help', component: lazyRouteComponent(() => import('./pages/help.tsx'), 'HelpPage') }),
] as const

export const router = createRouter({
  routeTree: root.addChildren([signIn, mailbox, lookOver, unsubscribe, lock, inside.addChildren(pages)]),
  context: { queries },
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    ).toString()
    return text ? `?${text}` : ''
  },
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultPendingMs: 100,
  defaultPendingComponent: Waiting,
  defaultErrorComponent: ({ error }) => (
    <ProblemPage error={error instanceof Error ? error : new Error(String(error))} retry={() => router.invalidate()} />
  ),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
