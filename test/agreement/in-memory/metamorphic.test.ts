// Laws about pairs of worlds, of which one is a little different: what takes something away never widens, and what has nothing to do with it changes nothing.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lawOf } from '../../../src/law/scene.test-support.ts'
import type { PortalGrant, PortalName, PortalWorld } from '../portal-world.ts'
import { portalWorlds } from '../portal-worlds.ts'
import { beyond, everythingIn } from './everything.ts'

const portals: PortalName[] = ['support-desk', 'standard', 'telephony-account', 'managed-services', 'field-service']
const granting = portals.filter((portal) => portal !== 'field-service')
const runs = { numRuns: 200, seed: 5039 }

/** A world and a number by which something in it is chosen. */
const chosen = (portal: PortalName) => fc.tuple(portalWorlds(portal), fc.nat(1000))

/** How specific a grant is: what is more specific replaces the rest. */
const rank = ({ person, group }: PortalGrant): number => (person !== null ? 0 : group !== null ? 1 : 2)

/**
 * The world as if nothing stood behind the grant: taking a person's grant away brings back what it had replaced, and that is as it should be
 * (OR-012). So the less specific grants of its customer go first, and with them the preference that counts only where no grant does.
 */
function nothingBehind(world: PortalWorld, grant: PortalGrant): PortalWorld {
  const grants = world.grants.filter((one) => one.customer !== grant.customer || rank(one) <= rank(grant))
  return { ...world, grants, relationships: world.relationships.filter(({ relation }) => relation !== 'preferred') }
}

/** Compares each world with its changed one; tells how often the change took something away. */
function neverWidens(
  portal: PortalName,
  change: (world: PortalWorld, number: number) => readonly [before: PortalWorld, after: PortalWorld] | null,
): number {
  const law = lawOf(portal)
  let narrowed = 0
  fc.assert(
    fc.property(chosen(portal), ([world, number]) => {
      const pair = change(world, number)
      if (!pair) return
      const [before, after] = pair.map((one) => everythingIn(law, one)) as [Set<string>, Set<string>]
      expect(beyond(after, before)).toEqual([])
      if (after.size < before.size) narrowed++
    }),
    runs,
  )
  return narrowed
}

const pick = <T>(ones: readonly T[], number: number): T | undefined => ones[number % ones.length]

test.each(granting)('%s: removing a grant never widens', (portal) => {
  const narrowed = neverWidens(portal, (world, number) => {
    const grant = pick(world.grants, number)
    if (!grant) return null
    const before = nothingBehind(world, grant)
    return [before, { ...before, grants: before.grants.filter((one) => one !== grant) }]
  })
  expect(narrowed).toBeGreaterThan(3)
})

test.each(granting)('%s: an end of a grant that passes never widens, and gives what its removal gives', (portal) => {
  const law = lawOf(portal)
  const narrowed = neverWidens(portal, (world, number) => {
    const grant = pick(world.grants, number)
    if (!grant) return null
    const before = nothingBehind(world, grant)
    const ended = { ...grant, from: Math.min(grant.from, -1), until: 0 }
    const after = { ...before, grants: before.grants.map((one) => (one === grant ? ended : one)) }
    const removed = { ...before, grants: before.grants.filter((one) => one !== grant) }
    expect(everythingIn(law, after)).toEqual(everythingIn(law, removed))
    return [before, after]
  })
  expect(narrowed).toBeGreaterThan(3)
})

test.each(portals)('%s: an end of a membership or of a relation that passes never widens', (portal) => {
  const narrowed = neverWidens(portal, (world, number) => {
    const person = pick(world.people, number)
    const relation = pick(world.relationships, number)
    const end = <T extends { from: number; until: number | null }>(ones: readonly T[], one: T | undefined): T[] =>
      ones.map((other) => (other === one ? { ...other, from: Math.min(other.from, -1), until: 0 } : other))
    return [world, { ...world, people: end(world.people, person), relationships: end(world.relationships, relation) }]
  })
  expect(narrowed).toBeGreaterThan(3)
})

