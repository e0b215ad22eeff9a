// The explorer by person, by record and as of a date agrees with the single question; the history says what was and what is, and leaves as a file.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessStage, refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { exportHistory, readHistory } from '../audit-log/read-history.ts'
import { changeAccess } from '../grants/change-access.ts'
import { removeAccess } from '../grants/remove-access.ts'
import { explainAccess } from './explain-access.ts'
import { whatMayThey, whoMay } from './who-may.ts'

describe.each(databaseKinds)('the explorer on %s', (kind) => {
  let world: World
  let place: Awaited<ReturnType<typeof accessStage>>
  let record: { id: string; number: string }
  beforeAll(async () => {
    world = await createWorld(kind)
    place = await accessStage(world)
    const { acme, larkfield, priya, dana } = place
    await world.relationship(acme, larkfield)
    record = await world.record(acme, { people: { requester: dana } })
    await world.grant(acme, larkfield, 'look', { givenBy: dana, from: '2026-10-01T00:00:00.000Z' as never })
    await world.grant(acme, priya, 'update', { givenBy: dana, from: '2026-11-01T00:00:00.000Z' as never })
  })
  afterAll(() => world.close())

  const on = () => ({ kind: 'service_request', id: record.id })
  const who = async (action: string, at?: string) =>
    (await whoMay(world.as(place.dana), { action, record: on(), limit: 50, at: at as never })).items.map(({ person }) => person.name).sort()

  test('BX-23 by record: everybody who may, with the sentences and the access of the single question; by person: the same read the other way', async () => {
    const { dana, priya, omar, admin, tom } = place
    expect(await who('read')).toEqual([admin, dana, omar, priya, tom].map(({ name }) => name).sort())
    expect(await who('reply')).toEqual([dana, priya, tom].map(({ name }) => name).sort())
    const { items } = await whoMay(world.as(dana), { action: 'read', record: on(), limit: 50 })
    for (const { person, sentences, grant, until, outside } of items) {
      const single = await explainAccess(world.as(dana), { person: person.id, action: 'read', record: on() })
      expect(single).toMatchObject({ decision: true, sentences, until })
      expect([grant?.number, outside]).toEqual([single.grant?.number, person.organization === 'Larkfield'])
      const records = await whatMayThey(world.as(dana), { person: person.id, action: 'read', kind: 'service_request', limit: 50 })
      expect(records.items.map(({ record: one, customer }) => [one.number, customer?.name])).toEqual([[record.number, 'Acme Robotics']])
    }
  })

  test('BX-23 as of a date it is what was given then', async () => {
    const { dana, tom } = place
    expect(await who('reply', '2026-10-15T00:00:00.000Z')).toEqual([dana.name, tom.name].sort())
    expect((await who('read', '2026-10-15T00:00:00.000Z')).length).toBe(5)
    expect(await who('read', '2026-09-15T00:00:00.000Z')).toEqual([dana.name, tom.name].sort())
  })

  test('BX-23 by person as of a day it is what they could see then, of the records that were there, and the same read by record', async () => {
    const { dana, omar, priya } = place
    const asked = (person: { id: string }, action: string, at?: string) =>
      whatMayThey(world.as(dana), { person: person.id, action, kind: 'service_request', limit: 50, at: at as never })
    const numbers = async (...question: Parameters<typeof asked>) => (await asked(...question)).items.map((one) => one.record.number)
    const before = '2026-10-15T00:00:00.000Z'
    await world.stage.owner.query("update records set created_at = '2026-09-01' where id = $1", [Number(record.id)])
    const later = await world.record(place.acme)
    for (const at of ['2026-09-15T00:00:00.000Z', before, '2026-11-10T00:00:00.000Z'])
      for (const person of [dana, omar, priya])
        for (const action of ['read', 'reply'])
          expect((await numbers(person, action, at)).length > 0).toBe((await who(action, at)).includes(person.name))
    expect([await numbers(priya, 'reply', before), await numbers(priya, 'reply', '2026-11-10T00:00:00.000Z')]).toEqual([
      [],
      [record.number],
    ])
    expect((await numbers(priya, 'reply')).sort()).toEqual([record.number, later.number].sort())
    const { items, at } = await asked(omar, 'read', before)
    expect([at, items[0]?.sentences]).toEqual([
      before,
      (await explainAccess(world.as(dana), { person: omar.id, action: 'read', record: on(), at: before as never })).sentences,
    ])
    await world.stage.owner.query('delete from records where id = $1', [Number(later.id)])
  })

  test('BX-23 a partner hears of a past day nothing that its people do not see now', async () => {
    const partner = await world.partner('Formerly')
    const ed = await world.person(partner, 'Ed', ['consultant'])
    const { id } = await world.grant(place.acme, partner, 'look', { from: '2026-01-01T00:00:00.000Z' as never })
    await world.stage.owner.query("update records set created_at = '2026-09-01' where id = $1", [Number(record.id)])
    const at = '2026-10-15T00:00:00.000Z' as never
    const told = async () => [
      (await whatMayThey(world.withKey(partner), { person: ed.id, action: 'read', kind: 'service_request', limit: 50, at })).items.length,
      (await whoMay(world.withKey(partner), { action: 'read', record: on(), limit: 50, at })).items.length,
    ]
    expect(await told()).toEqual([1, 1])
    await world.stage.owner.query("update grants set ended_at = $2, end_kind = 'removed' where id = $1", [id, world.clock.at])
    expect(await told()).toEqual([0, 0])
    expect(
      (await whatMayThey(world.as(place.dana), { person: ed.id, action: 'read', kind: 'service_request', limit: 50, at })).items,
    ).toHaveLength(1)
    await world.stage.owner.query('delete from grants where id = $1', [id])
  })

  test('BX-23 a customer learns nothing of records that are not its own, and only who may ask asks', async () => {
    const stranger = await world.person(await world.customer('Borealis'), 'Bo', ['contact_manager'])
    expect((await whoMay(world.as(stranger), { action: 'read', record: on(), limit: 50 })).items).toEqual([])
    const asked = { person: place.priya.id, action: 'read', kind: 'service_request', limit: 50 }
    expect((await whatMayThey(world.as(stranger), asked)).items).toEqual([])
    for (const person of [place.priya, place.contact])
      expect((await refusalOf(whoMay(world.as(person), { action: 'read', record: on(), limit: 5 }))).code).toMatch(/^not-/)
    expect((await whoMay(world.withKey(world.vendor, true), { action: 'read', record: on(), limit: 2 })).next).not.toBeNull()
  })

  test('BX-23 the history says what was and what is, why and by which access, is filtered by person and kinds, and the file holds the same', async () => {
    const { acme, dana, omar, priya } = place
    const own = await world.grant(acme, omar, 'update', { givenBy: dana })
    const changed = await changeAccess(world.as(dana), { grantId: own.id, level: 'look', reason: 'Only reads now' })
    await removeAccess(world.as(dana), { grantId: changed.id, reason: '=Done' })
    const { items } = await readHistory(world.as(dana), { limit: 50, person: omar.id })
    expect(
      items.map(({ what, before, after, reason }) => [what, before?.replace(/ until.*/, ''), after?.replace(/ until.*/, ''), reason]),
    ).toEqual([
      ['grant.removed', 'See all requests', 'no access', '=Done'],
      ['grant.changed', 'Work on requests', 'See all requests', 'Only reads now'],
    ])
    expect((await readHistory(world.as(dana), { limit: 50, person: priya.id })).items).toEqual([])
    expect((await readHistory(world.as(dana), { limit: 50, what: 'grant.changed,access_request' })).items).toHaveLength(1)
    expect(await exportHistory(world.as(dana), { what: 'grant' })).toEqual(
      (await readHistory(world.as(dana), { limit: 200, what: 'grant' })).items,
    )
    expect((await refusalOf(exportHistory(world.as(place.contact), {}))).code).toMatch(/^not-/)
  })
})
