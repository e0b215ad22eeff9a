// Random small worlds: few of everything, so that things meet, and every way of not counting occurs often.
import fc from 'fast-check'
import type { SmallGrant, SmallOrganization, SmallPerson, SmallRecord, SmallWorld } from './small-world.ts'

const organizations: readonly Omit<SmallOrganization, 'suspended'>[] = [
  { id: 'acme', kind: 'customer' },
  { id: 'beta', kind: 'customer' },
  { id: 'cargo', kind: 'customer' },
  { id: 'larkfield', kind: 'partner' },
  { id: 'bright', kind: 'partner' },
  { id: 'meridia', kind: 'vendor' },
]
const idsOf = (kind: string) => organizations.filter((organization) => organization.kind === kind).map(({ id }) => id)
const roles: Record<string, string[]> = {
  customer: ['contact', 'contact_manager', 'primary_contact'],
  partner: ['consultant', 'partner_administrator'],
  vendor: ['vendor_staff', 'operator'],
}
const levels = ['cc', 'look', 'update', 'create', 'service_admin', 'full_admin']
const states = ['new', 'active', 'waiting_for_customer', 'waiting_for_vendor', 'resolved', 'closed']
const people = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7']
const rarely = fc.integer({ min: 0, max: 9 }).map((number) => number === 0)

/** An interval around the question at hour 0; its ends touch 0 often, because there the mistakes are. */
const begin = fc.constantFrom(-100, -100, -1, 0, 1)
const end = fc.constantFrom(100, 100, 1, 0, -1)

const organizationOf = (id: string) => organizations.find((one) => one.id === id) as Omit<SmallOrganization, 'suspended'>
/** One partner and one customer are met most: where things meet, they can disagree. */
const homes = ['larkfield', 'larkfield', 'larkfield', 'bright', 'meridia', 'acme', 'acme', 'beta', 'cargo'].map(organizationOf)
const someCustomer = fc.constantFrom('acme', 'acme', 'acme', 'beta', 'cargo')

const person = (id: string): fc.Arbitrary<SmallPerson> =>
  fc
    .constantFrom(...homes)
    .chain((home) =>
      fc.record({
        id: fc.constant(id),
        organization: fc.constant(home.id),
        roles: fc.subarray(roles[home.kind] as string[]),
        from: fc.constantFrom(-200, -200, -200, 0, 1),
        until: fc.constantFrom(null, null, null, 0, 1, 2).map((until) => until),
      }),
    )
    .map((one) => (one.until !== null && one.until <= one.from ? { ...one, until: one.from + 1 } : one))

function grant(home: ReadonlyMap<string, string>): fc.Arbitrary<SmallGrant> {
  return (
    fc
      .record({
        customer: someCustomer,
        partner: fc.constantFrom('larkfield', 'larkfield', 'larkfield', 'bright', 'meridia'),
        person: fc.option(fc.constantFrom(...people), { freq: 2, nil: null }),
        level: fc.constantFrom(...levels),
        from: begin,
        until: end,
        confirmed: rarely.map((not) => !not),
        endedAt: fc.constantFrom(null, null, null, null, -1, 0, 1),
      })
      // Mostly the person works where the grant says; sometimes they have moved on since.
      .chain((one) =>
        fc.boolean().map((moved) => (one.person !== null && !moved ? { ...one, partner: homeOf(home, one.person, one.partner) } : one)),
      )
      .map((one) => (one.until <= one.from ? { ...one, until: one.from + 1 } : one))
  )
}

function homeOf(home: ReadonlyMap<string, string>, personId: string, otherwise: string): string {
  const at = home.get(personId) ?? otherwise
  return idsOf('customer').includes(at) ? otherwise : at
}

const record = (id: string): fc.Arbitrary<SmallRecord> =>
  fc.record({
    id: fc.constant(id),
    customer: someCustomer,
    state: fc.constantFrom(...states),
    named: fc.uniqueArray(
      fc.record({ person: fc.constantFrom(...people), relation: fc.constantFrom('requester', 'point_of_contact', 'additional_contact') }),
      {
        maxLength: 3,
        selector: ({ relation, person: named }) => (relation === 'additional_contact' ? `${relation} ${named}` : relation),
      },
    ),
  })

/** One grant that has not been ended for each customer, partner and grantee: the product knows no more. */
function withoutSecondStanding(grants: readonly SmallGrant[]): SmallGrant[] {
  const seen = new Set<string>()
  return grants.filter((one) => {
    const key = `${one.customer} ${one.partner} ${one.person}`
    if (one.endedAt !== null && one.endedAt <= 0) return true
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

export const smallWorlds: fc.Arbitrary<SmallWorld> = fc.tuple(...people.map(person)).chain((everybody) => {
  const home = new Map(everybody.map(({ id, organization }) => [id, organization]))
  return fc.record({
    organizations: fc.tuple(
      ...organizations.map((one) => rarely.map((suspended) => ({ ...one, suspended: suspended && one.kind !== 'vendor' }))),
    ),
    people: fc.constant(everybody),
    grants: fc.array(grant(home), { minLength: 4, maxLength: 16 }).map(withoutSecondStanding),
    records: fc.tuple(...['r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6'].map(record)),
  })
})
