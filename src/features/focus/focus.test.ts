// A session locked to one customer: over HTTP, in what it may change, and in what answers, searches and the mailbox tell it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessStage, accessStage, refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { type PortalHttp, portalHttp } from '../../../test/portal-http.ts'
import { actorOf, createWorld, type TestPerson, type World } from '../../../test/world.ts'
import type { Context } from '../../context/context.ts'
import { addMilliseconds } from '../../kernel/instant.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { addPerson } from '../contacts/add-person.ts'
import { changePerson } from '../contacts/change-person.ts'
import { disablePerson } from '../contacts/disable-person.ts'
import { listPeople } from '../contacts/list-people.ts'
import { replyToRecord } from '../conversations/reply-to-record.ts'
import { explainAccess } from '../explorer/explain-access.ts'
import { whatMayThey, whoMay } from '../explorer/who-may.ts'
import { listLetters, readLetter } from '../letters/read-mailbox.ts'
import { resendLetter } from '../letters/resend-letter.ts'
import { changeMe } from '../people/change-me.ts'
import { suspendPartner } from '../receipts/suspend-partner.ts'
import { recordRoutes } from '../records/routes.ts'
import { chooseNotice } from '../subscriptions/choose-notice.ts'
import { focusRoutes } from './routes.ts'

const kind = 'service_request'

