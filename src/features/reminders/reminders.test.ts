// Reminders before an access ends and before a request lapses: to both sides, once each, whatever becomes of the runners.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../../../test/world.ts'
import { addDays, addMilliseconds, dayInWords, endOfDay, type LocalDate, localDateOf, startOfDay } from '../../kernel/instant.ts'
import { approveAccessRequest } from '../access-requests/approve-access-request.ts'
import { denyAccessRequest } from '../access-requests/deny-access-request.ts'
import { listAccessRequests } from '../access-requests/list-access-requests.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { changeAccess } from '../grants/change-access.ts'
import { createDelivery, type Delivery } from '../letters/delivery.ts'
import { chooseNotice } from '../subscriptions/choose-notice.ts'
import { remindOfEnds } from './remind-of-ends.ts'
import { remindOfRequests } from './remind-of-requests.ts'
import { tellOfEnds } from './tell-of-ends.ts'

describe.each(databaseKinds)('reminders on %s', (kind) => {
  let world: World
  let delivery: Delivery
  let acme: TestOrganization
  let larkfield: TestOrganization
  let dana: TestPerson
  let priya: TestPerson
  let tom: TestPerson
  let ada: TestPerson

  beforeAll(async () => {
    world = await createWorld(kind)
    delivery = createDelivery(world.house, { smtpUrl: undefined, from: 'portal@vendor.example' })
    acme = await world.customer('Acme Robotics', 'Pacific/Auckland')
    larkfield = await world.partner('Larkfield')
    dana = await world.person(acme, 'Dana Lee', ['contact_manager'])
    await world.person(acme, 'Cora Diaz', ['contact'])
    priya = await world.person(larkfield, 'Priya Raman', ['consultant'])
    tom = await world.person(larkfield, 'Tom Okafor', ['consultant'])
    ada = await world.person(larkfield, 'Ada Moss', ['partner_administrator'])
  })
  afterAll(async () => {
    await delivery?.stop()
    await world?.close()
  })
  afterEach(async () => {
    for (const table of ['outbox', 'reminders', 'notice_choices', 'access_request_items'])
      await world.stage.owner.query(`delete from ${table}`)
    await world.stage.owner.query('update grants set request_id = null, replaces = null')
    for (const table of ['grants', 'access_requests']) await world.stage.owner.query(`delete from ${table}`)
  })

  const runner = () => world.asActor({ kind: 'system', task: 'remind' })
  const remind = () => remindOfEnds(runner())
  const today = () => localDateOf(world.clock.at, acme.timeZone)
  const on = (day: LocalDate) => world.setClock(addMilliseconds(startOfDay(day, acme.timeZone), 3_600_000))
  /** An access of a year from today, and its last day. */
  const yearLong = async (to: TestOrganization | TestPerson, level = 'look') => {
    const lastDay = addDays(today(), 365)
    const grant = await world.grant(acme, to, level, { until: endOfDay(lastDay, acme.timeZone), from: world.clock.at, givenBy: dana })
    return { id: grant.id, lastDay }
  }
  const written = async () =>
    (await world.letters())
      .filter(({ letter }) => letter === 'access-ends-soon')
      .map(({ to, subject }) => `${to}: ${subject}`)
      .sort()
  const to = (people: TestPerson[], words: string) =>
    people.map(({ email }) => `${email}: Larkfield's access to Acme Robotics ends ${words}`).sort()
  const forget = () => world.stage.owner.query('delete from outbox')

  test('both sides are reminded 30, 7 and 1 days before the end, once each, in the days of the customer', async () => {
    const { lastDay } = await yearLong(larkfield)
    for (let left = 33; left >= 0; left--) {
      on(addDays(lastDay, -left))
      await remind()
      const everybody = to([dana, priya, tom, ada], left === 1 ? 'in 1 day' : `in ${left} days`)
      expect([left, await written()]).toEqual([left, [30, 7, 1].includes(left) ? everybody : []])
      await remind()
      expect((await written()).length).toBe([30, 7, 1].includes(left) ? 4 : 0)
      await forget()
    }
    on(addDays(lastDay, 1))
    expect([await remind(), await written()]).toEqual([0, []])
  })

  test('a person is reminded of their own access, with the administrators of the partner; it says what is left and how to go on', async () => {
    const { lastDay } = await yearLong(tom, 'update')
    await world.grant(acme, larkfield, 'look', { until: endOfDay(addDays(lastDay, 60), acme.timeZone) })
    on(addDays(lastDay, -7))
    await remind()
    expect(await written()).toEqual(to([dana, tom, ada], 'in 7 days'))
    const letters = await world.letters()
    const text = (who: TestPerson) => letters.find((one) => one.to === who.email)?.body_text ?? ''
    expect(text(tom)).toContain('Tom Okafor still has: See all requests until')
    expect(text(tom)).toContain('ask Acme Robotics to extend it')
    expect(text(dana)).toContain('extend it')
    expect(text(dana)).toMatch(/\/access\/[0-9a-f-]{36}/)
    expect((await world.audit()).filter(({ what }) => what === 'grant.reminded').slice(-1)).toMatchObject([
      { customer_id: acme.id, detail: { days: 7, person: 'Tom Okafor' } },
    ])
  })

  test('whoever is reached by an access for everyone is not told what a colleague has by name', async () => {
    const { lastDay } = await yearLong(larkfield)
    await world.grant(acme, tom, 'full_admin', { until: endOfDay(addDays(lastDay, 60), acme.timeZone) })
    on(addDays(lastDay, -1))
    await remind()
    const text = async (who: TestPerson) => (await world.letters()).find((one) => one.to === who.email)?.body_text ?? ''
    expect([(await text(priya)).includes('Tom Okafor'), (await text(ada)).includes('Tom Okafor')]).toEqual([false, true])
  })

  test('many that end together are one letter to whoever oversees them', async () => {
    const { lastDay } = await yearLong(tom)
    await world.grant(acme, priya, 'update', { until: endOfDay(lastDay, acme.timeZone), from: world.clock.at })
    on(addDays(lastDay, -30))
    await remind()
    expect(await written()).toEqual(to([dana, ada, tom, priya], 'in 30 days'))
  })

  test('two runners at once, and one that starts anew, remind once', async () => {
    const { lastDay } = await yearLong(larkfield)
    on(addDays(lastDay, -7))
    const counts = await Promise.all([remind(), remind(), remindOfEnds(runner())])
    expect(counts.reduce((sum, one) => sum + one)).toBe(1)
    expect(await written()).toHaveLength(4)
    expect(await remind()).toBe(0)
  })

  test('runners that were dead for weeks remind once, of the days that are left; an access ends meanwhile as it would have', async () => {
    const { lastDay } = await yearLong(larkfield)
    on(addDays(lastDay, -4))
    await remind()
    expect(await written()).toEqual(to([dana, priya, tom, ada], 'in 4 days'))
    await forget()
    on(addDays(lastDay, -3))
    expect([await remind(), await written()]).toEqual([0, []])
    on(lastDay)
    await remind()
    expect(await written()).toEqual(to([dana, priya, tom, ada], 'today'))
    on(addDays(lastDay, 1))
    const { decision } = await world
      .as(ada)
      .reading('self:manage', { kind: 'self' }, (tx) => tx.canThey(priya.id, 'service_request:open', { kind: 'customer', id: acme.id }))
    expect(decision.allowed).toBe(false)
  })

  test('an extension in between ends the reminders of the old end, also those that wait, and begins new ones', async () => {
    const { id, lastDay } = await yearLong(tom)
    on(addDays(lastDay, -30))
    await remind()
    expect(await written()).toHaveLength(3)
    const longer = addDays(lastDay, 100)
    await changeAccess(world.as(dana), { grantId: id, endsOn: longer, understood: true })
    await delivery.settle()
    const sent = (await world.letters()).filter(({ letter }) => letter === 'access-ends-soon').map(({ state }) => state)
    expect(sent).toEqual(['dropped', 'dropped', 'dropped'])
    await forget()
    for (const left of [7, 1]) {
      on(addDays(lastDay, -left))
      await remind()
    }
    expect(await written()).toEqual([])
    on(addDays(longer, -30))
    await remind()
    expect(await written()).toEqual(to([dana, tom, ada], 'in 30 days'))
  })

  test('nobody is reminded on the day on which access was given, or of what is not confirmed', async () => {
    await world.grant(acme, tom, 'look', { from: world.clock.at, until: endOfDay(addDays(today(), 5), acme.timeZone) })
    await world.grant(acme, priya, 'look', { confirmed: false, until: endOfDay(addDays(today(), 5), acme.timeZone) })
    expect([await remind(), await written()]).toEqual([0, []])
  })

  test('a reminder waits for the digest where its reader wants that, and cannot be declined', async () => {
    const { lastDay } = await yearLong(tom)
    const chosen = { customerId: acme.id, notice: 'ends_soon' }
    await expect(chooseNotice(world.as(tom), { ...chosen, way: 'none' })).rejects.toMatchObject({ code: 'not-allowed' })
    await chooseNotice(world.as(tom), { ...chosen, way: 'digest' })
    on(addDays(lastDay, -30))
    await remind()
    await delivery.settle()
    const states = async () => Object.fromEntries((await world.letters()).map((one) => [`${one.letter} ${one.to}`, one.state]))
    expect(await states()).toEqual({
      [`access-ends-soon ${tom.email}`]: 'gathered',
      [`access-ends-soon ${dana.email}`]: 'held',
      [`access-ends-soon ${ada.email}`]: 'held',
    })
    world.passDays(1)
    await delivery.settle()
    expect(await states()).toMatchObject({ [`access-ends-soon ${tom.email}`]: 'digested', [`daily-digest ${tom.email}`]: 'held' })
  })

  const tell = () => tellOfEnds(runner())
  const endedLetters = async () => (await world.letters()).filter(({ letter }) => letter === 'access-ended')
  const textTo = async (who: TestPerson) => (await endedLetters()).find((one) => one.to === who.email)?.body_text ?? ''

  test('when an access has ended by its date both sides are told once, by several runners, with what is left and how it comes back', async () => {
    const { id, lastDay } = await yearLong(tom, 'update')
    await world.grant(acme, larkfield, 'look', { until: endOfDay(addDays(lastDay, 60), acme.timeZone) })
    on(lastDay)
    expect([await tell(), await endedLetters()]).toEqual([0, []])
    on(addDays(lastDay, 1))
    const counts = await Promise.all([tell(), tell(), tell()])
    expect([counts.reduce((sum, one) => sum + one), await tell()]).toEqual([1, 0])
    expect((await endedLetters()).map(({ to: address, subject }) => `${address}: ${subject}`).sort()).toEqual(
      [dana, tom, ada].map(({ email }) => `${email}: Larkfield's access to Acme Robotics has ended`).sort(),
    )
    const left = `Tom Okafor still has: See all requests until ${dayInWords(addDays(lastDay, 60))}, like everyone at Larkfield.`
    for (const who of [dana, tom, ada]) {
      expect(await textTo(who)).toContain(`lost access to Acme Robotics at the end of ${dayInWords(lastDay)}. It ended by its date`)
      expect(await textTo(who)).toContain(left)
      expect(await textTo(who)).toContain(`/access/${id}`)
    }
    expect([await textTo(dana), await textTo(tom)]).toEqual([
      expect.stringContaining('give it again'),
      expect.stringContaining('ask Acme Robotics for access again'),
    ])
    expect((await world.audit()).filter(({ what }) => what === 'grant.ended')).toMatchObject([
      { customer_id: acme.id, detail: { person: 'Tom Okafor', endsOn: lastDay } },
    ])
    await delivery.settle()
    expect((await endedLetters()).map(({ state }) => state)).toEqual(['held', 'held', 'held'])
  })

  test('that the access of everyone has ended tells nobody what a colleague has by name, and says when nothing is left', async () => {
    const { lastDay } = await yearLong(larkfield)
    await world.grant(acme, tom, 'full_admin', { until: endOfDay(addDays(lastDay, 60), acme.timeZone) })
    on(addDays(lastDay, 1))
    expect(await tell()).toBe(1)
    expect([(await textTo(priya)).includes('Tom Okafor'), (await textTo(ada)).includes('Tom Okafor still has')]).toEqual([false, true])
    expect(await textTo(priya)).toContain('You have no access to Acme Robotics any more, unless it was given to you by name.')
  })

  test('what was removed or given again before, was never confirmed, or ended long ago is not told as ended', async () => {
    const { id, lastDay } = await yearLong(tom)
    const { id: again } = await yearLong(priya)
    await world.grant(acme, ada, 'look', { confirmed: false, until: endOfDay(lastDay, acme.timeZone) })
    await yearLong(larkfield)
    on(addDays(lastDay, -1))
    await world.stage.owner.query(
      "update grants set ended_at = $2, end_kind = case when id = $1 then 'removed' else 'replaced' end where id in ($1, $3)",
      [id, world.clock.at, again],
    )
    on(addDays(lastDay, 40))
    expect([await tell(), await endedLetters()]).toEqual([0, []])
    on(addDays(lastDay, 20))
    expect(await tell()).toBe(1)
  })

  const ask = (endsOn: LocalDate) =>
    submitAccessRequest(world.as(priya), {
      contactManagerEmail: dana.email,
      items: [{ personId: priya.id, level: 'update' }],
      endsOn,
      reason: 'The move to version 9.',
    })
  const lapseLetters = async () => (await world.letters()).filter(({ letter }) => letter === 'access-request-lapses-soon')

  test('BX-18 whoever may answer is reminded once before a request lapses, and not of one that is answered', async () => {
    const { id } = await ask(addDays(today(), 200))
    world.passDays(26)
    expect(await remindOfRequests(runner())).toBe(0)
    world.passDays(1)
    expect(await Promise.all([remindOfRequests(runner()), remindOfRequests(runner())])).toEqual(expect.arrayContaining([0, 1]))
    expect((await lapseLetters()).map((letter) => [letter.to, letter.subject])).toEqual([
      [dana.email, 'Larkfield waits for an answer about Acme Robotics: the request lapses in 3 days'],
    ])
    await denyAccessRequest(world.as(dana), { requestId: id })
    await delivery.settle()
    expect((await lapseLetters()).map(({ state }) => state)).toEqual(['dropped'])
    expect(await remindOfRequests(runner())).toBe(0)
  })

  test("BX-17 a request's clock and a grant's clock are two: both are shown, and what is given counts from the answer", async () => {
    const asked = localDateOf(world.clock.at, larkfield.timeZone)
    const lapsesOn = addDays(asked, 30)
    const endsOn = addDays(asked, 200)
    const { id } = await ask(endsOn)
    const shown = async (who: TestPerson, side: 'asked' | 'received') =>
      (await listAccessRequests(world.as(who), { side, state: 'all' })).find((one) => one.id === id)
    for (const [who, side] of [
      [priya, 'asked'],
      [dana, 'received'],
    ] as const)
      expect(await shown(who, side)).toMatchObject({ endsOn, lapsesOn })
    const letter = (await world.letters()).find(({ to: address }) => address === dana.email)
    expect(letter?.body_text).toContain(`until ${dayInWords(endsOn)}`)
    expect(letter?.body_text).toContain(`If nobody answers by ${dayInWords(lapsesOn)}, the request lapses.`)
    world.passDays(20)
    await approveAccessRequest(world.as(dana), { requestId: id, understood: true })
    const [grant] = (await world.stage.owner.query<{ from_at: Date; until_at: Date }>('select from_at, until_at from grants')).rows
    expect(grant).toEqual({ from_at: new Date(world.clock.at), until_at: new Date(endOfDay(endsOn, acme.timeZone)) })
    world.passDays(20)
    expect((await shown(dana, 'received'))?.state).toBe('approved')
  })
})
