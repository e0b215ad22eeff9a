// Random records of a portal's shape: of a customer or of nobody, at a site or at none, with people and partners on them; orders with lines and operations.
import fc from 'fast-check'
import { everybody, firsts, rarely, sites, someCustomer } from './portal-names.ts'
import type { KindShape, Shape } from './portal-shapes.ts'
import type { PortalRecord } from './portal-world.ts'

const customer = rarely.chain((none) => (none ? fc.constant(null) : someCustomer))
const partner = fc.constantFrom('larkfield', 'larkfield', 'bright', 'stone')
const partnerTypes = ['partner_employee', 'partner_customer', 'partner_vendor']

/** A record of one point of contact and one requester, as the product has it; any number of other people. */
const isOne = (relation: string) => relation === 'point_of_contact' || relation === 'requester'

function named(relations: readonly string[]): fc.Arbitrary<PortalRecord['named']> {
  if (relations.length === 0) return fc.constant([])
  const one = fc.record({ person: fc.constantFrom(...everybody), relation: fc.constantFrom(...relations) })
  return fc
    .array(one, { maxLength: 3 })
    .map((ones) => firsts(ones, ({ person, relation }) => (isOne(relation) ? relation : `${relation} ${person}`)))
}

function assigned(relations: readonly string[]): fc.Arbitrary<PortalRecord['partners']> {
  if (relations.length === 0) return fc.constant([])
  const one = fc.record({ partner, relation: fc.constantFrom(...relations) })
  return fc.array(one, { maxLength: 2 }).map((ones) => firsts(ones, (it) => `${it.relation} ${it.partner}`))
}

interface Within {
  readonly parents?: readonly string[]
  readonly orders?: readonly string[]
}

function record(id: string, shape: KindShape, { parents = [], orders = [] }: Within = {}): fc.Arbitrary<PortalRecord> {
  return customer.chain((of) => {
    const own = sites.filter((site) => site.customer === of).map((site) => site.id)
    return fc.record({
      id: fc.constant(id),
      kind: fc.constant(shape.kind),
      customer: fc.constant(of),
      site: fc.constantFrom(null, ...own),
      state: fc.constantFrom(...shape.states),
      parent: parents.length > 0 ? fc.constantFrom(...parents) : fc.constant(null),
      refersTo: shape.refers ? fc.constantFrom(null, ...orders) : fc.constant(null),
      named: named(shape.people),
      partners: assigned(shape.partners),
      addressedTo: shape.kind === 'document' ? fc.subarray(partnerTypes) : fc.constant([]),
    })
  })
}

const plain = (kind: string, partners: readonly string[] = ['lead_partner']): KindShape => ({
  kind,
  states: ['current'],
  people: [],
  partners,
  refers: false,
})

/** Orders with what hangs on them: a line, operations of the line and of orders, transactions. */
const orders = ['order-one', 'order-two']
const withOrders: fc.Arbitrary<PortalRecord>[] = [
  ...orders.map((id) => record(id, plain('service_order'))),
  record('line', plain('service_order_line'), { parents: orders }),
  record('operation', plain('service_order_operation'), { parents: ['line', ...orders] }),
  record('transaction', plain('service_order_transaction', []), { parents: orders }),
]

export function randomRecords({ kinds }: Shape): fc.Arbitrary<PortalRecord[]> {
  const hasOrders = kinds.some(({ refers }) => refers)
  const others = Array.from({ length: hasOrders ? 10 : 8 }, (_, index) =>
    fc.constantFrom(...kinds).chain((kind) => record(`r${index}`, kind, { orders })),
  )
  return fc.tuple(...(hasOrders ? withOrders : []), ...others).map(partsFollow)
}

/** A part is the customer's whose the whole is; wholes stand before their parts. */
function partsFollow(records: readonly PortalRecord[]): PortalRecord[] {
  const done = new Map<string, PortalRecord>()
  return records.map((one) => {
    const whole = one.kind === 'service_order_transaction' ? undefined : done.get(one.parent ?? '')
    const placed = whole ? { ...one, customer: whole.customer, site: null } : one
    done.set(one.id, placed)
    return placed
  })
}
