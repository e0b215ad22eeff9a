// Lists, counts, searches and single reads are one answer: for everybody of a small world with every level, on every record.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type TestRecord, type World } from '../../../test/world.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { listCustomers } from './list-customers.ts'
import { countRecords, type ListInput, listRecords } from './list-records.ts'
import { readRecord } from './read-record.ts'

const kind = 'service_request'
const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 10, minute)).toISOString() as Instant

describe.each(databaseKinds)('lists on %s', (database) => {
  let world: World
  let records: TestRecord[]
  let people: Record<string, TestPerson>

  const ids = async (who: string, filter: Partial<ListInput> = {}): Promise<string[]> => {
    const found: string[] = []
    let after: string | null = null
    do {
      const page = await listRecords(world.as(people[who] as TestPerson), { kind, limit: 2, ...filter, ...(after ? { after } : {}) })
      found.push(...page.items.map(({ id }) => id))
      after = page.next
    } while (after)
    return found
  }
  const reads = async (who: string, record: TestRecord) =>
    readRecord(world.as(people[who] as TestPerson), { kind, id: record.id }).then(
      () => true,
      (error: unknown) => {
        if (!isRefusal(error) || error.code !== 'not-found') throw error
        return false
      },
    )

  beforeAll(async () => {
    world = await createWorld(database)
    const { customer, partner, person, grant, record, vendor } = world
    const acme = await customer('Acme Robotics')
    const beta = await customer('Beta Foods')
    const larkfield = await partner('Larkfield')
    const bright = await partner('Bright Field')
    people = {
      manager: await person(acme, 'Dana Lee', ['contact_manager']),
      contact: await person(acme, 'Cora Contact', ['contact']),
      betaManager: await person(beta, 'Bea Beta', ['contact_manager']),
      look: await person(larkfield, 'Lou Look', ['consultant']),
      cc: await person(larkfield, 'Cece Copied', ['consultant']),
      update: await person(larkfield, 'Uma Update', ['consultant']),
      create: await person(larkfield, 'Cris Create', ['consultant']),
      admin: await person(larkfield, 'Ada Admin', ['consultant']),
      full: await person(larkfield, 'Fay Full', ['consultant']),
      ended: await person(bright, 'Enda Ended', ['consultant']),
      unconfirmed: await person(bright, 'Una Unconfirmed', ['consultant']),
      stranger: await person(bright, 'Stan Stranger', ['partner_administrator']),
      agent: await person(vendor, 'Ana Agent', ['vendor_staff']),
    }
    const { cc, update, create, admin, full, ended, unconfirmed, agent, contact, manager } = people as Record<string, TestPerson>
    await grant(acme, larkfield, 'look')
    await grant(acme, cc!, 'cc')
    await grant(acme, update!, 'update')
    await grant(acme, create!, 'create')
    await grant(acme, admin!, 'service_admin')
    await grant(acme, full!, 'full_admin')
    await grant(beta, cc!, 'create')
    await grant(acme, ended!, 'update', { until: at(0) })
    await grant(acme, unconfirmed!, 'update', { confirmed: false })
    await grant(acme, agent!, 'look')
    records = [
      await record(acme, { title: 'Robot arm stops', updatedAt: at(1), people: { requester: manager!, point_of_contact: update! } }),
      await record(acme, {
        title: 'Invoice copy',
        updatedAt: at(2),
        state: 'closed',
        people: { requester: contact!, point_of_contact: contact! },
      }),
      await record(acme, {
        title: 'Unit 7 offline',
        updatedAt: at(2),
        people: { requester: manager!, point_of_contact: manager!, additional_contact: [cc!, ended!] },
      }),
      await record(acme, { title: 'robot 100% stuck_now', updatedAt: at(3), people: { requester: create!, point_of_contact: contact! } }),
      await record(beta, {
        title: 'Oven cold',
        updatedAt: at(4),
        people: { requester: people['betaManager']!, additional_contact: unconfirmed! },
      }),
      await record(beta, { title: 'Oven hot', updatedAt: at(5) }),
    ]
  })
  afterAll(() => world.close())

  test('OR-020 a record that one may not read is in no list, no count, no search, and reading it is not found', async () => {
    const seen: Record<string, number> = {}
    for (const who of Object.keys(people)) {
      const list = await ids(who)
      seen[who] = list.length
      expect(new Set(list).size).toBe(list.length)
      expect(await countRecords(world.as(people[who]!), { kind })).toEqual({ total: list.length })
      expect(await listRecords(world.as(people[who]!), { kind })).toMatchObject({ total: list.length })
      for (const record of records) {
        const may = await reads(who, record)
        expect(list.includes(record.id), `${who} ${record.number}`).toBe(may)
        expect((await ids(who, { q: record.number })).includes(record.id), `${who} searches ${record.number}`).toBe(may)
      }
    }
    expect(seen).toEqual({
      manager: 4,
      contact: 2,
      betaManager: 2,
      look: 4,
      cc: 3,
      update: 4,
      create: 4,
      admin: 4,
      full: 4,
      ended: 0,
      unconfirmed: 0,
      stranger: 0,
      agent: 4,
    })
  })

  test('OR-017 a copied-in person reads only the records they were added to', async () => {
    expect(await ids('cc', { customer: records[0]!.customer.id })).toEqual([records[2]!.id])
  })

  test('OR-021 OR-027 OR-034 look and every higher level read all of the customer, past and present', async () => {
    const all = records
      .slice(0, 4)
      .map(({ id }) => id)
      .toSorted()
    for (const who of ['look', 'update', 'create', 'admin', 'full']) expect((await ids(who)).toSorted()).toEqual(all)
    expect(await ids('look', { state: 'closed' })).toEqual([records[1]!.id])
  })

  test('the newest is first, rows of one instant by id, and every page size shows the same rows once', async () => {
    const expected = [3, 2, 1, 0].map((place) => records[place]!.id)
    for (const limit of [1, 2, 3, 4, 100]) expect(await ids('look', { limit })).toEqual(expected)
  })

  test('OR-091 OR-092 a customer filters the list, and a foreign or unknown customer filters it to nothing', async () => {
    const [acme, beta] = [records[0]!.customer.id, records[4]!.customer.id]
    expect(await ids('cc', { customer: beta })).toEqual([records[5]!.id, records[4]!.id])
    expect(await ids('look', { customer: beta })).toEqual([])
    expect(await ids('look', { customer: 'nonsense' })).toEqual([])
    const choices = await listCustomers(world.as(people['cc']!), { kind, action: 'read' })
    expect(choices.items.map(({ id }) => id)).toEqual([acme, beta])
  })

  test("OR-080 one may open for those customers alone where the effective level is create or above, and for one's own", async () => {
    const openFor = async (who: string) =>
      (await listCustomers(world.as(people[who]!), { kind, action: 'open' })).items.map(({ name }) => name)
    expect(await openFor('cc')).toEqual(['Beta Foods'])
    expect(await openFor('create')).toEqual(['Acme Robotics'])
    expect(await openFor('full')).toEqual(['Acme Robotics'])
    expect(await openFor('contact')).toEqual(['Acme Robotics'])
    for (const who of ['look', 'update', 'ended', 'unconfirmed', 'stranger', 'agent']) expect(await openFor(who), who).toEqual([])
  })

  test("OR-079 one's own organization is first in the list, the others follow by name", async () => {
    const zeta = await world.customer('Zeta Works')
    const both = await world.person(zeta, 'Zoe Zeta', ['contact'])
    await world.grant(records[0]!.customer, both, 'create')
    const { items } = await listCustomers(world.as(both), { kind, action: 'open' })
    expect(items.map(({ name, own }) => [name, own])).toEqual([
      ['Zeta Works', true],
      ['Acme Robotics', false],
    ])
  })

  test('OR-090 my requests are those I opened or am a contact of, for whichever customer', async () => {
    expect(await ids('create', { part: 'mine' })).toEqual([records[3]!.id])
    expect(await ids('update', { part: 'mine' })).toEqual([records[0]!.id])
    expect(await ids('look', { part: 'mine' })).toEqual([])
    expect(await ids('ended', { part: 'mine' })).toEqual([])
    const page = await listRecords(world.as(people['manager']!), { kind })
    expect(page.items.map(({ part }) => part)).toEqual(['can_see', 'point_of_contact', 'can_see', 'requester'])
  })

  test('OR-089 a record on which a partner is contact, or to which one is assigned, carries the P mark', async () => {
    const marks = async () => (await listRecords(world.as(people['manager']!), { kind })).items.map(({ partnerManaged }) => partnerManaged)
    expect(await marks()).toEqual([false, true, false, true])
    await world.stage.owner.query(
      `insert into record_partners (kind, record_id, relation, partner_id, customer_no, updated_at)
       select $1, $2, 'assigned', id, $3, now() from organizations where name = 'Bright Field'`,
      [kind, records[1]!.id, records[1]!.customer.customerNo],
    )
    expect(await marks()).toEqual([false, true, true, true])
    const mine = await listRecords(world.as(people['contact']!), { kind })
    expect(mine.items.map(({ partnerManaged }) => partnerManaged)).toEqual([false, true])
  })

  test('a row names its point of contact with the firm, also for another partner', async () => {
    const outsiders = await listRecords(world.as(people['agent']!), { kind })
    expect(outsiders.items.at(-1)?.pointOfContact).toEqual({ name: 'Uma Update', organization: 'Larkfield', outside: true })
    expect(outsiders.items[0]?.pointOfContact).toEqual({ name: 'Cora Contact', organization: 'Acme Robotics', outside: false })
  })

  test('a search finds numbers and titles as they are written, an exact number first', async () => {
    expect(await ids('look', { q: 'ROBOT' })).toEqual([records[3]!.id, records[0]!.id])
    expect(await ids('look', { q: '100%' })).toEqual([records[3]!.id])
    expect(await ids('look', { q: 'k_n' })).toEqual([records[3]!.id])
    expect(await ids('look', { q: '%' })).toEqual([records[3]!.id])
    expect(await ids('look', { q: '\\' })).toEqual([])
    const quoted = await world.record(records[0]!.customer, { title: `about ${records[0]!.number}`, updatedAt: at(30) })
    expect(await ids('look', { q: records[0]!.number.toLowerCase(), limit: 1 })).toEqual([records[0]!.id, quoted.id])
    expect(await ids('look', { q: ' ' })).toHaveLength(5)
  })

  test('what is no cursor, state or kind is refused', async () => {
    const ctx = world.as(people['look']!)
    const cursors = [
      '',
      'x',
      '!!',
      btoa('{}'),
      btoa('12026-11-21T10:00:00.000000Z0'),
      btoa('02026-99-21T10:00:00.000000Z1'),
      `${btoa('x')}'; drop table records`,
    ]
    for (const after of cursors)
      await expect(listRecords(ctx, { kind, after }), after).rejects.toMatchObject({ code: 'invalid-input', more: { field: 'after' } })
    await expect(listRecords(ctx, { kind, state: 'lost' })).rejects.toMatchObject({ code: 'invalid-input', more: { field: 'state' } })
    for (const name of ['incident', 'constructor', '', 'organizations'])
      await expect(listRecords(ctx, { kind: name })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('an API key reads no pages', async () => {
    const key = world.withKey(records[0]!.customer)
    expect(await listRecords(key, { kind }).catch((error: { code: string }) => error.code)).toEqual({ items: [], next: null, total: 0 })
  })

  test('nobody is asked to sign in', async () => {
    await expect(listRecords(world.asActor({ kind: 'nobody' }), { kind })).rejects.toMatchObject({ code: 'not-signed-in' })
  })
})
