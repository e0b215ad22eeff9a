// What a definition would change, on random worlds of every portal: the comparison counts exactly what asking about everything one by one finds.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { clearPortalWorlds } from '../../../test/agreement/clear-portal-worlds.ts'
import type { PortalName } from '../../../test/agreement/portal-world.ts'
import { portalWorlds } from '../../../test/agreement/portal-worlds.ts'
import { putPortalWorlds } from '../../../test/agreement/put-portal-world.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { BrokenDefinition } from '../../definition/fault.ts'
import { readDefinition } from '../../definition/read.ts'
import type { Law } from '../../law/law.ts'
import { byBruteForce, type Found, pairsOf } from './brute-force.test-support.ts'
import { type Compared, compareLaws } from './compare-steps.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'portals')
const sources = new Map(readdirSync(folder).map((file) => [file.replace('.yaml', ''), readFileSync(join(folder, file), 'utf8')]))
const portals = ['support-desk', 'telephony-account', 'managed-services', 'field-service', 'standard'] as const
const lawOf = (portal: string): Law => readDefinition(sources.get(portal) as string, portal)

/** The comparison's answer, person by person. */
function found({ changed }: Compared): Found {
  const each = changed.flatMap(({ alike, changes }) =>
    changes.flatMap(({ action, on, gained, lost }) =>
      alike.people.map(({ personId }) => [`${personId} ${on} ${action}`, [gained.many, lost.many]] as const),
    ),
  )
  expect(new Set(each.map(([key]) => key)).size).toBe(each.length)
  return Object.fromEntries(each)
}

/** A definition with something taken out of it, or changed, that can still be read. */
function mutated(source: string, random: () => number): Law | undefined {
  const value = parse(source) as Record<string, unknown>
  const many = 1 + Math.floor(random() * 3)
  for (let done = 0; done < many; done++)
    change(value, ['home', 'access', 'pages', 'row_sets', 'without_grant', 'customer_sets', 'partner_sets'], random)
  try {
    return readDefinition(stringify(value), 'mutated')
  } catch (error) {
    if (error instanceof BrokenDefinition) return undefined
    throw error
  }
}

/** Takes away a part at a random place below one of the sections; of two neighbouring words it may write one for the other. */
function change(value: Record<string, unknown>, sections: readonly string[], random: () => number): void {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  let at = value[pick(sections.filter((one) => one in value)) ?? ''] as Record<string, unknown>
  let key = pick(Object.keys(at))
  while (key !== undefined && isInner(at[key]) && random() > 0.15) {
    at = at[key] as Record<string, unknown>
    key = pick(Object.keys(at))
  }
  if (key === undefined) return
  const words = Object.values(at).filter((one) => typeof one === 'string')
  if (typeof at[key] === 'string' && random() < 0.5) at[key] = pick(words)
  else if (Array.isArray(at)) at.splice(Number(key), 1)
  else delete at[key]
}

const isInner = (value: unknown): boolean => value !== null && typeof value === 'object'

/** Random numbers that are the same in every run. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function mutations(portal: string, many: number, seed: number): Law[] {
  const random = randomFrom(seed)
  const laws: Law[] = []
  for (let tried = 0; laws.length < many && tried < 50 * many; tried++) {
    const law = mutated(sources.get(portal) as string, random)
    if (law) laws.push(law)
  }
  return laws
}

describe.each(databaseKinds)('what another definition changes, on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind, 'standard')
    const kinds = new Set(portals.flatMap((portal) => [...lawOf(portal).kinds.keys()]))
    for (const one of kinds)
      await world.stage.owner.query(`create table if not exists records_${one} partition of records for values in ('${one}')`)
  })
  afterAll(() => world.close())

  test.each(portals)(
    'BX-24 is counted exactly on worlds of %s, for other portals and for small changes',
    async (portal) => {
      const counted = { changes: 0, things: 0, laws: 0 }
      const own = lawOf(portal)
      const after = [...mutations(portal, 9, 7), ...[...sources.keys()].filter((one) => one !== portal).map(lawOf)]
      expect(after.length).toBeGreaterThan(12)
      await clearPortalWorlds(world.stage.owner)
      await putPortalWorlds(world.stage.owner, fc.sample(portalWorlds(portal as PortalName), { numRuns: 3, seed: 11 }), world.clock.at)
      await world.withKey(world.vendor, true).reading('portal:operate', { kind: 'portal' }, async (tx) => {
        const pairs = await pairsOf(tx)
        for (const law of after) {
          const compared = found(await compareLaws(tx, own, law))
          expect(compared).toEqual(byBruteForce(own, law, pairs))
          const back = found(await compareLaws(tx, law, own))
          expect(Object.fromEntries(Object.entries(back).map(([key, [gained, lost]]) => [key, [lost, gained]]))).toEqual(compared)
          counted.laws += 1
          counted.changes += Object.keys(compared).length
          counted.things += Object.values(compared).reduce((sum, [gained, lost]) => sum + gained + lost, 0)
        }
      })
      console.log(`${kind} ${portal}: ${counted.laws} definitions, ${counted.changes} changes, ${counted.things} things`)
      expect(counted.changes).toBeGreaterThan(100)
    },
    600_000,
  )
})
