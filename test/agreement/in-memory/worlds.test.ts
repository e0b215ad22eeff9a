// Random small worlds of all five portals, asked about in memory: the pure law and the naive reading give the same answers.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lawOf } from '../../../src/law/scene.test-support.ts'
import type { PortalName } from '../portal-world.ts'
import { portalWorlds } from '../portal-worlds.ts'
import { type Compared, compareActions, comparePages } from './differences.ts'

const portals: PortalName[] = ['support-desk', 'standard', 'telephony-account', 'managed-services', 'field-service']
const worlds = 300
/** Fixed, so that a failure comes again. */
const seed = 4217

const sampled = (portal: PortalName) => fc.sample(portalWorlds(portal), { numRuns: worlds, seed })

test.each(portals)('%s: every action on every record is answered as the naive reading answers it', (portal) => {
  const law = lawOf(portal)
  const compared: Compared = { differences: [], yes: 0 }
  for (const world of sampled(portal)) {
    compareActions(portal, law, world, compared)
    expect(compared.differences, JSON.stringify(world)).toEqual([])
  }
  expect(compared.yes).toBeGreaterThan(5 * worlds)
})

test('field-service: every page opens for whom the naive reading opens it, and lists the records that it lists', () => {
  const law = lawOf('field-service')
  const compared: Compared = { differences: [], yes: 0 }
  for (const world of sampled('field-service')) {
    comparePages(law, world, compared)
    expect(compared.differences, JSON.stringify(world)).toEqual([])
  }
  expect(compared.yes).toBeGreaterThan(20 * worlds)
})
