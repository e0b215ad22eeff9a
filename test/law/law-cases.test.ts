// The case files, each case asked of the check, the rule as SQL, the row policy alone, the list, its count and AuthZEN alike, on both databases.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMilliseconds } from '../../src/kernel/instant.ts'
import type { PutWorld } from '../agreement/put-portal-world.ts'
import { putPortalWorlds } from '../agreement/put-portal-world.ts'
import { databaseKinds } from '../database.ts'
import { createWorld, type World } from '../world.ts'
import { answersTo, opens, questionOf } from './ask-case.ts'
import { type LawCase, lawCases } from './case-file.ts'

const hour = 3_600_000

describe.each(databaseKinds)('on %s', (kind) => {
  describe.each(lawCases)('$portal', ({ portal, cases }) => {
    let world: World
    /** Cases of the same world share it. */
    const puts = new Map<string, PutWorld>()
    beforeAll(async () => {
      world = await createWorld(kind, portal)
    })
    afterAll(() => world.close())

    async function putFor({ world: small, at }: LawCase): Promise<PutWorld> {
      const key = JSON.stringify([small, at])
      const put = puts.get(key) ?? (await putPortalWorlds(world.stage.owner, [small], addMilliseconds(world.clock.at, -at * hour)))[0]
      puts.set(key, put as PutWorld)
      return put as PutWorld
    }

    test.each(cases.map((one): [string, LawCase] => [one.name, one]))('%s', async (_name, one) => {
      const put = await putFor(one)
      let visible = 0
      for (const person of Object.keys(one.sees)) visible += await compare(world, put, one, person)
      // A case in which nobody sees anything would be true of an empty database.
      expect(visible).toBeGreaterThan(0)
    })
  })
})

/** How much of it they see, after every way has said the same. */
async function compare(world: World, put: PutWorld, one: LawCase, person: string): Promise<number> {
  const question = questionOf(world.stage.law, one, person)
  const expected = one.sees[person] ?? []
  if (one.page !== undefined)
    expect({ person, opens: await opens(world, put, person, one.page) }).toEqual({ person, opens: expected !== 'closed' })
  if (expected === 'open') return 1
  const wanted = namesOf(put, question.kind, expected)
  const asked = one.only?.flatMap((name) => namesOf(put, question.kind, [name]))
  for (const [way, found] of Object.entries(await answersTo(world, put, question)))
    expect({ person, way, found: found.filter((name) => asked?.includes(name) ?? true) }).toEqual({ person, way, found: wanted })
  return wanted.length
}

/** The names of the records that are meant: those of a list are called by their customer. */
function namesOf({ world }: PutWorld, kind: string, said: string | readonly string[]): string[] {
  const all = world.records.filter((one) => one.kind === kind).map(({ id }) => id)
  const full = (name: string) => {
    const found = [name, `${kind}-${name}`].find((id) => all.includes(id))
    if (found === undefined) throw new Error(`there is no ${kind} "${name}"`)
    return found
  }
  if (said === 'closed') return []
  if (typeof said === 'string') return all.filter((id) => id !== full(said.replace('all but ', ''))).sort()
  return said.map(full).sort()
}
