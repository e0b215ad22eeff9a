// Who may look through whose eyes, and when a look is over: always as of now.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import type { TestPerson } from '../../../test/world.ts'
import { type Caller, deskStage, kind } from './look-stage.test-support.ts'

describe.each(databaseKinds)('the end of a look on %s', (database) => {
  let stage: Awaited<ReturnType<typeof deskStage>>
  beforeAll(async () => {
    stage = await deskStage(database)
  })
  afterAll(() => stage.close())

  const begin = async (by: TestPerson, partnerId: string, personId: string | null) =>
    (await stage.as(by))('POST', '/me/look', { partnerId, personId })
  const isOver = async (call: Caller) => (await call('GET', `/records/${kind}`)).body['code'] === 'look-over'

  test('BX-01 only who manages access begins a look, only as somebody with access there, and none within another', async () => {
    expect(await begin(stage.people.carl, stage.larkfield.id, null)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
    expect((await begin(stage.people.priya, stage.larkfield.id, null)).status).toBeGreaterThanOrEqual(403)
    for (const [partnerId, personId] of [
      [stage.elsewhere.id, null],
      [stage.elsewhere.id, stage.people.eve.id],
      [stage.larkfield.id, stage.people.eve.id],
      [stage.elsewhere.id, stage.people.priya.id],
      [stage.acme.id, null],
      [stage.acme.id, stage.people.carl.id],
      [stage.world.vendor.id, null],
      ['nobody', null],
      [stage.larkfield.id, 'nobody'],
    ] as const)
      expect(await begin(stage.people.dana, partnerId, personId)).toMatchObject({ status: 404 })
    const look = await stage.through(null)
    expect(await look('POST', '/me/look', { partnerId: stage.larkfield.id, personId: null })).toMatchObject({
      status: 403,
      body: { code: 'looking' },
    })
    expect((await (await stage.as(stage.people.dana))('DELETE', '/me/look')).status).toBe(204)
  })

  test('BX-01 a look ends by itself after fifteen minutes, and then shows nothing until it is stopped', async () => {
    const look = await stage.through(stage.people.priya)
    const start = stage.world.clock.at
    stage.world.setClock(new Date(Date.parse(start) + 15 * 60_000 - 1).toISOString())
    expect((await look('GET', `/records/${kind}`)).status).toBe(200)
    stage.world.setClock(new Date(Date.parse(start) + 15 * 60_000).toISOString())
    for (const path of ['/me', `/records/${kind}`, '/grants?side=given&state=all', '/history'])
      expect(await look('GET', path)).toMatchObject({ status: 409, body: { code: 'look-over' } })
    expect((await look('PATCH', '/me', { language: 'de' })).body['code']).toBe('look-over')
    expect((await look('DELETE', '/me/look')).status).toBe(204)
    expect((await look('GET', `/records/${kind}`)).body['total']).toBe(6)
    stage.world.setClock(start)
  })

  test('BX-01 signing out ends the session of whoever looks, and nobody else’s', async () => {
    const theirs = await stage.as(stage.people.priya)
    const look = await stage.through(stage.people.priya)
    expect((await look('DELETE', '/me/session')).status).toBe(204)
    expect((await look('GET', '/me')).status).toBe(401)
    expect((await theirs('GET', '/me')).status).toBe(200)
  })

  test('BX-01 a look is over when the right to manage ends, the person leaves, the access ends, or the vendor suspends the partner', async () => {
    const { world, sql } = stage
    const tia = await world.person(stage.acme, 'Tia', ['contact_manager'])
    const sol = await world.person(stage.larkfield, 'Sol', ['consultant'])
    const only = await world.person(stage.elsewhere, 'Only', ['consultant'])
    await world.relationship(stage.acme, stage.elsewhere)
    const personal = await world.grant(stage.acme, only, 'look')
    const ends: [Caller, string, unknown[]][] = [
      [await stage.through(null, tia), `update memberships set roles = '{contact}' where person_id = $1`, [tia.id]],
      [await stage.through(sol), 'update memberships set until_at = $2 where person_id = $1', [sol.id, world.clock.at]],
      [
        await stage.looking(stage.people.tom, stage.elsewhere, only),
        `update grants set ended_at = $2, end_kind = 'removed' where id = $1`,
        [personal.id, world.clock.at],
      ],
      [
        await stage.looking(stage.people.dana, stage.elsewhere, null),
        'update organizations set suspended_at = $2 where id = $1',
        [stage.elsewhere.id, world.clock.at],
      ],
    ]
    for (const [call, change, values] of ends) {
      expect(await isOver(call)).toBe(false)
      await sql(change, values)
      expect([change, await isOver(call)]).toEqual([change, true])
      expect((await call('GET', `/records/${kind}`)).body['items']).toBeUndefined()
    }
  })

  test('BX-01 what everybody at the partner has is shown as it is now: taken away half way, nothing is left to see', async () => {
    const { world, sql } = stage
    const gamma = await world.customer('Gamma')
    const gil = await world.person(gamma, 'Gil', ['contact_manager'])
    await world.relationship(gamma, stage.larkfield)
    const given = await world.grant(gamma, stage.larkfield, 'look')
    const record = await world.record(gamma, { title: 'Arm of Gamma' })
    const look = await stage.through(null, gil)
    expect((await look('GET', `/records/${kind}`)).body['total']).toBe(1)
    await sql(`update grants set ended_at = $2, end_kind = 'removed' where id = $1`, [given.id, world.clock.at])
    expect((await look('GET', `/records/${kind}`)).body).toMatchObject({ items: [], total: 0 })
    expect((await look('GET', `/records/${kind}/${record.id}`)).status).toBe(404)
  })
})
