// Export and import are each other's mirror: what comes out goes in again and comes out the same.
import { afterAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { emptyPortal } from './portal.test-support.ts'
import { seedDemo } from './seed-demo.ts'
import { lineKinds } from './world-lines.ts'

const portals = ['support-desk', 'standard', 'telephony-account', 'managed-services', 'field-service']

describe.each(databaseKinds)('on %s', (kind) => {
  const open: (() => Promise<void>)[] = []
  const met = new Set<string>()
  afterAll(async () => {
    for (const close of open) await close()
  })

  test.each(portals)('the exported world of %s, imported elsewhere and exported again, is the same to the letter', async (name) => {
    const [first, second] = [await emptyPortal(kind, name), await emptyPortal(kind, name)]
    open.push(first.close, second.close)
    await seedDemo(first.house)
    expect(await seedDemo(first.house)).toBeUndefined()
    const out = await first.written()
    for (const line of out) met.add(JSON.parse(line).kind)

    expect((await second.lines(out, { trustGrants: true })).rows).toEqual([])
    expect(await second.written()).toEqual(out)

    const again = await second.lines(out, { trustGrants: true })
    expect(Object.values(again.counts).map(({ same, ...others }) => Object.values(others))).toEqual(
      Object.keys(again.counts).map(() => [0, 0, 0, 0]),
    )

    // Any order will do; only a grant that replaces another comes after it.
    const third = await emptyPortal(kind, name)
    open.push(third.close)
    const turned = [
      ...out.filter((line) => !line.includes('"kind":"grant"')).toReversed(),
      ...out.filter((line) => line.includes('"kind":"grant"')),
    ]
    expect((await third.lines(turned, { trustGrants: true })).rows).toEqual([])
    expect((await third.written()).toSorted()).toEqual(out.toSorted())
  })

  test('those worlds hold every kind of line', () => {
    expect(lineKinds.filter((one) => !met.has(one))).toEqual([])
  })
})
