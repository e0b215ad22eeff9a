// The agreement on many random worlds, for the normal and the long run alike.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../database.ts'
import { createWorld, type World } from '../world.ts'
import { agree } from './agreement.ts'
import { smallWorlds } from './random-worlds.ts'

/** Declares the tests. Without a seed every run has worlds of its own. */
export function agreementOn(worlds: number, seed?: number): void {
  describe.each(databaseKinds)('agreement on %s', (kind) => {
    let world: World
    beforeAll(async () => {
      world = await createWorld(kind)
    })
    afterAll(() => world.close())

    test(`OR-012 OR-014 OR-017 OR-021 check, list, count, row policy, AuthZEN and the naive reading agree on ${worlds} random worlds`, async () => {
      const total = { visible: 0, asked: 0 }
      const agreeing = fc.asyncProperty(smallWorlds, async (small) => {
        const seen = await agree(world, small)
        total.visible += seen.visible
        total.asked += seen.asked
      })
      await fc.assert(agreeing, { numRuns: worlds, ...(seed === undefined ? {} : { seed }) })
      console.log(`${kind}: ${worlds} worlds, ${total.asked} questions, ${total.visible} visible rows`)
      expect(total.visible).toBeGreaterThan(4 * worlds)
    }, 3_600_000)
  })
}
