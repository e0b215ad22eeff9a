// Linking of partners and customers, and the notice about a new customer: who asks, who answers, what is seen by it, and how often somebody is told.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { actorOf, createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { addMilliseconds } from '../../kernel/instant.ts'
import { listAccessRequests } from '../access-requests/list-access-requests.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { giveAccess } from '../grants/give-access.ts'
import { answerLinkRequest } from './answer-link.ts'
import { askForLink } from './ask-for-link.ts'
import { listLinks } from './list-links.ts'
import { tellOfNewCustomers } from './tell-of-new-customers.ts'

describe.each(databaseKinds)('links on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind, 'managed-services')
  })
  afterAll(() => world.close())

  async function stage() {
    const acme = await world.customer('Acme Robotics')
    const larkfield = await world.partner('Larkfield')
    await world.relationship(acme, larkfield)
    return {
      acme,
      larkfield,
      paula: await world.person(acme, 'Paula Prime', ['primary_user']),
      ingo: await world.person(acme, 'Ingo Invoices', ['invoices']),
      ada: await world.person(larkfield, 'Ada Boss', ['partner_administrator']),
      priya: await world.person(larkfield, 'Priya Raman', ['partner_user']),
      olga: await world.person(world.vendor, 'Olga Operator', ['operator']),
    }
  }
  type Stage = Awaited<ReturnType<typeof stage>>

  const ask = ({ acme, ada }: Pick<Stage, 'acme' | 'ada'>, by: TestPerson = ada) => askForLink(world.as(by), { customerId: acme.id })
  const answer = (by: TestPerson, linkId: string | null, as: 'standing' | 'denied' = 'standing') =>
    answerLinkRequest(world.as(by), { linkId: linkId ?? '', answer: as })
  const stateOf = async ({ ada }: Stage) => (await listLinks(world.as(ada))).map(({ customer, state }) => [customer.name, state])
  const askForAccess = ({ acme, ada, priya }: Stage) =>
    submitAccessRequest(world.as(ada), {
      customerId: acme.id,
      items: [{ personId: priya.id, rights: ['orders'] }],
      endsOn: '2027-02-01',
      reason: 'x',
    })
  const lettersTo = async ({ email }: { email: string }) =>
    (await world.letters()).filter(({ to }) => to === email).map(({ subject }) => subject)
  const sees = (person: TestPerson, id: string): Promise<boolean> =>
    world
      .as(person)
      .reading('order:read', { kind: 'record', recordKind: 'order', id }, async () => true)
      .catch(() => false)

  test('CD-009 CD-010 C-A4 a partner administrator asks, the customer links the two; nothing is seen by it, and then access can be asked for', async () => {
    const place = await stage()
    const { acme, paula, ada, priya, olga } = place
    const order = await world.record(acme, { kind: 'order' })
    expect(await stateOf(place)).toEqual([['Acme Robotics', 'available']])
    expect((await refusalOf(askForAccess(place))).code).toBe('not-found')
    const { id } = await ask(place)
    expect(await stateOf(place)).toEqual([['Acme Robotics', 'asked']])
    expect((await refusalOf(ask(place))).code).toBe('overlaps')
    for (const person of [paula, ada, olga]) expect(await lettersTo(person)).toContain('Larkfield asks to be linked to Acme Robotics')
    const asked = (await world.letters()).filter(({ subject }) => subject === 'Larkfield asks to be linked to Acme Robotics')
    const told = ({ email }: { email: string }) => asked.find(({ to }) => to === email)?.body_text
    expect([told(paula), told(ada)]).toEqual([
      expect.stringContaining('Read it and answer: '),
      expect.stringContaining('It waits for Acme Robotics'),
    ])
    expect(told(ada)).not.toContain('answer:')
    expect(await lettersTo(priya)).toEqual([])
    expect((await listLinks(world.as(paula))).map(({ partner, abilities }) => [partner.name, abilities.answer])).toEqual([
      ['Larkfield', true],
    ])
    await answer(paula, id)
    expect(await stateOf(place)).toEqual([['Acme Robotics', 'linked']])
    expect([await sees(ada, order.id), await sees(priya, order.id)]).toEqual([false, false])
    expect((await askForAccess(place)).sentence).toBe('Whoever manages access at Acme Robotics has your request.')
    const [request] = await listAccessRequests(world.as(ada), { side: 'asked', state: 'waiting' })
    expect([request?.customer?.name, request?.addressedTo]).toEqual(['Acme Robotics', 'Acme Robotics'])
    expect(await lettersTo(priya)).toEqual(['Larkfield: Ada Boss asked Acme Robotics for your access'])
  })

  test('CD-010 an id that is none is answered just like a customer that the partner does not work with', async () => {
    const { ada } = await stage()
    const stranger = await world.customer('Umbrella Bikes')
    const answers = []
    for (const customerId of ['abc', stranger.id, '00000000-0000-4000-8000-000000000000'])
      answers.push(await refusalOf(askForLink(world.as(ada), { customerId })))
    expect(new Set(answers.map(({ code, message }) => `${code} ${message}`)).size).toBe(1)
    expect(answers[0]?.code).toBe('not-found')
  })

  test('who asked 60 times in an hour, or whose partner asked 500 times in a day, is refused for every customer alike, until the time is over', async () => {
    const place = await stage()
    const { acme, larkfield, ada, priya } = place
    const other = await world.person(larkfield, 'Adam Boss', ['partner_administrator'])
    const stranger = await world.customer('Umbrella Bikes')
    const start = world.clock.at
    const askedBy = (by: TestPerson, times: number) =>
      world.stage.owner.query(
        `insert into links (customer_id, partner_id, state, asked_by, asked_at, answered_at)
         select $1, $2, 'denied', $3, $4, $4 from generate_series(1, $5)`,
        [acme.id, larkfield.id, by.id, start, times],
      )
    const refusals = async (by: TestPerson) => {
      const answers = []
      for (const customerId of [acme.id, stranger.id, 'abc']) answers.push(await refusalOf(askForLink(world.as(by), { customerId })))
      return [...new Set(answers.map(({ code, message }) => `${code} ${message}`))]
    }
    await askedBy(ada, 59)
    const { id } = await ask(place)
    await answer(place.paula, id, 'denied')
    expect(await refusals(ada)).toEqual([
      'too-many You asked 60 times within the last hour, which is the most. Nothing was asked. Try again later.',
    ])
    expect((await ask(place, other)).state).toBe('asked')
    await askedBy(priya, 439)
    const tomorrow =
      'too-many Your organization asked 500 times within the last day, which is the most. Nothing was asked. Try again tomorrow.'
    expect(await refusals(other)).toEqual([tomorrow])
    world.setClock(addMilliseconds(start, 3_600_000))
    expect(await refusals(ada)).toEqual([tomorrow])
    world.setClock(addMilliseconds(start, 86_400_000))
    expect((await refusalOf(ask(place))).code).toBe('overlaps')
    world.setClock(start)
  })

  test('C-A4 the vendor links them as well, and of two answers one counts', async () => {
    const place = await stage()
    const { id } = await ask(place)
    expect((await listLinks(world.as(place.olga))).map((link) => link.id)).toContain(id)
    expect(await answer(place.olga, id)).toMatchObject({ state: 'linked' })
    expect((await refusalOf(answer(place.paula, id, 'denied'))).code).toBe('already-answered')
    expect(await stateOf(place)).toEqual([['Acme Robotics', 'linked']])
  })

  test('declined: nothing can be asked for, and it may be asked for again; who is no administrator neither asks nor answers', async () => {
    const place = await stage()
    const { id } = await ask(place)
    const stranger = await stage()
    for (const [by, link] of [
      [place.ingo, id],
      [place.ada, id],
      [stranger.paula, id],
      [place.paula, 'no id'],
    ] as const)
      expect((await refusalOf(answer(by, link))).code).toMatch(/^not-/)
    expect((await refusalOf(ask(place, place.priya))).code).toBe('not-allowed')
    expect((await refusalOf(ask({ ...place, acme: stranger.acme }))).code).toBe('not-found')
    await answer(place.paula, id, 'denied')
    expect(await stateOf(place)).toEqual([['Acme Robotics', 'denied']])
    expect((await refusalOf(askForAccess(place))).code).toBe('not-found')
    expect(await lettersTo(place.ada)).toContain('Larkfield was not linked to Acme Robotics')
    expect((await ask(place)).state).toBe('asked')
  })

  test('C-A14 a customer who gives access links the two by that; each of several partners by itself', async () => {
    const place = await stage()
    const other = await world.partner('Bright Field')
    await world.relationship(place.acme, other)
    const boss = await world.person(other, 'Tom Okafor', ['partner_administrator'])
    const give = (partnerId: string, personId: string) =>
      giveAccess(world.as(place.paula), { partnerId, personIds: [personId], rights: ['orders'], endsOn: '2027-02-01', reason: 'x' })
    await give(place.larkfield.id, place.priya.id)
    expect(await stateOf(place)).toEqual([['Acme Robotics', 'linked']])
    expect((await listLinks(world.as(boss))).map(({ state }) => state)).toEqual(['available'])
    const what = (await world.audit()).filter(({ customer_id }) => customer_id === place.acme.id).map((entry) => entry.what)
    expect(what).toContain('link.made')
  })

  const tell = () => tellOfNewCustomers(world.asActor({ kind: 'system', task: 'new-customers' }))
  const signIn = (person: TestPerson) =>
    world.stage.owner.query(
      `insert into sessions (token_hash, person_id, how, created_at, last_seen_at, expires_at) values (gen_random_uuid()::text, $1, 'code', $2, $2, $2)`,
      [person.id, world.clock.at],
    )
  const newCustomer = 'A company you supply is on the portal: Acme Robotics'

  test('CD-005 CD-006 CD-007 C-A12 a partner that is no user of the portal is told of its customers after its first sign-in, once for each, and of later ones at once', async () => {
    await tell()
    const place = await stage()
    const { ada, priya, larkfield } = place
    const beta = await world.customer('Beta Works')
    await world.relationship(beta, larkfield)
    expect(await tell()).toBe(0)
    await signIn(priya)
    expect(await tell()).toBe(2)
    const subjects = [newCustomer, 'A company you supply is on the portal: Beta Works']
    expect((await lettersTo(ada)).sort()).toEqual(subjects)
    expect(await lettersTo(priya)).toEqual([])
    await signIn(ada)
    expect(await tell()).toBe(0)
    // The relationship begins anew: still once for each customer and partner.
    await world.stage.owner.query(`update relationships set until_at = $2 where partner_id = $1`, [larkfield.id, world.clock.at])
    await world.relationship(place.acme, larkfield)
    expect(await tell()).toBe(0)
    const gamma = await world.customer('Gamma Tools')
    await world.relationship(gamma, larkfield)
    expect(await tell()).toBe(1)
    expect((await lettersTo(ada)).sort()).toEqual([...subjects, 'A company you supply is on the portal: Gamma Tools'])
  })

  test('C-A12 a partner that has access there already is not told that there is something to ask for', async () => {
    const place = await stage()
    await world.grant(place.acme, place.priya, 'administrator')
    await signIn(place.ada)
    expect(await tell()).toBe(0)
    expect(await lettersTo(place.ada)).toEqual([])
  })

  test('CD-007 told by several servers at once, a partner is told once', async () => {
    const place = await stage()
    await signIn(place.ada)
    await Promise.all(Array.from({ length: kind === 'postgresql' ? 8 : 2 }, tell))
    expect(await lettersTo(place.ada)).toEqual([newCustomer])
  })

  test('asked for by two administrators at once, one link waits', async () => {
    const place = await stage()
    const second = await world.person(place.larkfield, 'Bea Boss', ['partner_administrator'])
    const ends = await Promise.allSettled([ask(place), ask(place, second), ask(place), ask(place, second)])
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await listLinks(world.as(place.paula))).filter(({ state }) => state === 'asked')).toHaveLength(1)
  })

  test('BX-11 at a locked screen a partner asks, and the vendor answers, for the customer of the lock, and for no other one', async () => {
    const [place, other] = [await stage(), await world.customer('Borealis')]
    const { acme, larkfield, ada, olga } = place
    await world.relationship(other, larkfield)
    const locked = (person: TestPerson) => world.asActor({ ...actorOf(person), focus: acme.id })
    expect((await refusalOf(askForLink(locked(ada), { customerId: other.id }))).code).toBe('not-found')
    const { id } = await askForLink(locked(ada), { customerId: acme.id })
    const theirs = await ask({ acme: other, ada })
    const say = (linkId: string | null) => answerLinkRequest(locked(olga), { linkId: linkId ?? '', answer: 'standing' })
    expect((await refusalOf(say(theirs.id))).code).toBe('not-found')
    await say(id)
    expect(await stateOf(place)).toEqual([
      ['Acme Robotics', 'linked'],
      ['Borealis', 'asked'],
    ])
  })
})
