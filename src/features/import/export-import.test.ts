// Export and import are each other's mirror: what comes out goes in again and comes out the same.
import { afterAll, describe, expect, test } from 'vitest'
import { type DatabaseKind, databaseKinds, quiet, testDatabase } from '../../../test/database.ts'
import { createContext } from '../../context/context.ts'
import type { House } from '../../context/house.ts'
import { checkValue, type RowFault } from './check-line.ts'
import { exportWorld } from './export-world.ts'
import { importWorld } from './import-world.ts'
import { seedDemo } from './seed-demo.ts'

describe.each(databaseKinds)('on %s', (kind) => {
  test('an exported world, imported elsewhere and exported again, is the same to the letter', async () => {
    const [first, second] = [await portal(kind), await portal(kind)]
    await seedDemo(first.house)
    const out = await exported(first)
    expect(out.length).toBeGreaterThan(200)
    for (const name of [
      'vendor',
      'customer',
      'partner',
      'person',
      'past_membership',
      'relationship',
      'access_request',
      'grant',
      'record',
      'message',
      'event',
      'file',
    ]) {
      expect(
        out.some((line) => line.includes(`"kind":"${name}"`)),
        name,
      ).toBe(true)
    }
    expect((await imported(second, out)).faults).toEqual([])
    expect(await exported(second)).toEqual(out)

    const again = await imported(second, out)
    expect(Object.values(again.result.counts).every((tally) => tally.new === 0 && tally.changed === 0 && tally.conflict === 0)).toBe(true)
    expect(await exported(second)).toEqual(out)
  })
})

const open: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of open) await close()
})

async function portal(kind: DatabaseKind) {
  const stage = await testDatabase(kind)
  open.push(stage.close)
  const house: House = {
    database: stage.database,
    clock: { kind: 'set', at: '2026-11-21T10:00:00.000Z' as never },
    log: quiet,
    settings: { publicUrl: 'http://localhost:3000', sendsMail: true, demo: true, fileLimit: 10_000_000 },
    law: stage.law,
  }
  return {
    stage,
    house,
    ctx: createContext(house, { kind: 'key', keyId: null, name: 'operator', side: 'vendor', organizationId: null, operator: true }, 'test'),
  }
}

type Portal = Awaited<ReturnType<typeof portal>>

async function exported({ ctx }: Portal): Promise<string[]> {
  const lines: string[] = []
  for await (const line of await exportWorld(ctx)) lines.push(JSON.stringify(line))
  return lines
}

async function imported({ ctx }: Portal, texts: readonly string[]) {
  const faults: RowFault[] = []
  async function* lines() {
    for (const [place, text] of texts.entries()) yield checkValue(place + 1, JSON.parse(text))
  }
  const result = await importWorld(ctx, {
    fileName: 'test',
    lines: lines(),
    dryRun: false,
    trustGrants: true,
    onFault: (fault) => void faults.push(fault),
  })
  return { result, faults }
}
