// The outbox is emptied into a real mail server: once each, again after trouble, never to somebody who may no longer read it.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { type SmtpSink, smtpSink } from '../../../test/smtp-sink.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../../../test/world.ts'
import { letterContent } from '../../platform/mail/letter.ts'
import { createMailServer } from '../../platform/mail/smtp.ts'
import { deliverLetters } from './deliver-letters.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import { batchSize, triesWhenRejected, wiped } from './rules.ts'
import { deliveryContext } from './system.ts'

for (const kind of databaseKinds) {
  let world: World
  let sink: SmtpSink
  let delivery: Delivery
  let acme: TestOrganization
  let larkfield: TestOrganization
  let dana: TestPerson
  let priya: TestPerson

  beforeAll(async () => {
    world = await createWorld(kind)
    sink = await smtpSink()
    acme = await world.customer()
    larkfield = await world.partner()
    dana = await world.person(acme, 'Dana Lee', ['contact_manager'])
    priya = await world.person(larkfield, 'Priya Raman', ['consultant'])
    delivery = createDelivery(world.house, { smtpUrl: sink.url, from: 'Portal <portal@vendor.example>' })
  })
  afterAll(async () => {
    await delivery?.stop()
    await sink?.stop()
    await world?.close()
  })
  afterEach(async () => {
    sink.answerWith(undefined)
    sink.letters.length = 0
    await world.stage.owner.query('delete from outbox')
  })

  interface Posted {
    letter?: string
    subject?: string
    onlyIf?: unknown
    text?: string
  }
  /** Puts a letter into the outbox as a feature's committed work does. */
  async function post(
    to: TestPerson,
    { letter = 'grant-given', subject = 'Hello', onlyIf, text = 'You have access.' }: Posted = {},
  ): Promise<string> {
    const content = letterContent({ subject, lines: [text] })
    const { rows } = await world.stage.owner.query<{ id: string }>(
      `insert into outbox (to_person_id, letter, subject, body_text, body_html, customer_id, partner_id, only_if, thread, created_at, next_attempt_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'grant/1', $9, $9) returning id`,
      [
        to.id,
        letter,
        content.subject,
        content.text,
        content.html,
        acme.id,
        larkfield.id,
        onlyIf ? JSON.stringify(onlyIf) : null,
        world.clock.at,
      ],
    )
    return rows[0]!.id
  }
  const state = async (id: string) =>
    (
      await world.stage.owner.query<{
        state: string
        attempts: number
        last_error: string | null
        body_text: string
        message_id: string | null
        next_attempt_at: Date
      }>('select * from outbox where id = $1', [id])
    ).rows[0]!
  const passMinutes = (minutes: number) => world.passDays(minutes / 1440)

  test(`a letter arrives once, at the address that the person has now (${kind})`, async () => {
    const id = await post(dana)
    await world.stage.owner.query(`update people set email = 'dana.new@acme.example' where id = $1`, [dana.id])
    await delivery.settle()
    await delivery.settle()
    expect(sink.letters.map(({ to, subject, messageId }) => [to?.[0]?.address, subject, messageId])).toEqual([
      ['dana.new@acme.example', 'Hello', `<${id}@vendor.example>`],
    ])
    expect(await state(id)).toMatchObject({ state: 'sent', attempts: 1, message_id: `<${id}@vendor.example>` })
  })

  test(`while the mail server is down letters wait, and they are delivered when it is back (${kind})`, async () => {
    await sink.stop()
    const ids = [await post(dana), await post(priya)]
    await delivery.settle()
    for (const id of ids)
      expect(await state(id)).toMatchObject({ state: 'waiting', attempts: 1, last_error: expect.stringContaining('ECONNREFUSED') })
    await delivery.settle()
    expect((await state(ids[0]!)).attempts).toBe(1)
    await sink.start()
    passMinutes(1)
    await delivery.settle()
    expect(sink.letters).toHaveLength(2)
    for (const id of ids) expect(await state(id)).toMatchObject({ state: 'sent', attempts: 2, last_error: null })
  })

  test(`a letter that the mail server refuses is given up after ${triesWhenRejected} tries, and the operator's history alone says so (${kind})`, async () => {
    sink.answerWith(550)
    const id = await post(priya)
    for (let attempt = 1; attempt <= triesWhenRejected; attempt++) {
      expect((await state(id)).state).toBe('waiting')
      await delivery.settle()
      passMinutes(60)
    }
    expect(await state(id)).toMatchObject({ state: 'dead', attempts: triesWhenRejected, last_error: '550 refused here' })
    const dead = (await world.audit()).filter(({ what }) => what === 'letter.dead')
    expect(dead).toMatchObject([
      { customer_id: null, partner_id: null, detail: { letter: 'grant-given', to: 'Priya Raman', reason: '550 refused here' } },
    ])
    sink.answerWith(undefined)
    await delivery.settle()
    expect(sink.letters).toHaveLength(0)
  })

  test(`a letter is dropped when its recipient may no longer see what it is about (${kind})`, async () => {
    const record = await world.record(acme)
    const grant = await world.grant(acme, larkfield, 'look')
    const onlyIf = { action: 'service_request:read', on: { kind: 'record', recordKind: 'service_request', id: record.id } }
    const [before, after] = [await post(priya, { onlyIf }), await post(priya, { onlyIf })]
    await world.stage.owner.query(`update outbox set next_attempt_at = next_attempt_at + interval '1 minute' where id = $1`, [after])
    await delivery.settle()
    await world.stage.owner.query(`update grants set ended_at = $2, end_kind = 'removed' where id = $1`, [grant.id, world.clock.at])
    passMinutes(2)
    await delivery.settle()
    expect(sink.letters).toHaveLength(1)
    expect([(await state(before)).state, (await state(after)).state]).toEqual(['sent', 'dropped'])
  })

  test(`a letter to somebody who has left every organization is dropped (${kind})`, async () => {
    const left = await world.person(larkfield, 'Tom Okafor', ['consultant'])
    const id = await post(left)
    await world.stage.owner.query('update memberships set until_at = $2 where person_id = $1', [left.id, world.clock.at])
    await delivery.settle()
    expect([sink.letters.length, (await state(id)).state]).toEqual([0, 'dropped'])
  })

  test(`a code is wiped once it is sent, and no longer sent once it has ended (${kind})`, async () => {
    const secret = { letter: 'sign-in-code', text: 'Your code is 1234-5678.' }
    const sent = await post(dana, secret)
    await delivery.settle()
    expect(sink.letters[0]?.text).toContain('1234-5678')
    await sink.stop()
    const late = await post(dana, secret)
    await delivery.settle()
    expect((await state(late)).body_text).toContain('1234-5678')
    await sink.start()
    passMinutes(15)
    await delivery.settle()
    expect(sink.letters).toHaveLength(1)
    for (const [id, is] of [
      [sent, 'sent'],
      [late, 'dropped'],
    ] as const)
      expect(await state(id)).toMatchObject({ state: is, body_text: wiped })
  })

  test(`two deliveries at once send every letter once (${kind})`, async () => {
    const ids = await Promise.all(Array.from({ length: batchSize * 2 }, () => post(dana)))
    const other = createDelivery(world.house, { smtpUrl: sink.url, from: 'portal@vendor.example' })
    await Promise.all([delivery.settle(), other.settle()])
    await other.stop()
    expect(sink.letters.map(({ messageId }) => messageId).sort()).toEqual(ids.map((id) => `<${id}@vendor.example>`).sort())
  })

  test(`what a server took along into its death is sent again after a while, under the same Message-ID (${kind})`, async () => {
    const id = await post(dana)
    const mail = createMailServer(sink.url, 'portal@vendor.example')
    const dies = {
      ...mail,
      send: async (letter: Parameters<typeof mail.send>[0]) => mail.send(letter).then(() => Promise.reject(new Error('killed'))),
    }
    await expect(deliverLetters(deliveryContext({ house: world.house, requestRef: 'test' }), dies)).rejects.toThrow('killed')
    await delivery.settle()
    expect(sink.letters).toHaveLength(1)
    passMinutes(6)
    await delivery.settle()
    mail.close()
    expect(sink.letters.map(({ messageId }) => messageId)).toEqual([`<${id}@vendor.example>`, `<${id}@vendor.example>`])
    expect((await state(id)).state).toBe('sent')
  })

  test(`without a mail server letters are held, and nothing is sent later by itself (${kind})`, async () => {
    const holding = createDelivery(world.house, { smtpUrl: undefined, from: 'portal@vendor.example' })
    const id = await post(dana)
    await holding.settle()
    await holding.stop()
    expect(await state(id)).toMatchObject({ state: 'held' })
    passMinutes(60)
    await delivery.settle()
    expect(sink.letters).toHaveLength(0)
  })

  test(`health names letters that nobody delivers, and metrics count letters by state (${kind})`, async () => {
    await post(dana)
    expect(await delivery.trouble()).toBeUndefined()
    expect(await delivery.counts()).toEqual({ waiting: 1, gathered: 0, digested: 0, sent: 0, held: 0, dropped: 0, dead: 0 })
    passMinutes(11)
    expect(await delivery.trouble()).toMatch(/due for more than ten minutes/)
    await delivery.settle()
    expect(await delivery.trouble()).toBeUndefined()
  })

  test(`an idle outbox is looked at without writing anything (${kind})`, async () => {
    const before = (await world.audit()).length
    await delivery.settle()
    expect((await world.audit()).length).toBe(before)
  })
}
