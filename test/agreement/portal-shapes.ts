// What the worlds of each portal are made of: kinds and how people and partners are named on them, roles, switches and what can be given. Names only, no law.
import type { PortalName } from './portal-world.ts'

export interface KindShape {
  readonly kind: string
  readonly states: readonly string[]
  readonly people: readonly string[]
  readonly partners: readonly string[]
  readonly refers: boolean
}

export interface Shape {
  /** A kind that stands several times comes up more often. */
  readonly kinds: readonly KindShape[]
  readonly roles: Readonly<Record<'customer' | 'partner' | 'vendor', readonly string[]>>
  readonly siteRoles: readonly string[]
  readonly switches: readonly string[]
  readonly partnerTypes: readonly (string | null)[]
  readonly relations: readonly ('works_with' | 'associated' | 'preferred' | 'subordinate')[]
  /** Empty: nobody is given anything. */
  readonly grantees: readonly ('organization' | 'group' | 'person')[]
  readonly levels: readonly (string | null)[]
  readonly rights: readonly string[]
  readonly scopes: readonly ('all' | 'sites' | 'records')[]
}

const conversation = ['requester', 'point_of_contact', 'additional_contact']
const requestStates = ['new', 'active', 'waiting_for_customer', 'waiting_for_vendor', 'resolved', 'closed']
const ladder = ['cc', 'look', 'update', 'create', 'service_admin', 'full_admin']
const current = ['current']
const openOrClosed = ['active', 'closed']

const kind = (name: string, states: readonly string[], named: Partial<Omit<KindShape, 'kind' | 'states'>> = {}): KindShape => ({
  kind: name,
  states,
  people: [],
  partners: [],
  refers: false,
  ...named,
})

const nothingMore = { siteRoles: [], switches: [], partnerTypes: [null], relations: ['works_with'], rights: [], scopes: ['all'] } as const
const deskRoles = {
  customer: ['contact', 'contact_manager', 'primary_contact'],
  partner: ['consultant', 'partner_administrator'],
  vendor: ['vendor_staff', 'operator'],
}

const supportDesk: Shape = {
  ...nothingMore,
  kinds: [kind('service_request', requestStates, { people: conversation })],
  roles: deskRoles,
  grantees: ['person', 'organization'],
  levels: ladder,
}

const standard: Shape = {
  ...nothingMore,
  kinds: [
    kind('service_request', requestStates, { people: conversation, partners: ['assigned', 'lead_partner'] }),
    kind('service_request', requestStates, { people: conversation }),
    kind('service_order', current, { partners: ['assigned', 'lead_partner'] }),
    kind('invoice', current),
  ],
  roles: deskRoles,
  relations: ['works_with', 'preferred', 'preferred', 'preferred'],
  grantees: ['person', 'group', 'organization'],
  levels: [...ladder, null, null],
  rights: ['invoices'],
  scopes: ['all', 'all', 'sites', 'records'],
}

const telephonyAccount: Shape = {
  ...nothingMore,
  kinds: [kind('user', openOrClosed), kind('ticket', openOrClosed), kind('invoice', openOrClosed)],
  roles: {
    customer: ['decision_maker', 'phone_manager', 'billing_contact', 'technical_contact', 'emergency_contact'],
    partner: ['partner_user', 'partner_administrator'],
    vendor: ['vendor_staff', 'operator'],
  },
  siteRoles: ['phone_manager', 'phone_manager', 'phone_manager', 'decision_maker', 'billing_contact', 'technical_contact'],
  grantees: ['group'],
  levels: [null],
  rights: ['decision_maker', 'phone_manager'],
  scopes: ['all', 'all', 'sites'],
}

const managedServices: Shape = {
  ...nothingMore,
  kinds: [kind('order', current), kind('invoice', current), kind('usage', current), kind('article', current), kind('ticket', openOrClosed)],
  roles: {
    customer: ['administrator', 'primary_user', 'orders', 'invoices', 'usage', 'knowledge', 'tickets'],
    partner: ['partner_user', 'partner_administrator'],
    vendor: ['vendor_staff', 'operator'],
  },
  grantees: ['person'],
  levels: ['administrator', null, null, null],
  rights: ['orders', 'invoices', 'usage', 'knowledge', 'tickets'],
}

const fieldService: Shape = {
  ...nothingMore,
  kinds: [
    kind('incident', current, { partners: ['ssr', 'owner'], refers: true }),
    kind('incident', current, { refers: true }),
    kind('warranty_claim', current, { partners: ['ssr', 'owner', 'lead_partner'], refers: true }),
    kind('warranty_claim', current, { partners: ['lead_partner'], refers: true }),
    kind('interaction', current, { partners: ['partner'] }),
    kind('document', current),
    kind('inbox_message', current, { people: ['recipient'] }),
    ...['unit', 'article', 'announcement', 'inventory_item', 'balance', 'invoice', 'account'].map((name) => kind(name, current)),
  ],
  roles: { customer: ['portal_user'], partner: ['portal_user'], vendor: ['portal_user'] },
  switches: ['can_create_users', 'claim_authorization_required'],
  partnerTypes: ['partner_customer', 'partner_customer', 'partner_vendor', 'partner_vendor', 'partner_employee', null],
  relations: ['works_with', 'associated', 'associated', 'preferred', 'preferred', 'subordinate', 'subordinate'],
  grantees: [],
  levels: [],
}

export const shapes: Readonly<Record<PortalName, Shape>> = {
  'support-desk': supportDesk,
  standard,
  'telephony-account': telephonyAccount,
  'managed-services': managedServices,
  'field-service': fieldService,
}
