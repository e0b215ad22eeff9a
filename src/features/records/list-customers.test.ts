// By whose customers a list can be filtered, and whose screen can be locked to: whatever was given, by right, by site or by level.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../../../test/world.ts'
import { listCustomers } from './list-customers.ts'

describe.each(databaseKinds)('the customers of a list on %s', (database) => {
  let world: World
  let priya: TestPerson
  let larkfield: TestOrganization
  beforeAll(async () => {
    world = await createWorld(database, 'standard')
    larkfield = await world.partner('Larkfield')
    priya = await world.person(larkfield, 'Priya', ['consultant'])
  })
  afterAll(() => world.close())

  const owner = () => world.stage.owner
  async function siteOf(customer: TestOrganization): Promise<number> {
    const { rows } = await owner().query<{ site_no: number }>(
      `insert into sites (customer_id, customer_no, external_id, name)
       select id, customer_no, 'plant', 'Plant' from organizations where id = $1 returning site_no`,
      [customer.id],
    )
    return rows[0]?.site_no as number
  }
  /** Everyone at the partner may see the requests of one site of it. */
  async function givenOneSite(name: string) {
    const customer = await world.customer(name)
    await world.relationship(customer, larkfield)
    const site = await siteOf(customer)
    const { id } = await world.grant(customer, larkfield, 'look')
    await owner().query(`update grants set scope = 'sites' where id = $1`, [id])
    await owner().query('insert into grant_sites (grant_id, site_no) values ($1, $2)', [id, site])
    const record = await world.record(customer)
    return { customer, site, record }
  }
  const names = async (kind: string, action: 'read' | 'open' = 'read') =>
    (await listCustomers(world.as(priya), { kind, action })).items.map(({ name }) => name)

  test('OR-091 OR-080 a right alone counts for what it gives, and a level for the rest', async () => {
    const acme = await world.customer('Acme')
    const beta = await world.customer('Beta')
    for (const customer of [acme, beta]) await world.relationship(customer, larkfield)
    const { id } = await world.grant(acme, larkfield, 'look')
    await owner().query(`update grants set level = null, rights = '{invoices}' where id = $1`, [id])
    await world.grant(beta, larkfield, 'create')
    expect(await names('invoice')).toEqual(['Acme'])
    expect(await names('service_request')).toEqual(['Beta'])
    expect(await names('service_request', 'open')).toEqual(['Beta'])
  })

  test('OR-091 whoever has sites of a customer finds it where there is something to be read', async () => {
    const { record, site } = await givenOneSite('Cala')
    await givenOneSite('Dune')
    expect(await names('service_request')).toEqual(['Beta'])
    await owner().query('update records set site_no = $2 where id = $1', [record.id, site])
    expect(await names('service_request')).toEqual(['Beta', 'Cala'])
    expect(await names('service_request', 'open')).toEqual(['Beta'])
    expect(await names('invoice')).toEqual(['Acme'])
  })
})
