// Export and import are each other's mirror: what comes out goes in again and comes out the same.
import { afterAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { emptyPortal } from './portal.test-support.ts'
import { seedDemo } from './seed-demo.ts'
import { lineKinds } from './world-lines.ts'

describe.each(databaseKinds)('on %s', (kind) => {
  const open: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const close of open) await close()
  })

  test('an exported world, imported elsewhere and exported again, is the same to the letter', async () => {
    const [first, second] = [await emptyPortal(kind), await emptyPortal(kind)]
    open.push(first.close, second.close)
    await seedDemo(first.house)
    expect(await seedDemo(first.house)).toBeUndefined()
    const out = await first.written()
    for (const name of lineKinds.filter((one) => !['site', 'group', 'group_member'].includes(one)))
      expect(
        out.some((line) => line.startsWith(`{"kind":"${name}"`)),
        name,
      ).toBe(true)

    expect((await second.lines(out, { trustGrants: true })).rows).toEqual([])
    expect(await second.written()).toEqual(out)

    const again = await second.lines(out, { trustGrants: true })
    expect(Object.values(again.counts).map(({ same, ...others }) => Object.values(others))).toEqual(
      Object.keys(again.counts).map(() => [0, 0, 0, 0]),
    )

    // Any order will do; only a grant that replaces another comes after it.
    const third = await emptyPortal(kind)
    open.push(third.close)
    const turned = [
      ...out.filter((line) => !line.includes('"kind":"grant"')).toReversed(),
      ...out.filter((line) => line.includes('"kind":"grant"')),
    ]
    expect((await third.lines(turned, { trustGrants: true })).rows).toEqual([])
    expect((await third.written()).toSorted()).toEqual(out.toSorted())
  })
})
