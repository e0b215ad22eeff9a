// Random worlds of all five portals: every way of asking gives the answer of the naive reading, and something is visible.
import { describe, expect, test } from 'vitest'
import { databaseKinds } from '../database.ts'
import { comparePortal } from './portal-suite.ts'
import type { PortalName } from './portal-world.ts'

const portals: PortalName[] = ['support-desk', 'standard', 'telephony-account', 'managed-services', 'field-service']
/** The databases share them: the same worlds each time, new ones are for the long run. */
const worlds = Number(process.env['W'] ?? 300)

describe.each(databaseKinds)('on %s', (kind) => {
  test.each(portals)(
    '%s: check, rule, row policy, list, count, who, AuthZEN and the naive reading agree',
    async (portal) => {
      const share = Math.ceil(worlds / databaseKinds.length)
      const started = Date.now()
      const { visible, asked } = await comparePortal({ portal, kind, worlds: share, seed: kind === 'embedded' ? 20_161 : 10_141, oneOf: 4 })
      console.log(`${portal} on ${kind}: ${share} worlds, ${asked} questions, ${visible} visible rows`, Date.now() - started)
      expect(visible).toBeGreaterThan(4 * share)
    },
    600_000,
  )
})
