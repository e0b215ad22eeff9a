// The named people with access: who, why, since, until, by whom, last used; kept after the end; safe in a spreadsheet. And the screen locked to one customer.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessStage, refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { actorOf, createWorld, type TestOrganization, type TestPerson, type World, worldStart } from '../../../test/world.ts'
import { csvOf } from '../../kernel/csv.ts'
import { listGrants } from '../grants/list-grants.ts'
import { removeAccess } from '../grants/remove-access.ts'
import { listCustomers } from '../records/list-customers.ts'
import { countRecords, listRecords } from '../records/list-records.ts'
import { readRecord } from '../records/read-record.ts'
import { exportNamedPeople, listNamedPeople } from './list-named-people.ts'

test('a spreadsheet runs nothing of a name that begins like a formula, and keeps quotes, line breaks and accents', () => {
  const rows = [['=1+1', '+49', '-2', '@x', '\tx', ' =x', 'Zoë "Z"', 'a\nb', 5, null, true]]
  expect(csvOf(['a'], rows)).toBe(`\ufeffa\r\n'=1+1,'+49,'-2,'@x,'\tx,' =x,"Zoë ""Z""","a\nb",5,,true\r\n`)
})

describe.each(databaseKinds)('named people on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind)
  })
  afterAll(() => world.close())

  const stage = async () => {
    world.setClock(worldStart)
    const place = await accessStage(world)
    await world.relationship(place.acme, place.larkfield)
    return { ...place, record: await world.record(place.acme) }
  }
  const rows = async (dana: TestPerson, wanted: object = {}) =>
    (await listNamedPeople(world.as(dana), { state: 'now', ...wanted })).map(({ person, gives, through, counts, state }) => [
      person.name,
      gives,
      through,
      counts,
      state,
    ])
  const read = (person: TestPerson, id: string) => readRecord(world.as(person), { kind: 'service_request', id })

  test('BX-02 everybody whom an access reaches stands there by name, with what counts for them, and stays there when it is over', async () => {
    const { acme, larkfield, dana, priya, omar, admin } = await stage()
    await world.grant(acme, larkfield, 'look', { givenBy: dana, reason: 'Support' })
    const own = await world.grant(acme, priya, 'update', { givenBy: dana, reason: 'Migration', from: '2026-03-01T00:00:00.000Z' as never })
    expect(await rows(dana)).toEqual([
      ['Ada Boss', 'See all requests', 'organization', true, 'active'],
      ['Omar Nasser', 'See all requests', 'organization', true, 'active'],
      ['Priya Raman', 'Work on requests', 'person', true, 'active'],
      ['Priya Raman', 'See all requests', 'organization', false, 'active'],
    ])
    const [, , first] = await listNamedPeople(world.as(dana), { state: 'now' })
    expect(first).toMatchObject({ reason: 'Migration', givenBy: 'Dana Lee', since: '2026-03-01T00:00:00.000Z', lastUsedAt: null })
    await removeAccess(world.as(dana), { grantId: own.id })
    await world.stage.owner.query('update memberships set until_at = $2 where person_id = $1', [omar.id, '2026-11-21T10:00:00Z'])
    world.setClock('2026-11-21T11:00:00.000Z')
    expect(await rows(dana)).toEqual([
      ['Ada Boss', 'See all requests', 'organization', true, 'active'],
      ['Priya Raman', 'See all requests', 'organization', true, 'active'],
    ])
    expect(await rows(dana, { state: 'ended' })).toEqual([
      ['Omar Nasser', 'See all requests', 'organization', false, 'left'],
      ['Priya Raman', 'Work on requests', 'person', false, 'removed'],
    ])
    expect(await rows(dana, { q: 'ADA' })).toHaveLength(1)
    for (const person of [priya, admin])
      expect((await refusalOf(listNamedPeople(world.as(person), { state: 'now' }))).code).toMatch(/^not-/)
  })

  test('BX-02 the last use is what somebody opened or changed, to the hour and with one write an hour; a list is no use', async () => {
    const { acme, larkfield, dana, priya, omar, record } = await stage()
    await world.grant(acme, larkfield, 'look')
    const used = async (person: TestPerson) =>
      (await listNamedPeople(world.as(dana), { state: 'now', q: person.email }))[0]?.lastUsedAt ?? null
    await listRecords(world.as(priya), { kind: 'service_request' })
    expect(await used(priya)).toBeNull()
    await read(priya, record.id)
    expect([await used(priya), await used(omar)]).toEqual([worldStart, null])
    world.setClock('2026-11-21T10:59:59.999Z')
    await read(priya, record.id)
    expect(await used(priya)).toBe(worldStart)
    world.setClock('2026-11-21T11:00:00.000Z')
    await read(priya, record.id)
    expect(await used(priya)).toBe('2026-11-21T11:00:00.000Z')
    const outside = await world.person(larkfield, 'Nobody Yet', [])
    await world.stage.owner.query("update memberships set until_at = from_at + interval '1 day' where person_id = $1", [outside.id])
    await refusalOf(read(outside, record.id))
    expect(await used(outside)).toBeNull()
  })

  test('BX-02 the export says the same as the list', async () => {
    const { acme, larkfield, dana } = await stage()
    const evil = await world.person(larkfield, '=HYPERLINK("http://x")', ['consultant'])
    await world.grant(acme, evil, 'cc', { reason: '+cmd', givenBy: dana })
    const text = await exportNamedPeople(world.as(dana), { state: 'now' })
    expect(text.split('\r\n')[1]).toMatch(/^"'=HYPERLINK\(""http:\/\/x""\)",.*,'\+cmd,never$/)
  })

  test('BX-11 a session that is locked to one customer shows nothing of another: lists, searches, counts, choices, grants and pages', async () => {
    const { acme, larkfield, priya, record } = await stage()
    const borealis: TestOrganization = await world.customer('Borealis')
    const other = await world.record(borealis, { title: 'Secret of Borealis' })
    await world.relationship(borealis, larkfield)
    for (const customer of [acme, borealis]) await world.grant(customer, larkfield, 'create')
    const locked = world.asActor({ ...actorOf(priya), focus: acme.id })
    const kind = 'service_request'
    expect((await countRecords(world.as(priya), { kind })).total).toBe(2)
    expect((await listRecords(locked, { kind })).items.map(({ id }) => id)).toEqual([record.id])
    for (const wanted of [{ q: 'Borealis' }, { q: other.number }, { customer: borealis.id }]) {
      expect(await listRecords(locked, { kind, ...wanted })).toMatchObject({ items: [], total: 0 })
      expect((await countRecords(locked, { kind, ...wanted })).total).toBe(0)
    }
    expect((await countRecords(locked, { kind })).total).toBe(1)
    for (const action of ['read', 'open'] as const)
      expect((await listCustomers(locked, { kind, action })).items.map(({ name }) => name)).toEqual(['Acme Robotics'])
    expect((await listGrants(locked, { side: 'received', state: 'all' })).map(({ customer }) => customer.name)).toEqual(['Acme Robotics'])
    expect((await refusalOf(readRecord(locked, { kind, id: other.id }))).code).toBe('not-found')
    expect((await readRecord(locked, { kind, id: record.id })).number).toBe(record.number)
    expect((await refusalOf(locked.reading('service_request:open', { kind: 'customer', id: borealis.id }, async () => true))).code).toBe(
      'not-found',
    )
  })
})
