// Whatever a world is made of: written out and brought in elsewhere it is the same world, brought in again it changes nothing, and taken back it is gone.
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { type EmptyPortal, emptyPortal } from './portal.test-support.ts'
import { randomLines } from './random-lines.test-support.ts'
import { undoImport } from './undo-import.ts'

const counted = (counts: object, what: string) =>
  Object.values(counts as Record<string, Record<string, number>>).reduce((sum, tally) => sum + (tally[what] ?? 0), 0)

describe.each(databaseKinds)('on %s', (kind) => {
  const open: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const close of open) await close()
  })

  async function bringIn(portal: EmptyPortal, lines: Parameters<EmptyPortal['lines']>[0]): Promise<string> {
    const trusted = { trustGrants: true }
    const dry = await portal.lines(lines, { ...trusted, dryRun: true })
    const { id, rows, counts } = await portal.lines(lines, trusted)
    expect(rows).toEqual([])
    expect(dry.counts).toEqual(counts)
    expect(counted(counts, 'new')).toBe(lines.length)
    return id ?? ''
  }

  test.each(['support-desk', 'standard', 'telephony-account', 'managed-services', 'field-service'])('any world of %s', async (name) => {
    const [first, second] = [await emptyPortal(kind, name), await emptyPortal(kind, name)]
    open.push(first.close, second.close)
    const empty = await first.written()
    await fc.assert(
      fc.asyncProperty(randomLines(first.house.law), async (lines) => {
        const firstRun = await bringIn(first, lines)
        const out = await first.written()
        expect(out).toHaveLength(lines.length)
        const secondRun = await bringIn(second, out)
        expect(await second.written()).toEqual(out)
        const { rows, counts } = await second.lines(out, { trustGrants: true })
        expect([rows, counted(counts, 'same')]).toEqual([[], out.length])
        await undoImport(first.ctx, { importId: firstRun })
        await undoImport(second.ctx, { importId: secondRun })
        expect(await first.written()).toEqual(empty)
        expect(await second.written()).toEqual(empty)
      }),
      { numRuns: 2, endOnFailure: true },
    )
  })
})
