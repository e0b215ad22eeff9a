// Who searches for people to name finds them by name, and by address only where they may know addresses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessStage, accessStage } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type TestRecord, type World } from '../../../test/world.ts'
import { listContactChoices } from './list-contact-choices.ts'

describe.each(databaseKinds)('searching for people to name on %s', (kind) => {
  let world: World
  let people: AccessStage
  let record: TestRecord
  beforeAll(async () => {
    world = await createWorld(kind)
    people = await accessStage(world)
    await world.grant(people.acme, people.larkfield, 'update')
    record = await world.record(people.acme)
  })
  afterAll(() => world.close())

  async function found(by: TestPerson, q: string): Promise<string[]> {
    const { own, partners } = await listContactChoices(world.as(by), { kind: 'service_request', id: record.id, q })
    return [...own, ...partners].map(({ name }) => name)
  }

  test("a partner finds its own people by address, and the customer's by name alone", async () => {
    const { dana, priya, omar } = people
    expect(await found(priya, 'dana')).toEqual(['Dana Lee'])
    expect(await found(priya, omar.email)).toEqual(['Omar Nasser'])
    expect(await found(priya, dana.email)).toEqual([])
    expect(await found(dana, dana.email)).toEqual(['Dana Lee'])
    expect(await found(dana, priya.email)).toEqual(['Priya Raman'])
  })
})
