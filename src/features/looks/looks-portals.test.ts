// A look in the other portals: rights of a person, a group's access, and kinds of record that whoever looks may not see themselves.
import { describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import type { TestOrganization, TestPerson } from '../../../test/world.ts'
import { type Caller, everythingOf, type LookStage, lookStage } from './look-stage.test-support.ts'

interface Place {
  stage: LookStage
  customer: TestOrganization
  partner: TestOrganization
  mia: TestPerson
  noah: TestPerson
}

/** A customer with two records of each kind, and a partner with two people. */
async function place(database: (typeof databaseKinds)[number], portal: string, role: string, kinds: readonly string[]): Promise<Place> {
  const stage = await lookStage(database, portal)
  const { world } = stage
  const customer = await world.customer('Acme')
  const partner = await world.partner('Bright')
  await world.relationship(customer, partner)
  for (const kind of kinds) for (const title of ['Arm one', 'Arm two']) await world.record(customer, { kind, title })
  return {
    stage,
    customer,
    partner,
    mia: await world.person(partner, 'Mia', [role]),
    noah: await world.person(partner, 'Noah', [role]),
  }
}

/** Gives codes that stand beside a level, or instead of one. */
async function give(
  { stage, customer, partner }: Place,
  rights: readonly string[],
  to: { person?: TestPerson; group?: string; level?: string },
) {
  await stage.sql(
    `insert into grants (customer_id, partner_id, person_id, group_id, level, rights, from_at, until_at, confirmed_at, given_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7::timestamptz + interval '90 days', $7, $7)`,
    [customer.id, partner.id, to.person?.id ?? null, to.group ?? null, to.level ?? null, rights, stage.world.clock.at],
  )
}

describe.each(databaseKinds)('looks on %s', (database) => {
  const same = async ({ stage, customer }: Place, look: Caller, person: TestPerson, kind: string): Promise<number> => {
    const seen = await everythingOf(look, customer, kind, person.id)
    expect(seen).toEqual(await everythingOf(await stage.as(person), customer, kind, person.id))
    return seen.items.length
  }

  test('BX-01 managed services: a look shows the areas whose switch is on for the person, and no others', async () => {
    const kinds = ['ticket', 'order', 'invoice', 'article']
    const at = await place(database, 'managed-services', 'partner_user', kinds)
    const uma = await at.stage.world.person(at.customer, 'Uma', ['administrator'])
    await give(at, ['tickets', 'knowledge'], { person: at.mia })
    const look = await at.stage.looking(uma, at.partner, at.mia)
    const seen = []
    for (const kind of kinds) seen.push([kind, await same(at, look, at.mia, kind)])
    expect(seen).toEqual([
      ['ticket', 2],
      ['order', 0],
      ['invoice', 0],
      ['article', 2],
    ])
    // Nobody else there has access, so through their eyes nobody looks.
    expect(await (await at.stage.as(uma))('POST', '/me/look', { partnerId: at.partner.id, personId: at.noah.id })).toMatchObject({
      status: 404,
    })
    await at.stage.close()
  })

  test('BX-01 telephony: a look through the eyes of a group’s member shows what the group has, and an ordinary person has nothing', async () => {
    const at = await place(database, 'telephony-account', 'partner_user', ['ticket', 'invoice'])
    const { stage, partner, customer } = at
    const dee = await stage.world.person(customer, 'Dee', ['decision_maker'])
    const { rows } = await stage.sql(`insert into groups (partner_id, name, created_at) values ($1, 'Phones', $2) returning id`, [
      partner.id,
      stage.world.clock.at,
    ])
    const group = (rows[0] as { id: string }).id
    await stage.sql('insert into group_members (group_id, person_id, from_at) values ($1, $2, $3)', [
      group,
      at.mia.id,
      stage.world.clock.at,
    ])
    await give(at, ['phone_manager'], { group })
    const look = await stage.looking(dee, partner, at.mia)
    expect([await same(at, look, at.mia, 'ticket'), await same(at, look, at.mia, 'invoice')]).toEqual([2, 0])
    const anybody = await stage.looking(dee, partner, null)
    expect([await same(at, anybody, at.noah, 'ticket'), await same(at, anybody, at.noah, 'invoice')]).toEqual([0, 0])
    await stage.close()
  })

  test('BX-01 nobody sees more by a look than they see themselves: kinds of which they do not see every record are left out, and named', async () => {
    const at = await place(database, 'standard', 'consultant', ['service_request', 'invoice'])
    const { stage, partner, customer, mia } = at
    const manager = await stage.world.person(customer, 'Max', ['contact_manager'])
    const primary = await stage.world.person(customer, 'Pia', ['primary_contact'])
    await give(at, ['invoices'], { level: 'look' })
    const [invoice] = (await (await stage.as(mia))('GET', '/records/invoice')).body['items'] as [{ id: string }]
    const less = await stage.looking(manager, partner, mia)
    expect(await same(at, less, mia, 'service_request')).toBe(2)
    expect((await less('GET', '/me')).body['looking']).toMatchObject({ leftOut: [{ kind: 'invoice' }] })
    for (const path of ['', '/count', `/${invoice.id}`])
      expect(await less('GET', `/records/invoice${path}`)).toMatchObject({ status: 403, body: { code: 'looking' } })
    const all = await stage.looking(primary, partner, mia)
    expect(await same(at, all, mia, 'invoice')).toBe(2)
    expect((await all('GET', '/me')).body['looking']).toMatchObject({ leftOut: [] })
    await stage.close()
  })
})
