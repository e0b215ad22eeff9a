// A world of the field-service portal in which every sentence of its filters has a record inside and one outside.
import { customer, partner, person, record, related, worldWith } from '../agreement/naive/tiny-world.ts'
import type { PortalRecord, PortalWorld } from '../agreement/portal-world.ts'

/** How each customer is related: acme is the partner-customer itself, sub is subordinate to it, the others prefer a partner or nobody. */
export const customers = ['acme', 'sub', 'prefers', 'prefers-twin', 'prefers-off', 'prefers-vendor', 'stranger']

const types = { employee: 'partner_employee', customer: 'partner_customer', vendor: 'partner_vendor' } as const
const organizations: PortalWorld['organizations'] = [
  ...customers.map((id) => customer(id)),
  partner('emp', { partnerType: types.employee, reference: 'E1' }),
  partner('pc', { partnerType: types.customer, reference: '100' }),
  // Alike: the same type and the same number; other numbers and other types are not.
  partner('pc-twin', { partnerType: types.customer, reference: '100' }),
  partner('pc-off', { partnerType: types.customer, reference: '100', suspended: true }),
  partner('pc-other', { partnerType: types.customer, reference: '200' }),
  partner('pv', { partnerType: types.vendor, reference: '100' }),
  { id: 'meridia', kind: 'vendor', suspended: false, partnerType: null, reference: null },
]

const user = ['portal_user']
const both = ['can_create_users', 'claim_authorization_required']
/** Each type of user without switches and with both of them. */
const people: PortalWorld['people'] = [
  person('carl', 'acme', user),
  person('carl+', 'acme', user, { switches: both }),
  person('eve', 'emp', ['partner_user']),
  person('eve+', 'emp', ['partner_user'], { switches: both }),
  person('paul', 'pc', ['partner_user']),
  person('paul+', 'pc', ['partner_user'], { switches: both }),
  person('vic', 'pv', ['partner_user']),
  person('vic+', 'pv', ['partner_user'], { switches: both }),
  person('olga', 'pc-off', ['partner_user'], { switches: both }),
  person('vera', 'meridia', ['vendor_staff']),
]

const perCustomer = [
  'unit',
  'incident',
  'service_order',
  'warranty_claim',
  'document',
  'interaction',
  'inventory_item',
  'balance',
  'invoice',
  'account',
]
const of = (customerId: string | null, more: Partial<PortalRecord> = {}): Partial<PortalRecord> => ({
  customer: customerId,
  state: 'current',
  ...more,
})
const names = (relation: string, partnerId: string): Partial<PortalRecord> => ({ partners: [{ partner: partnerId, relation }] })
const toNobodyElse = (kind: string, id: string, more: Partial<PortalRecord>) => record(kind, id, of('stranger', more))

/** Of a customer that is nobody's: seen, if at all, because of who is named. */
const named: PortalRecord[] = [
  toNobodyElse('service_order', 'so-lead', names('lead_partner', 'pc')),
  toNobodyElse('service_order', 'so-lead-twin', names('lead_partner', 'pc-twin')),
  toNobodyElse('service_order', 'so-lead-off', names('lead_partner', 'pc-off')),
  toNobodyElse('service_order', 'so-lead-other', names('lead_partner', 'pc-other')),
  toNobodyElse('service_order', 'so-lead-vendor', names('lead_partner', 'pv')),
  toNobodyElse('service_order', 'so-line', {}),
  toNobodyElse('service_order_line', 'line', { parent: 'so-line', ...names('lead_partner', 'pc-twin') }),
  toNobodyElse('service_order', 'so-operation', {}),
  toNobodyElse('service_order_line', 'line-of-operation', { parent: 'so-operation' }),
  toNobodyElse('service_order_operation', 'operation', { parent: 'line-of-operation', ...names('lead_partner', 'pc') }),
  toNobodyElse('incident', 'i-ssr', names('ssr', 'pc-twin')),
  toNobodyElse('incident', 'i-owner', names('owner', 'pc')),
  toNobodyElse('incident', 'i-order', { refersTo: 'so-line' }),
  toNobodyElse('incident', 'i-order-of-customer', { refersTo: 'service_order-prefers' }),
  toNobodyElse('incident', 'i-order-other', { refersTo: 'so-lead-other' }),
  toNobodyElse('incident', 'i-ssr-vendor', names('ssr', 'pv')),
  toNobodyElse('warranty_claim', 'w-ssr', names('ssr', 'pc')),
  toNobodyElse('warranty_claim', 'w-order', { refersTo: 'so-lead' }),
  toNobodyElse('warranty_claim', 'w-lead', names('lead_partner', 'pc')),
  toNobodyElse('interaction', 'x-partner', names('partner', 'pc')),
  toNobodyElse('interaction', 'x-twin', names('partner', 'pc-twin')),
  toNobodyElse('service_order_transaction', 't-lead', { parent: 'so-lead' }),
  record('service_order_transaction', 't-prefers', of('prefers', { parent: 'service_order-prefers' })),
  toNobodyElse('service_order_transaction', 't-other', { parent: 'so-lead-other' }),
  toNobodyElse('service_order_transaction', 't-vendor', { parent: 'so-lead-vendor' }),
]

/** Of no customer. */
const ofNobody: PortalRecord[] = [
  record('article', 'article', of(null)),
  record('announcement', 'announcement', of(null)),
  record('document', 'd-to-customers', of(null, { addressedTo: [types.customer] })),
  record('document', 'd-to-vendors', of(null, { addressedTo: [types.vendor] })),
  ...people.map(({ id }) => record('inbox_message', `to-${id}`, of(null, { named: [{ person: id, relation: 'recipient' }] }))),
]

export const fieldServiceWorld: PortalWorld = {
  ...worldWith({}),
  organizations,
  sites: [],
  people,
  relationships: [
    related('associated', 'acme', 'pc'),
    related('subordinate', 'sub', 'acme'),
    related('preferred', 'prefers', 'pc'),
    related('preferred', 'prefers-twin', 'pc-twin'),
    related('preferred', 'prefers-off', 'pc-off'),
    related('preferred', 'prefers-vendor', 'pv'),
    // Over, and without meaning: neither shows anything.
    related('preferred', 'stranger', 'pc', { until: 0 }),
    related('works_with', 'stranger', 'pc'),
  ],
  records: [...perCustomer.flatMap((kind) => customers.map((id) => record(kind, `${kind}-${id}`, of(id)))), ...named, ...ofNobody],
}
