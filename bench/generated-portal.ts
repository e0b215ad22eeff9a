// Checks and lists asked of a running server with a generated portal in its database.
import pg from 'pg'
import { valueTypes } from '../src/platform/db/value-types.ts'
import type { DatabaseKind } from '../test/database.ts'
import { startTestServer } from '../test/server.ts'
import { worldStart } from '../test/world.ts'
import { benchChecks } from './checks/bench-checks.ts'
import { benchLists } from './lists/bench-lists.ts'
import { now } from './world/bench-world.ts'
import { generate } from './world/generate.ts'
import { putInDatabase } from './world/put-in-database.ts'
import type { Size } from './world/sizes.ts'

/** Generates, fills, asks, and takes everything away. */
export async function benchGenerated(kind: DatabaseKind, size: Size, asked: { checks: boolean; lists: boolean }): Promise<void> {
  if (Date.parse(worldStart) !== now) throw new Error('the clock of the test server and that of the generated portal differ')
  const server = await startTestServer(kind)
  const address = server.stageOwner.options.connectionString
  // A peer that takes longer is ended: it would only hold up the others.
  const options = `-c timezone=UTC -c jit=off -c statement_timeout=${size.name === 'S' ? 2_000 : 8_000} -c app.now=${worldStart}`
  const ownPool = address === undefined ? undefined : new pg.Pool({ connectionString: address, max: 8, types: valueTypes, options })
  ownPool?.on('error', () => undefined)
  try {
    const began = performance.now()
    const world = generate(size)
    await putInDatabase(server.stageOwner, world)
    console.log(`\nA portal of size ${size.name} was put into ${kind} in ${Math.round((performance.now() - began) / 1000)} s`)
    if (asked.checks) await benchChecks({ server, world })
    if (asked.lists) await benchLists({ house: server.house, owner: ownPool ?? server.stageOwner, world })
  } finally {
    await ownPool?.end()
    await server.close()
  }
}