describe.each(databaseKinds)('the lock of a screen on %s', (database) => {
  let world: World
  let http: PortalHttp
  let acme: AccessStage
  let beta: AccessStage
  let operator: TestPerson
  let records: Record<'acme' | 'beta', { id: string; number: string }>
  beforeAll(async () => {
    world = await createWorld(database)
    http = await portalHttp(world, { more: [focusRoutes, recordRoutes] })
    acme = await accessStage(world)
    beta = await accessStage(world, { customer: 'Beta', partner: 'Elsewhere' })
    operator = await world.person(world.vendor, 'Olga', ['operator'])
    for (const { acme: customer } of [acme, beta]) {
      await world.relationship(customer, acme.larkfield)
      await world.grant(customer, acme.larkfield, 'update')
    }
    records = { acme: await world.record(acme.acme), beta: await world.record(beta.acme) }
  })
  afterAll(async () => {
    await http.app.close()
    await world.close()
  })

  const locked = (person: TestPerson): Context => world.asActor({ ...actorOf(person), focus: acme.acme.id })
  const history = async () =>
    (await world.stage.owner.query<{ what: string }>('select what from audit_entries where what <> $1', ['refused'])).rows.length
  const letterAbout = async (customerId: string) => {
    const { rows } = await world.stage.owner.query<{ id: string }>(
      `insert into outbox (to_person_id, letter, subject, body_text, body_html, customer_id, created_at, next_attempt_at, state)
       values ($1, 'access-given', 'About it', 'Words', '<p>Words</p>', $2, $3, $3, 'held') returning id`,
      [acme.dana.id, customerId, world.clock.at],
    )
    return rows[0]?.id ?? ''
  }

  test('BX-11 over HTTP one locks the session, its lists show that customer alone whatever they ask for, and one unlocks it', async () => {
    const cookie = await http.signIn(acme.priya)
    const send = async (method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown) => {
      const answer = await http.send(method, path, { cookie }, body)
      return { status: answer.statusCode, ...answer.json() }
    }
    const numbers = async (sought = '') =>
      (await send('GET', `/records/${kind}${sought}`)).items.map(({ number }: { number: string }) => number).sort()
    const both = [records.acme.number, records.beta.number].sort()
    const customer = { id: acme.acme.id, name: acme.acme.name }
    expect(await numbers()).toEqual(both)
    expect(await send('PUT', '/me/focus', { customerId: '00000000-0000-4000-8000-000000000000' })).toMatchObject({ status: 404 })
    expect(await send('PUT', '/me/focus', { customerId: acme.acme.id })).toEqual({ status: 200, customer })
    expect(await send('GET', '/me/focus')).toEqual({ status: 200, customer })
    expect(await numbers()).toEqual([records.acme.number])
    expect(await numbers(`?customer=${beta.acme.id}`)).toEqual([])
    expect(await send('PUT', '/me/focus', { customerId: beta.acme.id })).toMatchObject({ status: 409 })
    expect(await send('DELETE', '/me/focus')).toEqual({ status: 200, customer: null })
    expect(await numbers()).toEqual(both)
  })

  test('BX-11 a locked session changes nothing that concerns its partner or the portal, for other customers would not be told', async () => {
    const organizationId = acme.larkfield.id
    const before = await history()
    const items = [{ personId: acme.priya.id, level: 'look' }]
    const writes = [
      () => addPerson(locked(acme.admin), { organizationId, email: 'ghost@lark.example', name: 'Ghost', roles: ['consultant'] }),
      () => submitAccessRequest(locked(acme.priya), { contactManagerEmail: acme.dana.email, items, endsOn: '2027-02-01', reason: 'x' }),
      () => suspendPartner(locked(operator), { partnerId: organizationId, reason: 'x' }),
    ]
    for (const write of writes)
      expect(await refusalOf(write())).toMatchObject({
        code: 'not-allowed',
        message: 'Unlock the screen first: this concerns more than Acme Robotics. Nothing was changed.',
      })
    expect(await history()).toBe(before)
    // Whoever may not do it anyway hears that, and no more.
    expect((await refusalOf(suspendPartner(locked(acme.priya), { partnerId: organizationId, reason: 'x' }))).message).not.toMatch(/Unlock/)
  })

  test('BX-11 a locked session works on for its customer and on its own profile', async () => {
    await replyToRecord(locked(acme.priya), { kind, id: records.acme.id, body: 'Done' })
    expect((await refusalOf(replyToRecord(locked(acme.priya), { kind, id: records.beta.id, body: 'Done' }))).code).toBe('not-found')
    expect((await changeMe(locked(acme.omar), { name: 'Omar N.' })).person.name).toBe('Omar N.')
  })

  test('BX-11 who runs the portal looks after the people of the customer of the lock, and of no other organization meanwhile', async () => {
    const add = (organizationId: string, name: string) =>
      addPerson(locked(operator), { organizationId, email: `${name}@else.example`, name, roles: [] })
    const before = await history()
    expect(await refusalOf(add(acme.larkfield.id, 'Ghost'))).toMatchObject({
      code: 'not-allowed',
      message: expect.stringMatching(/^Unlock the screen/),
    })
    expect((await refusalOf(add(beta.acme.id, 'Ghost'))).code).toBe('not-found')
    expect(await history()).toBe(before)
    const { id } = await add(acme.acme.id, 'Newcomer')
    const one = { organizationId: acme.acme.id, contactId: id }
    world.setClock(addMilliseconds(world.clock.at, 60_000))
    expect(await changePerson(locked(operator), { ...one, roles: ['contact'] })).toMatchObject({ roles: ['contact'] })
    world.setClock(addMilliseconds(world.clock.at, 60_000))
    expect((await disablePerson(locked(operator), one)).contact.state).toBe('disabled')
  })

  test('BX-11 a notice about another customer than that of the lock is not found', async () => {
    const input = { way: 'mail' } as const
    for (const notice of [...world.house.law.notices.keys(), 'no-such'])
      expect((await refusalOf(chooseNotice(locked(acme.priya), { ...input, notice, customerId: beta.acme.id }))).code).toBe('not-found')
  })

  test('BX-11 answers and searches about anybody tell a locked session nothing of another customer', async () => {
    const ctx = locked(operator)
    const asked = (record: { id: string }) => ({ action: 'read', record: { kind, id: record.id } })
    const page = { action: 'read', limit: 50 }
    expect((await explainAccess(world.as(operator), { person: beta.dana.id, ...asked(records.beta) })).decision).toBe(true)
    const nowhere = await explainAccess(ctx, { person: beta.dana.id, action: 'read', record: { kind, id: '999999999' } })
    expect(await explainAccess(ctx, { person: beta.dana.id, ...asked(records.beta) })).toEqual(nowhere)
    expect((await whoMay(world.as(operator), { ...asked(records.beta), limit: 50 })).items.length).toBeGreaterThan(0)
    expect((await whoMay(ctx, { ...asked(records.beta), limit: 50 })).items).toEqual([])
    expect((await whoMay(ctx, { ...asked(records.acme), limit: 50 })).items.length).toBeGreaterThan(0)
    const kept = async (as: Context) =>
      (await whatMayThey(as, { person: acme.priya.id, kind, ...page })).items.map(({ customer }) => customer?.name).sort()
    expect(await kept(world.as(operator))).toEqual(['Acme Robotics', 'Beta'])
    expect(await kept(ctx)).toEqual(['Acme Robotics'])
    const met = async (as: Context) => (await listPeople(as, { organizationId: acme.larkfield.id })).customers.map(({ name }) => name)
    expect(await met(locked(acme.admin))).not.toContain('Beta')
  })

  test('BX-11 the mailbox shows a locked session the letters about its customer alone, and sends no others again', async () => {
    const [own, other] = [await letterAbout(acme.acme.id), await letterAbout(beta.acme.id)]
    const ids = async (as: Context) => (await listLetters(as, false, { limit: 100 })).items.map(({ id }) => id)
    expect(await ids(world.as(operator))).toEqual(expect.arrayContaining([own, other]))
    expect(await ids(locked(operator))).toContain(own)
    expect(await ids(locked(operator))).not.toContain(other)
    expect((await readLetter(locked(operator), false, own)).id).toBe(own)
    for (const work of [readLetter(locked(operator), false, other), resendLetter(locked(operator), other)])
      expect((await refusalOf(work)).code).toBe('not-found')
  })
})