test.each(portals)('%s: suspending an organization never widens', (portal) => {
  const narrowed = neverWidens(portal, (world, number) => {
    const one = pick(
      world.organizations.filter(({ kind }) => kind !== 'vendor'),
      number,
    )
    return [world, { ...world, organizations: world.organizations.map((other) => (other === one ? { ...other, suspended: true } : other)) }]
  })
  expect(narrowed).toBeGreaterThan(3)
})

test.each(['support-desk', 'standard'] as const)("%s: OR-014 a person's lower grant narrows that person, and nobody else", (portal) => {
  const law = lawOf(portal)
  let narrowed = 0
  fc.assert(
    fc.property(chosen(portal), fc.constantFrom('look', 'update', 'create', 'service_admin', 'full_admin'), ([world, number], level) => {
      const person = pick(
        world.people.filter(({ organization }) => ['larkfield', 'bright', 'stone'].includes(organization)),
        number,
      )
      if (!person) return
      const given = {
        customer: 'acme',
        partner: person.organization,
        group: null,
        rights: [],
        scope: { kind: 'all' },
        from: -1,
        until: 1,
        confirmed: true,
        endedAt: null,
      } as const
      const others = world.grants.filter(({ customer }) => customer !== 'acme')
      const everyone: PortalGrant = { ...given, person: null, level }
      const before = everythingIn(law, { ...world, grants: [...others, everyone] })
      const after = everythingIn(law, { ...world, grants: [...others, everyone, { ...given, person: person.id, level: 'cc' }] })
      expect(beyond(after, before)).toEqual([])
      for (const lost of beyond(before, after)) expect(lost.split(' ')[0]).toBe(person.id)
      if (after.size < before.size) narrowed++
    }),
    runs,
  )
  expect(narrowed).toBeGreaterThan(20)
})

test.each(granting)('%s: the order of grants does not matter', (portal) => {
  const law = lawOf(portal)
  let many = 0
  fc.assert(
    fc.property(
      portalWorlds(portal).chain((world) =>
        fc.tuple(fc.constant(world), fc.shuffledSubarray([...world.grants], { minLength: world.grants.length })),
      ),
      ([world, grants]) => {
        const all = everythingIn(law, world)
        expect(everythingIn(law, { ...world, grants })).toEqual(all)
        many += all.size
      },
    ),
    runs,
  )
  expect(many).toBeGreaterThan(runs.numRuns)
})

/** Another world beside the first, of which nobody has to do with anybody of it; its partners may have the same type and reference. */
function beside(world: PortalWorld, foreign: PortalWorld): PortalWorld {
  const text = JSON.stringify({
    ...foreign,
    organizations: foreign.organizations.filter(({ kind }) => kind !== 'vendor'),
    people: [],
    grants: foreign.grants.filter(({ partner }) => partner !== 'meridia'),
  })
  const names = [...foreign.organizations, ...foreign.people, ...foreign.sites, ...foreign.groups, ...foreign.records].map(({ id }) => id)
  const other = JSON.parse(names.reduce((found, name) => found.replaceAll(`"${name}"`, `"foreign ${name}"`), text)) as PortalWorld
  return {
    ...world,
    organizations: [...world.organizations, ...other.organizations],
    sites: [...world.sites, ...other.sites],
    relationships: [...world.relationships, ...other.relationships],
    groups: [...world.groups, ...other.groups],
    grants: [...world.grants, ...other.grants],
    records: [...world.records, ...other.records],
  }
}

test.each(portals)('%s: a foreign organization changes nothing', (portal) => {
  const law = lawOf(portal)
  let many = 0
  fc.assert(
    fc.property(portalWorlds(portal), portalWorlds(portal), (world, foreign) => {
      const all = everythingIn(law, world)
      const together = [...everythingIn(law, beside(world, foreign))].filter((one) => !one.includes('foreign'))
      expect(new Set(together)).toEqual(all)
      many += all.size
    }),
    runs,
  )
  expect(many).toBeGreaterThan(runs.numRuns)
})
