// Notices: who gets them by level, what each may choose, and what becomes of them when the right to them ends.
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../../../test/world.ts'
import { applyDefinition } from '../../context/portal-definition.ts'
import { readDefinition } from '../../definition/read.ts'
import { createDelivery, type Delivery } from '../letters/delivery.ts'
import { openRecord } from '../service-requests/open-record.ts'
import { chooseNotice } from './choose-notice.ts'
import { listMyNotices } from './list-my-notices.ts'
import type { Way } from './rules.ts'
import { sendNotice } from './send-notice.ts'

describe.each(databaseKinds)('notices on %s', (kind) => {
  let world: World
  let delivery: Delivery
  let acme: TestOrganization
  let larkfield: TestOrganization
  let operator: TestPerson
  let dana: TestPerson
  let cora: TestPerson
  let priya: TestPerson
  let tom: TestPerson

  beforeAll(async () => {
    world = await createWorld(kind)
    delivery = createDelivery(world.house, { smtpUrl: undefined, from: 'portal@vendor.example' })
    acme = await world.customer()
    larkfield = await world.partner()
    operator = await world.person(world.vendor, 'Olga Stein', ['operator'])
    dana = await world.person(acme, 'Dana Lee', ['contact_manager'])
    cora = await world.person(acme, 'Cora Diaz', ['contact'])
    priya = await world.person(larkfield, 'Priya Raman', ['consultant'])
    tom = await world.person(larkfield, 'Tom Okafor', ['consultant'])
  })
  afterAll(async () => {
    await delivery?.stop()
    await world?.close()
  })
  afterEach(async () => {
    for (const table of ['outbox', 'grants', 'notice_choices']) await world.stage.owner.query(`delete from ${table}`)
  })

  const send = (notice: string) =>
    sendNotice(world.as(operator), { notice, customerIds: [acme.id], subject: 'Work on Sunday', text: 'The site is away from 8 to 9.' })
  const choose = (who: TestPerson, notice: string, way: Way) => chooseNotice(world.as(who), { customerId: acme.id, notice, way })
  const open = (by: TestPerson) =>
    openRecord(world.as(by), { kind: 'service_request', customerId: acme.id, title: 'Robot arm stops', description: 'It stops.' })
  /** Who would have got a letter: without a mail server what goes out is held. */
  const delivered = async (letter?: string) => {
    await delivery.settle()
    const letters = (await world.letters()).filter((one) => one.state === 'held' && (letter === undefined || one.letter === letter))
    return letters.map(({ to }) => to).sort()
  }
  const emails = (...people: TestPerson[]) => people.map(({ email }) => email).sort()
  const offeredTo = async (who: TestPerson) =>
    Object.fromEntries(
      ((await listMyNotices(world.as(who))).items[0]?.notices ?? []).map(({ code, way, ways }) => [code, [way, ways.includes('none')]]),
    )

  test('OR-026 OR-032 OR-036 whoever has Look, Update or Create gets the notices about the site by itself; copied in only gets none', async () => {
    for (const level of ['look', 'update', 'create', 'full_admin']) {
      const grant = await world.grant(acme, larkfield, level)
      await send('site')
      expect([level, await delivered('notice')]).toEqual([level, emails(dana, cora, priya, tom)])
      await world.stage.owner.query('delete from grants where id = $1', [grant.id])
      await world.stage.owner.query('delete from outbox')
    }
    await world.grant(acme, priya, 'cc')
    expect(await send('site')).toEqual({ items: [{ customer: { id: acme.id, name: 'Acme Robotics' }, letters: 2 }] })
    expect(await delivered('notice')).toEqual(emails(dana, cora))
  })

  test('a notice that waits reaches nobody whose access ended meanwhile', async () => {
    const grant = await world.grant(acme, larkfield, 'look')
    await send('site')
    await world.stage.owner.query(`update grants set ended_at = $2, end_kind = 'removed' where id = $1`, [grant.id, world.clock.at])
    expect(await delivered('notice')).toEqual(emails(dana, cora))
    expect(
      (await world.letters())
        .filter(({ state }) => state === 'dropped')
        .map(({ to }) => to)
        .sort(),
    ).toEqual(emails(priya, tom))
  })

  test('OR-107 whoever may submit or change requests keeps the notices about site and hosting; updates and mailings each may decline', async () => {
    for (const notice of ['site', 'hosting']) {
      for (const contact of [dana, cora]) await expect(choose(contact, notice, 'none')).rejects.toMatchObject({ code: 'not-allowed' })
      await send(notice)
    }
    expect(await delivered('notice')).toEqual(emails(dana, cora, dana, cora))
    await world.stage.owner.query('delete from outbox')
    for (const notice of ['updates', 'mailings']) {
      await choose(cora, notice, 'none')
      await send(notice)
    }
    expect(await delivered('notice')).toEqual(emails(dana, dana))
    expect(await offeredTo(cora)).toEqual({
      site: ['mail', false],
      hosting: ['mail', false],
      updates: ['none', true],
      mailings: ['none', true],
      answers: ['mail', false],
    })
  })

  test('a partner that only looks may decline notices about the site, and gets them again from the level on that has to know', async () => {
    const look = await world.grant(acme, larkfield, 'look')
    await choose(priya, 'site', 'none')
    await send('site')
    expect(await delivered('notice')).toEqual(emails(dana, cora, tom))
    await world.stage.owner.query('delete from outbox')
    await world.stage.owner.query('delete from grants where id = $1', [look.id])
    await world.grant(acme, larkfield, 'update')
    await expect(choose(priya, 'site', 'none')).rejects.toMatchObject({ code: 'not-allowed' })
    await send('site')
    expect(await delivered('notice')).toEqual(emails(dana, cora, priya, tom))
  })

  test('OR-067 OR-068 a partner that may read all chooses to hear of each new request, for itself alone; copied in only is not offered it', async () => {
    await world.grant(acme, larkfield, 'look')
    await choose(priya, 'new_request', 'mail')
    await open(cora)
    expect(await delivered('record-opened')).toEqual(emails(cora, priya))
    await world.stage.owner.query('delete from grants')
    await world.grant(acme, larkfield, 'cc')
    expect(Object.keys(await offeredTo(priya))).toEqual(['answers', 'ends_soon'])
    await expect(choose(tom, 'new_request', 'mail')).rejects.toMatchObject({ code: 'not-found' })
    await expect(choose(tom, 'no_such_notice', 'mail')).rejects.toMatchObject({ code: 'not-found' })
    await open(cora)
    expect((await delivered('record-opened')).filter((to) => to === priya.email)).toHaveLength(1)
  })

  test('OR-069 the choice is changed and ended at any time, also for a letter that waits', async () => {
    await world.grant(acme, larkfield, 'look')
    await choose(priya, 'new_request', 'mail')
    await open(cora)
    await choose(priya, 'new_request', 'none')
    expect(await delivered('record-opened')).toEqual(emails(cora))
    await open(cora)
    expect(await delivered('record-opened')).toEqual(emails(cora, cora))
    await choose(priya, 'new_request', 'mail')
    await open(cora)
    expect(await delivered('record-opened')).toEqual(emails(cora, cora, cora, priya))
    expect((await world.audit()).filter(({ what, customer_id: id }) => what === 'notice.chosen' && id !== null)).toEqual([])
  })

  test('whoever opens a request, and whoever gets the same letter anyway, hears of it once', async () => {
    await world.grant(acme, larkfield, 'create')
    for (const who of [priya, dana]) await choose(who, 'new_request', 'mail')
    await open(priya)
    expect(await delivered('record-opened')).toEqual(emails(dana, priya))
  })

  test('OR-045 hosting notices reach no partner until the definition says so; then they do, and nobody has done anything', async () => {
    await world.grant(acme, larkfield, 'look')
    await send('hosting')
    expect(await delivered('notice')).toEqual(emails(dana, cora))
    const { source } = world.house.law
    const before = readDefinition(source, 'portal.yaml')
    try {
      await inForce(source.replace('\n    not_yet_for: [partner]', ''))
      await world.stage.owner.query('delete from outbox')
      await send('hosting')
      expect(await delivered('notice')).toEqual(emails(dana, cora, priya, tom))
    } finally {
      await inForce(before.source)
    }
  })
  /** Puts a definition in force as the operator does: every later question is decided by it. */
  async function inForce(source: string) {
    const client = await world.stage.owner.connect()
    try {
      await applyDefinition(client, readDefinition(source, 'portal.yaml'))
    } finally {
      client.release()
    }
  }

  test('the daily digest takes what was chosen for it, once a day, and nothing that may no longer be read', async () => {
    await world.grant(acme, larkfield, 'look')
    for (const notice of ['new_request', 'site']) await choose(priya, notice, 'digest')
    const first = await open(cora)
    await send('site')
    expect(await delivered('daily-digest')).toEqual([])
    world.passDays(1)
    expect(await delivered('daily-digest')).toEqual(emails(priya))
    const [digest] = (await world.letters()).filter(({ letter }) => letter === 'daily-digest')
    expect(digest?.subject).toBe('Meridia: your daily digest, 2 letters')
    expect(digest?.body_text).toContain(first.number)
    expect(digest?.body_text).toContain('The site is away from 8 to 9.')
    world.passDays(1)
    expect(await delivered('daily-digest')).toEqual(emails(priya))

    await open(cora)
    await send('site')
    await delivery.settle()
    await world.stage.owner.query('delete from grants')
    world.passDays(1)
    expect(await delivered('daily-digest')).toEqual(emails(priya))
  })

  test('a digest whose parts may not all be read when it is sent is put together anew without those', async () => {
    const [look] = [await world.grant(acme, larkfield, 'look'), await world.grant(await world.customer('Borea'), larkfield, 'look')]
    const borea = (await listMyNotices(world.as(priya))).items.find(({ customer }) => customer.name === 'Borea')?.customer.id ?? ''
    for (const customerId of [acme.id, borea]) await chooseNotice(world.as(priya), { customerId, notice: 'site', way: 'digest' })
    await sendNotice(world.as(operator), { notice: 'site', customerIds: [acme.id, borea], subject: 'Work', text: 'On Sunday.' })
    await delivery.settle()
    world.passDays(1)
    await delivery.settle()
    const [held] = (await world.stage.owner.query(`select id from outbox where letter = 'daily-digest'`)).rows
    await world.stage.owner.query(`update outbox set state = 'waiting', next_attempt_at = created_at where id = $1`, [held.id])
    await world.stage.owner.query(`update grants set ended_at = $2, end_kind = 'removed' where id = $1`, [look.id, world.clock.at])
    await delivery.settle()
    const digests = (await world.letters()).filter(({ letter }) => letter === 'daily-digest')
    expect(digests.map(({ state, subject }) => [state, subject]).sort()).toEqual([
      ['dropped', 'Meridia: your daily digest, 2 letters'],
      ['held', 'Meridia: your daily digest, 1 letter'],
    ])
    expect(digests.find(({ state }) => state === 'held')?.body_text).not.toContain('Acme')
  })

  test('only the vendor writes notices, to customers that there are, of a kind that is written', async () => {
    const input = { notice: 'site', customerIds: [acme.id], subject: 'x', text: 'x' }
    for (const who of [dana, priya]) await expect(sendNotice(world.as(who), input)).rejects.toMatchObject({ code: 'not-allowed' })
    for (const wrong of [{ notice: 'new_request' }, { notice: 'nothing' }, { customerIds: ['x'] }, { customerIds: [] }, { text: ' ' }])
      await expect(sendNotice(world.as(operator), { ...input, ...wrong })).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await world.letters()).toEqual([])
  })

  test('the portal that has no levels reads its notices from its own definition', () => {
    const portal = (name: string) => readDefinition(readFileSync(new URL(`../../../portals/${name}.yaml`, import.meta.url), 'utf8'), name)
    expect(['telephony-account', 'managed-services'].map((name) => portal(name).rules.has('notice:site'))).toEqual([true, true])
  })
})
