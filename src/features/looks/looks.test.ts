// Looking through the eyes of a partner's people shows what they see at the one customer, list by list, and nothing of what is theirs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import type { TestPerson } from '../../../test/world.ts'
import { deskStage, everythingOf, kind } from './look-stage.test-support.ts'

describe.each(databaseKinds)('what a look shows on %s', (database) => {
  let stage: Awaited<ReturnType<typeof deskStage>>
  beforeAll(async () => {
    stage = await deskStage(database)
  })
  afterAll(() => stage.close())

  test.each(['organization', 'omar', 'priya', 'ada'] as const)(
    'BX-01 a look through the eyes of %s shows what they see at the customer, list by list, and nothing of another',
    async (whom) => {
      // Somebody at the partner who has nothing of their own sees what a look at the organization shows.
      const person = whom === 'organization' ? await stage.world.person(stage.larkfield, 'Nina', ['consultant']) : stage.people[whom]
      const look = await stage.through(whom === 'organization' ? null : person)
      const theirs = await stage.as(person)
      const seen = await everythingOf(look, stage.acme, kind, person.id)
      const own = await everythingOf(theirs, stage.acme, kind, person.id)
      expect(seen).toEqual(own)
      expect(seen.items).toHaveLength(whom === 'omar' ? 1 : 6)
      expect(seen.grants.length).toBeGreaterThan(0)
      expect(Array.isArray(seen.people)).toBe(whom === 'ada')
      // Of Beta there is nothing, although they see it themselves.
      expect((await theirs('GET', `/records/${kind}?customer=${stage.beta.id}`)).body['total']).toBe(1)
      expect((await look('GET', `/records/${kind}`)).body['total']).toBe(seen.items.length)
      expect((await look('GET', `/records/${kind}?customer=${stage.beta.id}`)).body).toMatchObject({ items: [], total: 0 })
      expect((await look('GET', `/records/${kind}/count?q=Beta`)).body['total']).toBe(0)
      expect((await look('GET', `/records/${kind}/${stage.betas.id}`)).status).toBe(404)
      expect((await look('GET', `/records/customers?kind=${kind}&action=read`)).body['items']).toEqual([
        { id: stage.acme.id, name: 'Acme', own: false },
      ])
      expect(JSON.stringify((await look('GET', '/grants?side=received&state=all')).body)).not.toContain('Beta')
      expect((await look('GET', `/organizations/${stage.larkfield.id}/people`)).body).toMatchObject({ code: 'looking' })
      expect((await look('GET', `/organizations/${stage.beta.id}/people`)).body).toMatchObject({ code: 'looking' })
    },
  )

  test('BX-01 who is looked as stands in the answer of who is signed in, without an address, and with nothing that a look does not show', async () => {
    const { body } = await (await stage.through(stage.people.ada))('GET', '/me')
    expect(body).toMatchObject({
      person: { id: stage.people.ada.id, name: 'Ada', email: '' },
      organization: { id: stage.larkfield.id, side: 'partner' },
      abilities: ['access:read'],
      looking: { customer: { name: 'Acme' }, partner: { name: 'Larkfield' }, person: { name: 'Ada' }, leftOut: [] },
    })
    const anybody = (await (await stage.through(null))('GET', '/me')).body
    expect(anybody).toMatchObject({ person: { name: 'Larkfield', email: '' }, roles: ['consultant'], looking: { person: null } })
  })

  test('BX-01 every ability to change is a no in a look, whatever they may do', async () => {
    const look = await stage.through(stage.people.ada)
    const { body } = await look('GET', `/records/${kind}?state=open&limit=1`)
    const [{ id }] = body['items'] as [{ id: string }]
    const mine = (await (await stage.as(stage.people.ada))('GET', `/records/${kind}/${id}`)).body['abilities'] as Record<string, boolean>
    const shown = (await look('GET', `/records/${kind}/${id}`)).body['abilities'] as Record<string, boolean>
    expect(mine).toMatchObject({ read: true, reply: true, close: true })
    expect(Object.entries(shown).filter(([, may]) => may)).toEqual([['read', true]])
    expect((await look('GET', `/records/customers?kind=${kind}&action=open`)).status).toBe(403)
  })

  test('BX-01 nothing that is done in a look counts as theirs: no history, no last use, no request remembered; the look itself is in the history of both sides', async () => {
    // Somebody who has never been here: nothing that was noted before hides what is noted now.
    const fay = await stage.world.person(stage.larkfield, 'Fay', ['consultant'])
    const look = await stage.through(fay, stage.people.tom)
    const marks = async () =>
      (
        await stage.sql(
          `select (select count(*) from access_uses) as uses, (select count(*) from done_once) as once, (select count(*) from audit_entries) as told,
             (select count(*) from outbox) as letters, (select string_agg(last_seen_at::text, ' ' order by id) from sessions where person_id = $1) as seen`,
          [fay.id],
        )
      ).rows[0]
    await stage.as(fay)
    const before = await marks()
    await everythingOf(look, stage.acme, kind, fay.id)
    await look('PATCH', '/me', { language: 'de' })
    expect(await marks()).toEqual(before)
    expect((await look('DELETE', '/me/look')).status).toBe(204)
    expect((await look('GET', '/me')).body).toMatchObject({ person: { name: 'Tom' }, looking: null })
    const said = async (person: TestPerson) =>
      ((await (await stage.as(person))('GET', '/history')).body['items'] as { what: string; sentence: string }[])
        .filter(({ what }) => what.startsWith('look.'))
        .slice(0, 2)
    for (const person of [stage.people.tom, stage.people.ada]) {
      const [stopped, started] = await said(person)
      expect(started).toMatchObject({ what: 'look.started' })
      expect(JSON.stringify(started)).toMatch(/Tom.* began to look through the eyes of Fay of Larkfield at Acme/)
      expect(JSON.stringify(stopped)).toMatch(/Tom.* stopped looking through the eyes of Fay of Larkfield/)
    }
    const { rows } = await stage.sql(
      `select actor_id, customer_id, partner_id from audit_entries where what like 'look.%' and actor_name = 'Tom'`,
    )
    expect(rows).toEqual(rows.map(() => ({ actor_id: stage.people.tom.id, customer_id: stage.acme.id, partner_id: stage.larkfield.id })))
  })
})
