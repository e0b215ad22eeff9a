// The agreement of a portal on many random worlds, some at a time in the database; a world on which it fails is shrunk by itself.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DatabaseKind, databaseKinds } from '../database.ts'
import { createWorld, type World } from '../world.ts'
import { type Asking, type Disagreement, disagreements } from './ask-all-ways.ts'
import { clearPortalWorlds } from './clear-portal-worlds.ts'
import { isOnPageNaively, mayNaively, mayOpenPageNaively } from './naive/naive.ts'
import type { PortalName, PortalWorld } from './portal-world.ts'
import { portalWorlds } from './portal-worlds.ts'
import { type PutWorld, putPortalWorlds } from './put-portal-world.ts'
import { type Asked, askedOf } from './rule-alone.ts'

/** What the naive reading says that somebody may. */
function naively(portal: PortalName, world: PortalWorld, { actions, pages }: Asked, person: string): Set<string> {
  const on = world.records.flatMap(({ id, kind }) => [
    ...actions
      .filter((one) => one.kind === kind && mayNaively(portal, world, person, one.action, id))
      .map(({ action }) => `${action} ${id}`),
    ...pages.filter((one) => one.kind === kind && isOnPageNaively(world, person, one.page, id)).map(({ page }) => `page ${page} ${id}`),
  ])
  return new Set([...on, ...pages.filter(({ page }) => mayOpenPageNaively(world, person, page)).map(({ page }) => `page ${page}`)])
}

/** In these two opening is a question about the customer, and none about a record. */
const isAskedIn = (portal: PortalName) => (action: string) => action !== 'open' || !['support-desk', 'standard'].includes(portal)

interface Run {
  readonly portal: PortalName
  readonly kind: DatabaseKind
  readonly seed: number
  /** Which worlds of the seed: from this one on, so many. */
  readonly from: number
  readonly worlds: number
  /** Of so many lists and evaluations of a world one is asked for. */
  readonly oneOf: number
}

const atOnce = 25

/** Compares every answer on so many worlds; throws with the smallest world on which one is not the naive reading's. */
async function comparePortal({ portal, kind, seed, from, worlds, oneOf }: Run): Promise<{ visible: number; asked: number }> {
  const world = await createWorld(kind, portal)
  try {
    const asked = askedOf(world.stage.law, isAskedIn(portal))
    const asking = { house: world.house, owner: world.stage.owner, asked, oneOf }
    const samples = fc.sample(portalWorlds(portal), { numRuns: from + worlds, seed })
    const seen = { visible: 0, asked: 0 }
    for (let first = from; first < samples.length; first += atOnce) {
      const failed = await compareBatch(world, asking, portal, samples.slice(first, first + atOnce), seen)
      if (failed !== null) await shrink(world, { ...asking, oneOf: 1 }, { portal, seed, index: first + failed })
      await clearPortalWorlds(world.stage.owner)
    }
    return seen
  } finally {
    await world.close()
  }
}

/** The place of the first world on which something disagrees. */
async function compareBatch(
  world: World,
  asking: Asking,
  portal: PortalName,
  batch: readonly PortalWorld[],
  seen: { visible: number; asked: number },
): Promise<number | null> {
  const puts = await putPortalWorlds(world.stage.owner, batch, world.clock.at)
  for (const [index, put] of puts.entries()) {
    const expected = expectedIn(portal, asking.asked, put)
    if ((await disagreements(asking, put, expected)).length > 0) return index
    for (const { id } of put.world.people) seen.visible += [...expected(id)].filter((one) => one.startsWith('read ')).length
    seen.asked += put.world.people.length * put.world.records.length
  }
  return null
}

function expectedIn(portal: PortalName, asked: Asked, { world }: PutWorld): (person: string) => ReadonlySet<string> {
  const all = new Map(world.people.map(({ id }) => [id, naively(portal, world, asked, id)]))
  return (person) => all.get(person) ?? new Set()
}

/** Runs the failing world again by itself, and smaller ones, until nothing more can be left out. */
async function shrink(
  world: World,
  asking: Asking,
  { portal, seed, index }: { portal: PortalName; seed: number; index: number },
): Promise<void> {
  const agreeing = fc.asyncProperty(portalWorlds(portal), async (small) => {
    await clearPortalWorlds(world.stage.owner)
    const [put] = await putPortalWorlds(world.stage.owner, [small], world.clock.at)
    const found: Disagreement[] = await disagreements(asking, put as PutWorld, expectedIn(portal, asking.asked, put as PutWorld))
    expect(found).toEqual([])
  })
  await fc.assert(agreeing, { seed, path: String(index), numRuns: 1, endOnFailure: false })
  throw new Error(`world ${index} of seed ${seed} disagrees among others, and agrees alone`)
}

interface Runs extends Pick<Run, 'seed' | 'oneOf'> {
  readonly portals: readonly PortalName[]
  /** How many worlds of each portal on each database. */
  readonly embedded: number
  readonly postgresql: number
}

/** New worlds at each run, ten thousand of each portal. In ten parts, so that one sees how far a run is, and what broke off still counts. */
export function longAgreementOf(portals: readonly PortalName[]): void {
  const seed = Math.floor(Math.random() * 2 ** 31)
  for (let part = 0; part < 10; part++) agreementOfPortals({ portals, seed: seed + part, embedded: 100, postgresql: 900, oneOf: 24 })
}

/** Declares the tests: the embedded database takes the first worlds of the seed, PostgreSQL those behind them. */
export function agreementOfPortals({ portals, seed, oneOf, ...shares }: Runs): void {
  describe.each(databaseKinds)('agreement on %s', (kind) => {
    test.each(portals)(
      '%s: check, rule, row policy, list, count, who, AuthZEN and the naive reading agree',
      async (portal) => {
        const run = { portal, kind, seed, oneOf, from: kind === 'embedded' ? 0 : shares.embedded, worlds: shares[kind] }
        const { visible, asked } = await comparePortal(run)
        console.log(
          `${portal} on ${kind}: ${run.worlds} worlds of seed ${seed}, ${asked} pairs of a person and a record, ${visible} visible rows`,
        )
        // Something is visible in most worlds, or nothing would be compared.
        expect(visible).toBeGreaterThan(2 * run.worlds)
      },
      7_200_000,
    )
  })
}
