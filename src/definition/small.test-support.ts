// A small portal definition with a little of everything, and free of faults, for tests that change one thing in it.
import type { PortalDefinition } from './schema.ts'

type Access = NonNullable<PortalDefinition['access']>

export const small = () =>
  ({
    portal: 'small',
    names: { vendor: 'Meridia', customer: 'customer', partner: 'partner' },
    records: records(),
    home: {
      customer: {
        clerk: { may: { order: ['read mine', 'write while open'] } },
        head: { includes: 'clerk', may: { order: ['read'], bill: ['read', 'pay'], access: ['give'] }, scope: ['all', 'sites'] },
      },
      partner: { agent: { may: { access_request: ['ask_for_self'] } } },
      vendor: { operator: { may: { portal: ['operate'] } } },
    },
    access: ladder(),
    requests: { answered_by: ['head'], lapse_after: '30 days' },
    notices: { site: { name: 'Site', says: 'About the site.', kept_by: { order: ['write'] } } },
    partner_types: { dealer: { name: 'Dealer', is_customer: true }, carrier: { name: 'Carrier' } },
    switches: { bulk: { name: 'Buys in bulk' } },
    partner_sets: { only_own: ['own'], alike: ['own', 'same_type_and_reference'] },
    customer_sets: { own_customers: { associated: 'own', subordinate: 'only_own' }, preferring: { preferred: 'alike', unless: 'granted' } },
    row_sets: {
      led: { lead: 'own' },
      carried: { any: [{ 'line.carrier': 'alike' }, { customer: 'preferring' }] },
      of_own_customers: { customer: 'own_customers' },
      of_led: { order: 'led' },
      mine: { buyer: 'me' },
      shared: { shared_with: 'my_type' },
      in_bulk: { all: [{ bulk: true }, 'led'] },
    },
    without_grant: [{ where: 'led', may: { order: ['read'] } }],
    pages: {
      start: { name: 'Start', customers: 'all', dealer: 'all' },
      orders: { name: 'Orders', shows: 'order', customers: 'own', dealer: 'carried', carrier: 'led' },
      bulk_orders: { name: 'Orders in bulk', shows: 'order', needs: 'bulk', dealer: 'all' },
      bills: { name: 'Bills', shows: 'bill', customers: 'own', dealer: 'of_own_customers' },
    },
  }) satisfies PortalDefinition as PortalDefinition

const records = (): PortalDefinition['records'] => ({
  order: {
    name: { one: 'order', many: 'orders', number: 'O-' },
    states: { draft: { name: 'Draft' }, sent: { name: 'Sent' }, done: { name: 'Done', closed: true } },
    opens_as: 'draft',
    closes_as: 'done',
    reopens_as: 'sent',
    people: ['buyer', 'reader'],
    partners: ['lead', 'second'],
    fields: { status: 'text', size: 'number', urgent: 'boolean', shared_with: 'list' },
    actions: { read: 'see it', write: 'change it' },
  },
  line: { name: { one: 'line', many: 'lines' }, part_of: 'order', partners: ['carrier'], actions: { read: 'see it' } },
  step: { name: { one: 'step', many: 'steps' }, part_of: ['line', 'order'], partners: ['carrier'], actions: { read: 'see it' } },
  note: { name: { one: 'note', many: 'notes' }, refers_to: 'order', partners: ['writer'], actions: { read: 'read it' } },
  bill: { name: { one: 'bill', many: 'bills' }, money: true, actions: { read: 'see it', pay: 'pay it' } },
})

const ladder = (): Access => ({
  shape: 'ladder',
  levels: {
    low: { name: 'Low', says: 'Reads.', may: { order: ['read'] } },
    high: { name: 'High', says: 'Writes.', aliases: ['top'], includes: 'low', may: { order: ['write while open'] }, notices: ['site'] },
  },
  rights: { bills: { name: 'Bills', says: 'Sees bills.', may: { bill: ['read'] }, scope: ['all', 'records'] } },
  reserved: ['access', 'access_request'],
  scope: ['all', 'sites'],
  grantees: ['organization', 'group', 'person', 'vendor_person'],
  precedence: ['person', 'group', 'organization'],
  term: { default: '6 months', longest: '2 years' },
})

/** The access of the small definition in another shape, with nothing in it yet. */
export const accessOf = (shape: Access['shape'], more: Partial<Access>): Access => {
  const { levels: _levels, rights: _rights, ...rest } = ladder()
  return { ...rest, shape, ...more }
}

/** The small definition with something changed. */
export function smallWith(change: (definition: PortalDefinition) => void): PortalDefinition {
  const definition = small()
  change(definition)
  return definition
}
