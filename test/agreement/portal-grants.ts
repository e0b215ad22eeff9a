// Random grants of a portal's shape: to everyone, a group or a person, with levels and rights, in every scope, and in every way of not counting.
import fc from 'fast-check'
import { everybody, firsts, rarely, sites, someCustomer } from './portal-names.ts'
import type { Shape } from './portal-shapes.ts'
import type { PortalGrant, PortalPerson, PortalRecord, PortalScope } from './portal-world.ts'

interface Around {
  readonly people: readonly PortalPerson[]
  readonly records: readonly PortalRecord[]
  /** Which group is whose. */
  readonly groups: Readonly<Record<string, string>>
}

const begin = fc.constantFrom(-100, -100, -1, 0, 1)
const end = fc.constantFrom(100, 100, 1, 0, -1)

type Grantee = Pick<PortalGrant, 'partner' | 'person' | 'group'>

/** Mostly the grantee belongs to the partner that the grant names; sometimes they have moved on since. */
function grantee(shape: Shape, { people, groups }: Around): fc.Arbitrary<Grantee> {
  const partner = fc.constantFrom('larkfield', 'larkfield', 'larkfield', 'bright', 'stone', 'meridia')
  const homeOf = (name: string) => people.find(({ id }) => id === name)?.organization ?? ''
  const isGrantee = (home: string, otherwise: string) => (['acme', 'beta', 'cargo'].includes(home) ? otherwise : home)
  const given = { partner, moved: rarely, one: fc.constantFrom(...everybody), group: fc.constantFrom(...Object.keys(groups)) }
  return fc.record({ ...given, to: fc.constantFrom(...shape.grantees) }).map(({ to, partner: named, moved, one, group }) => {
    if (to === 'organization') return { partner: named, person: null, group: null }
    if (to === 'group') return { partner: moved ? named : (groups[group] ?? named), person: null, group }
    return { partner: moved ? named : isGrantee(homeOf(one), named), person: one, group: null }
  })
}

function scope(shape: Shape, customer: string, records: readonly PortalRecord[]): fc.Arbitrary<PortalScope> {
  // A scope of another customer's sites or records covers nothing; it comes up, but rarely.
  const own = sites.filter((site) => site.customer === customer).map(({ id }) => id)
  const theirs = records.filter((record) => record.customer === customer).map(({ id }) => id)
  const some = (ones: string[], others: string[]) => rarely.chain((foreign) => fc.subarray(foreign ? others : ones))
  return fc.constantFrom(...shape.scopes).chain((kind): fc.Arbitrary<PortalScope> => {
    if (kind === 'sites')
      return some(
        own,
        sites.map(({ id }) => id),
      ).map((ones) => ({ kind, sites: ones }))
    if (kind === 'records')
      return some(
        theirs,
        records.map(({ id }) => id),
      ).map((ones) => ({ kind, records: ones }))
    return fc.constant({ kind })
  })
}

function grant(shape: Shape, around: Around): fc.Arbitrary<PortalGrant> {
  return someCustomer.chain((customer) =>
    fc
      .record({
        customer: fc.constant(customer),
        to: grantee(shape, around),
        level: fc.constantFrom(...shape.levels),
        rights: fc.subarray([...shape.rights]),
        otherwise: fc.constantFrom(...(shape.rights.length > 0 ? shape.rights : [''])),
        scope: scope(shape, customer, around.records),
        from: begin,
        until: end,
        confirmed: rarely.map((not) => !not),
        endedAt: fc.constantFrom(null, null, null, null, -1, 0, 1),
      })
      .map(({ to, otherwise, ...one }) => ({
        ...one,
        ...to,
        // A grant gives something.
        rights: one.level === null && one.rights.length === 0 ? [otherwise] : one.rights,
        until: one.until <= one.from ? one.from + 1 : one.until,
      })),
  )
}

/** One grant of the whole customer that nobody ended for each grantee: the product knows no more. */
const keyOf = ({ customer, partner, person, group, scope: { kind }, endedAt }: PortalGrant): string | null =>
  kind === 'all' && endedAt === null ? `${customer} ${partner} ${person ?? group ?? ''}` : null

export const randomGrants = (shape: Shape, around: Around): fc.Arbitrary<PortalGrant[]> =>
  shape.grantees.length === 0
    ? fc.constant([])
    : fc.array(grant(shape, around), { minLength: 4, maxLength: 16 }).map((grants) => firsts(grants, keyOf))
