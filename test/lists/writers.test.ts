// Eight writers at once on PostgreSQL: afterwards every count, every side table and every kept reach is what it would be if built anew.
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chanceFrom } from '../../bench/world/random.ts'
import { listRecords } from '../../src/features/records/list-records.ts'
import { databaseKinds } from '../database.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../world.ts'

const kind = 'service_request'
const turns = 60

describe.runIf(databaseKinds.includes('postgresql'))('many writers on postgresql', () => {
  let world: World
  let customers: TestOrganization[]
  let partners: TestOrganization[]
  let people: TestPerson[]
  beforeAll(async () => {
    world = await createWorld('postgresql', 'standard')
    customers = await Promise.all(['Acme', 'Beta', 'Cargo', 'Delta'].map((name) => world.customer(name)))
    partners = await Promise.all(['Larkfield', 'Bright Field'].map((name) => world.partner(name)))
    people = await Promise.all(partners.map((partner, n) => world.person(partner, `Person ${n}`, ['consultant'])))
    for (const customer of customers) for (let n = 0; n < 10; n++) await world.record(customer)
  })
  afterAll(() => world.close())

  /** One change of a random sort, in a serializable transaction as the application's are; a lost race is run again. */
  async function change(client: pg.PoolClient, chance: () => number): Promise<void> {
    const one = <T>(all: readonly T[]) => all[Math.floor(chance() * all.length)] as T
    const [customer, partner, sort] = [one(customers), one(partners), Math.floor(chance() * 8)]
    const some = `(select id from records where kind = '${kind}' order by md5(id::text || ${chance()}) limit 1)`
    const texts = [
      `insert into records (kind, customer_no, external_id, number, title, state, created_at, updated_at)
         select '${kind}', ${customer.customerNo}, n, n, 'Robot arm', 'active', now(), now() from (select 'W-' || nextval('record_numbers') as n) as x`,
      `update records set state = case state when 'active' then 'closed' else 'active' end, updated_at = clock_timestamp() where kind = '${kind}' and id = ${some}`,
      `update records set customer_no = ${customer.customerNo} where kind = '${kind}' and id = ${some}`,
      `delete from records where kind = '${kind}' and id = ${some} and (select count(*) from records) > 20`,
      `insert into record_partners (kind, record_id, relation, partner_id, customer_no, updated_at)
         select kind, id, 'assigned', '${partner.id}', customer_no, updated_at from records where kind = '${kind}' and id = ${some} on conflict do nothing`,
      `delete from record_partners where (kind, record_id) in (select '${kind}', ${some})`,
      `insert into grants (customer_id, partner_id, level, from_at, until_at, confirmed_at, given_at)
         values ('${customer.id}', '${partner.id}', 'look', '2020-01-01', '2030-01-01', '2020-01-01', '2020-01-01') on conflict do nothing`,
      `update grants set ended_at = '2020-06-01', end_kind = 'removed' where partner_id = '${partner.id}' and customer_id = '${customer.id}' and ended_at is null`,
    ]
    for (;;) {
      try {
        await client.query('begin isolation level serializable')
        await client.query(texts[sort] as string)
        await client.query('commit')
        return
      } catch (error) {
        await client.query('rollback')
        if (!['40001', '40P01'].includes((error as { code?: string }).code ?? '')) throw error
      }
    }
  }

  async function writer(seed: number): Promise<void> {
    const chance = chanceFrom(seed)
    const client = await pool.connect()
    try {
      for (let turn = 0; turn < turns; turn++) {
        await change(client, chance)
        if (turn % 10 === 0) await client.query('select fold_record_counts()')
      }
    } finally {
      client.release()
    }
  }

  /** While all is moving, a page that holds everything and its count are one number, for they are of one snapshot. */
  async function reader(person: TestPerson): Promise<void> {
    for (let turn = 0; turn < 12; turn++) {
      const { items, total, next } = await listRecords(world.as(person), { kind, limit: 100 })
      if (next === null) expect([person.name, items.length]).toEqual([person.name, total])
    }
  }

  let pool: pg.Pool
  test('OR-020 counts, assignments and reaches are exact after eight writers, and lists agree with their counts meanwhile', async () => {
    const { default: pgModule } = await import('pg')
    pool = new pgModule.Pool({ connectionString: world.stage.ownerUrl ?? '', max: 9 })
    try {
      await Promise.all([...Array.from({ length: 8 }, (_, seed) => writer(seed + 1)), ...people.map(reader)])
      const rows = async (text: string) => (await pool.query(text)).rows
      const counted = (from: string) =>
        `select kind, state, customer_no, sum(change)::int as many from (${from}) as c group by 1, 2, 3 having sum(change) <> 0 order by 1, 2, 3`
      const anew = `select kind, unnest(array['', state]) as state, customer_no, 1 as change from records`
      expect(await rows(counted('select * from record_counts'))).toEqual(await rows(counted(anew)))
      expect((await rows(counted(anew))).length).toBeGreaterThan(8)
      expect(
        await rows(`(select partner_id, relation, kind, record_id, updated_at from record_assignments except all
            select p.partner_id, p.relation, p.kind, p.record_id, r.updated_at from record_partners p join records r on r.kind = p.kind and r.id = p.record_id)
          union all (select p.partner_id, p.relation, p.kind, p.record_id, r.updated_at from record_partners p join records r on r.kind = p.kind and r.id = p.record_id
            except all select partner_id, relation, kind, record_id, updated_at from record_assignments)`),
      ).toEqual([])
      for (const person of people) {
        await listRecords(world.as(person), { kind })
        const { id, organization } = person
        const [kept] = await rows(
          `select k.numbers, array(select distinct g.customer_no from standing_grants('${id}', '${organization.id}', 'partner', '${world.clock.at}') g where g.gives && k.gives order by 1) as anew
           from exact_reach('${id}', '${organization.id}', 'partner', '${world.clock.at}') k where 'look' = any (k.gives)`,
        )
        expect(kept?.['numbers']).toEqual(kept?.['anew'])
        expect(kept).toBeDefined()
      }
      await pool.query('select fold_record_counts()')
      const many = await rows('select 1 from record_counts group by kind, state, customer_no having count(*) > 1')
      expect(many).toEqual([])
    } finally {
      await pool.end()
    }
  }, 120_000)
})
