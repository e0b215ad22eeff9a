// Managed services: an administrator of the partner who administers the customer's account too lets in colleagues, as far as the customer wants it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { addMilliseconds } from '../../kernel/instant.ts'
import { approveAccessRequest } from '../access-requests/approve-access-request.ts'
import { listAccessRequests } from '../access-requests/list-access-requests.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { listGrants } from '../grants/list-grants.ts'
import { removeAccess } from '../grants/remove-access.ts'
import { chooseAboutColleagues, readColleagueChoice } from './choose-about-colleagues.ts'
import { letInColleague } from './let-in-colleague.ts'
import { listColleaguesAt } from './list-colleagues-at.ts'
import { takeOutColleague } from './take-out-colleague.ts'

describe.each(databaseKinds)('colleagues on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind, 'managed-services')
  })
  afterAll(() => world.close())

  async function stage(adasLevel: 'administrator' | 'orders' | 'nothing' = 'administrator') {
    const acme = await world.customer('Acme Robotics')
    const larkfield = await world.partner('Larkfield')
    await world.relationship(acme, larkfield)
    const people = {
      paula: await world.person(acme, 'Paula Prime', ['primary_user']),
      ingo: await world.person(acme, 'Ingo Invoices', ['invoices']),
      ada: await world.person(larkfield, 'Ada Boss', ['partner_administrator']),
      priya: await world.person(larkfield, 'Priya Raman', ['partner_user']),
      omar: await world.person(larkfield, 'Omar Nasser', ['partner_user']),
    }
    if (adasLevel === 'administrator') await world.grant(acme, people.ada, 'administrator', { until: inAYear() })
    const { owner } = world.stage
    if (adasLevel === 'orders')
      await owner.query(
        `insert into grants (customer_id, partner_id, person_id, rights, from_at, until_at, confirmed_at, given_at)
         values ($1, $2, $3, '{orders}', '2026-01-01', $4, '2026-01-01', '2026-01-01')`,
        [acme.id, larkfield.id, people.ada.id, inAYear()],
      )
    const order = { ...(await world.record(acme, { kind: 'order' })), kind: 'order' }
    const invoice = { ...(await world.record(acme, { kind: 'invoice' })), kind: 'invoice' }
    return { acme, larkfield, ...people, order, invoice }
  }
  type Stage = Awaited<ReturnType<typeof stage>>
  const inAYear = () => addMilliseconds(world.clock.at, 365 * 86_400_000)

  const letIn = ({ acme, ada, priya }: Stage, more: object = {}, by: TestPerson = ada) =>
    letInColleague(world.as(by), {
      customerId: acme.id,
      personId: priya.id,
      rights: ['orders'],
      endsOn: '2027-02-01',
      reason: 'Looks after the orders',
      ...more,
    })
  const rowOf = async ({ acme, ada }: Stage, { id }: TestPerson, reader: TestPerson = ada) =>
    (await listColleaguesAt(world.as(reader), { customerId: acme.id })).rows.find(({ person }) => person.id === id)
  const sees = (person: TestPerson, { kind: recordKind, id }: { kind: string; id: string }): Promise<boolean> =>
    world
      .as(person)
      .reading(`${recordKind}:read`, { kind: 'record', recordKind, id }, async () => true)
      .catch(() => false)
  const lettersTo = async (person: TestPerson) => (await world.letters()).filter(({ to }) => to === person.email)

  test('CD-017 CD-038 CD-043 CD-044 CD-046 CD-047 a colleague is let in without a request: at once, with exactly these rights, and the customer and the colleague are told', async () => {
    const place = await stage()
    const { paula, priya, ada, ingo } = place
    expect(await rowOf(place, priya)).toMatchObject({ hasAccess: false, action: 'add' })
    expect(await letIn(place)).toMatchObject({ outcome: 'given' })
    expect([await sees(priya, place.order), await sees(priya, place.invoice)]).toEqual([true, false])
    expect(await rowOf(place, priya)).toMatchObject({
      hasAccess: true,
      action: 'edit',
      access: { rights: ['orders'], endsOn: '2027-02-01' },
    })
    expect(await listAccessRequests(world.as(paula), { side: 'received', state: 'all' })).toEqual([])
    for (const person of [paula, priya]) {
      const [letter] = await lettersTo(person)
      expect([letter?.letter, letter?.subject]).toEqual(['colleague-let-in', 'Ada Boss (Larkfield) let in Priya Raman'])
      expect(letter?.body_text).toMatch(/May do\s+Orders \(Sees your orders\.\)/)
    }
    expect([await lettersTo(ingo), await lettersTo(ada)]).toEqual([[], []])
    const entry = (await world.audit()).find(({ what, customer_id }) => what === 'colleague.let_in' && customer_id === place.acme.id)
    expect([entry?.actor_name, entry?.detail['person'], entry?.detail['levelName']]).toEqual(['Ada Boss', 'Priya Raman', 'Orders'])
    const [given] = await listGrants(world.as(paula), { side: 'given', state: 'active' })
    expect([given?.person?.name, given?.givenBy?.name]).toEqual(['Priya Raman', 'Ada Boss'])
  })

  test('CD-041 CD-042 with the Administrator switch on the colleague administers too, whatever the other switches say, and lets in others', async () => {
    const place = await stage()
    const boss = await world.person(place.larkfield, 'Bea Boss', ['partner_administrator'])
    await letIn(place, { personId: boss.id, level: 'administrator', rights: ['usage'] })
    expect(await rowOf(place, boss)).toMatchObject({ access: { level: 'administrator', rights: [] } })
    expect(await sees(boss, place.invoice)).toBe(true)
    expect(await letIn(place, {}, boss)).toMatchObject({ outcome: 'given' })
    // An Administrator of the customer's account who is none of the partner's lets in nobody.
    await letIn(place, { personId: place.omar.id, level: 'administrator', rights: [] })
    expect((await refusalOf(letIn(place, {}, place.omar))).code).toBe('not-allowed')
  })

  test('CD-031 CD-039 a partner administrator without Administrator at the customer lets in nobody, and asks instead', async () => {
    for (const level of ['orders', 'nothing'] as const) {
      const place = await stage(level)
      const refusal = await refusalOf(letIn(place))
      expect(['not-allowed', 'not-found']).toContain(refusal.code)
      expect(await rowOf(place, place.priya)).toMatchObject({ hasAccess: false, action: level === 'orders' ? 'request' : 'none' })
      expect(await sees(place.priya, place.order)).toBe(false)
    }
  })

  test('CD-045 C-A11 CD-053 the access is changed and removed from the same page, of one own people alone and never one own', async () => {
    const place = await stage()
    const { ada, priya, paula, acme } = place
    await letIn(place)
    expect((await refusalOf(letIn(place))).message).toMatch(/^Nothing would change/)
    await letIn(place, { rights: ['invoices'], endsOn: '2027-03-01' })
    expect([await sees(priya, place.order), await sees(priya, place.invoice)]).toEqual([false, true])
    const changed = (await lettersTo(paula)).find(({ subject }) => subject === 'Ada Boss (Larkfield) changed the access of Priya Raman')
    expect(changed?.body_text).toMatch(/Was\s+Orders until 1 Feb 2027/)
    const out = (personId: string, by: TestPerson = ada) =>
      takeOutColleague(world.as(by), { customerId: acme.id, personId, reason: 'Left the project' })
    expect((await refusalOf(out(ada.id))).code).toBe('not-allowed')
    expect((await refusalOf(letIn(place, { personId: ada.id }))).code).toBe('not-allowed')
    for (const stranger of [paula.id, 'nobody']) expect((await refusalOf(out(stranger))).more.field).toBe('personId')
    expect((await refusalOf(out(ada.id, priya))).code).toBe('not-allowed')
    expect(await out(priya.id)).toEqual({ left: ['Priya Raman has no access to Acme Robotics any more.'] })
    expect(await sees(priya, place.invoice)).toBe(false)
    expect(await rowOf(place, priya)).toMatchObject({ hasAccess: false, access: null, action: 'add' })
    for (const person of [paula, priya])
      expect((await lettersTo(person)).map(({ subject }) => subject)).toContain(
        'Ada Boss (Larkfield) removed the access of Priya Raman to Acme Robotics',
      )
    expect((await refusalOf(out(priya.id))).code).toBe('stale')
  })

  test('nobody passes on more than they have: not a right beside the Administrator of somebody else, not for longer, and not by another customer', async () => {
    const place = await stage()
    const { ada, acme } = place
    const { more } = await refusalOf(letIn(place, { endsOn: '2028-02-01' }))
    expect(more.field).toBe('endsOn')
    // The last day is one's own last day, and ends when that does.
    expect(await letIn(place, { endsOn: '2027-11-21' })).toMatchObject({ outcome: 'given' })
    const [own, theirs] = [ada, place.priya].map(({ id }) => id)
    const { rows } = await world.stage.owner.query('select person_id, until_at from grants where person_id = any ($1)', [[own, theirs]])
    expect(rows.map(({ until_at }) => until_at.toISOString())).toEqual([inAYear(), inAYear()])
    const other = await stage('nothing')
    expect((await refusalOf(letIn({ ...place, acme: other.acme }, {}, ada))).code).toBe('not-found')
    expect((await refusalOf(letIn(place, { personId: other.priya.id }))).more.field).toBe('personId')
    expect((await refusalOf(letIn(place, { customerId: 'x' }))).code).toBe('not-found')
    await removeAccess(world.as(place.paula), {
      grantId: (await listGrants(world.as(ada), { side: 'received', state: 'active' })).find(({ person }) => person?.id === ada.id)
        ?.id as string,
    })
    expect(['not-allowed', 'not-found']).toContain((await refusalOf(letIn(place, { personId: place.omar.id }))).code)
    expect((await listColleaguesAt(world.as(ada), { customerId: acme.id })).letIn).toBeNull()
  })

  test('BX-15 C-A10 the customer forbids, is told, or is asked; only who gives access there chooses, and everybody who does is told', async () => {
    const place = await stage()
    const { paula, ingo, ada, priya, acme } = place
    const choose = (choice: 'forbid' | 'tell' | 'ask', by: TestPerson = paula) => chooseAboutColleagues(world.as(by), { choice })
    expect(await readColleagueChoice(world.as(paula))).toEqual({ choice: 'tell', chosen: false })
    expect((await refusalOf(choose('forbid', ingo))).code).toBe('not-allowed')
    expect((await refusalOf(choose('forbid', ada))).code).toMatch(/^not-/)
    await choose('forbid')
    expect((await refusalOf(choose('forbid'))).more.field).toBe('choice')
    const refusal = await refusalOf(letIn(place))
    expect([refusal.code, JSON.stringify(refusal.more)]).toEqual([
      'not-allowed',
      expect.stringContaining('Acme Robotics does not let partners'),
    ])
    expect(await rowOf(place, priya)).toMatchObject({ action: 'request' })
    await choose('ask')
    const asked = await letIn(place)
    expect(asked.outcome).toBe('asked')
    expect([await sees(priya, place.order), (await rowOf(place, priya))?.action]).toEqual([false, 'wait'])
    expect((await refusalOf(letIn(place))).code).toBe('overlaps')
    const [request] = await listAccessRequests(world.as(paula), { side: 'received', state: 'waiting' })
    await approveAccessRequest(world.as(paula), { requestId: request?.id as string, understood: true })
    expect([await sees(priya, place.order), (await rowOf(place, priya))?.action]).toEqual([true, 'edit'])
    await choose('tell')
    expect(await letIn(place, { personId: place.omar.id })).toMatchObject({ outcome: 'given' })
    const chosen = (await world.audit()).filter(({ what, customer_id }) => what === 'colleagues.chosen' && customer_id === acme.id)
    expect(chosen.map(({ detail }) => [detail['before'], detail['choice']])).toEqual([
      ['tell', 'forbid'],
      ['forbid', 'ask'],
      ['ask', 'tell'],
    ])
    expect((await lettersTo(paula)).filter(({ letter }) => letter === 'colleagues-chosen')).toHaveLength(3)
  })

  test('CD-052 who is no administrator meets their own state alone, and no icon', async () => {
    const place = await stage()
    await letIn(place)
    const { rows } = await listColleaguesAt(world.as(place.priya), { customerId: place.acme.id })
    expect(rows.map(({ person, hasAccess, action }) => [person.name, hasAccess, action])).toEqual([
      ['Ada Boss', null, 'none'],
      ['Omar Nasser', null, 'none'],
      ['Priya Raman', true, 'none'],
    ])
    expect((await refusalOf(listColleaguesAt(world.as((await stage()).priya), { customerId: place.acme.id }))).code).toBe('not-found')
  })

  test('the database itself lets in nobody with more, for longer, elsewhere or where it is forbidden', async () => {
    const place = await stage()
    const { ada, acme, larkfield, priya, paula } = place
    const insert = (values: { until?: string; level?: string | null; rights?: string; person?: string; customer?: string }) =>
      world.as(ada).writing('colleague:let_in', { kind: 'customer', id: acme.id }, async (tx) => {
        tx.record({ what: 'test', detail: {} })
        const { until = '2027-02-01', level = null, rights = 'orders', person = priya.id, customer = acme.id } = values
        await tx.sql
          .insertInto('grants')
          .values({
            customer_id: customer,
            partner_id: larkfield.id,
            person_id: person,
            level,
            rights: [rights],
            from_at: new Date(tx.now),
            until_at: new Date(until),
            confirmed_at: new Date(tx.now),
            given_by: ada.id,
            given_at: new Date(tx.now),
          })
          .execute()
        throw new Error('it went in')
      })
    const other = await stage('nothing')
    const policy = /row-level security/
    await expect(insert({})).rejects.toThrow('it went in')
    await expect(insert({ level: 'administrator' })).rejects.toThrow('it went in')
    await expect(insert({ until: '2028-02-01' })).rejects.toThrow(policy)
    await expect(insert({ rights: 'unknown' })).rejects.toThrow(policy)
    for (const person of [ada.id, paula.id, other.priya.id]) await expect(insert({ person })).rejects.toThrow(policy)
    await expect(insert({ customer: other.acme.id })).rejects.toThrow(policy)
  })

  /** A colleague is let in at the moment in which that is stopped; answers how the letting in ended. */
  async function race(round: number): Promise<string> {
    const place = await stage()
    const { paula, ada, priya, acme } = place
    const [own] = await listGrants(world.as(ada), { side: 'received', state: 'active' })
    const remove = () => removeAccess(world.as(paula), { grantId: own?.id as string })
    const stop = round % 2 === 0 ? remove : () => chooseAboutColleagues(world.as(paula), { choice: 'forbid' })
    const works = [() => letIn(place), stop]
    const started = round % 4 < 2 ? works : [...works].reverse()
    const results = await Promise.allSettled(started.map((work) => work()))
    const [letInEnd, stopEnd] = round % 4 < 2 ? results : [...results].reverse()
    const has = letInEnd?.status === 'fulfilled'
    const entries = (await world.audit()).filter(({ what, customer_id }) => what === 'colleague.let_in' && customer_id === acme.id)
    const told = (await lettersTo(priya)).length
    expect([round, stopEnd?.status, await sees(priya, place.order), told > 0, entries.length === 1]).toEqual([
      round,
      'fulfilled',
      has,
      has,
      has,
    ])
    // Whoever came first, nobody is let in after it.
    expect(['not-allowed', 'not-found']).toContain((await refusalOf(letIn(place, { personId: place.omar.id }))).code)
    return letInEnd?.status ?? ''
  }

  const rounds = 40
  test.skipIf(kind !== 'postgresql')(
    `BX-15 while the customer takes the administrator's own access away, or forbids it, a colleague is let in before that or not at all, ${rounds} times`,
    async () => {
      const ends = new Set<string>()
      for (let round = 0; round < rounds; round++) ends.add(await race(round))
      expect(ends.size).toBe(2)
    },
    300_000,
  )

  test('a request for the colleague that waits already is answered first', async () => {
    const place = await stage()
    await submitAccessRequest(world.as(place.ada), {
      customerId: place.acme.id,
      items: [{ personId: place.priya.id, rights: ['usage'] }],
      endsOn: '2027-02-01',
      reason: 'x',
    })
    expect((await refusalOf(letIn(place))).code).toBe('overlaps')
  })
})
