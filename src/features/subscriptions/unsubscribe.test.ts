// One click in a mail program declines such letters: by a real mail server, without signing in, and by nobody who only opens the link.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { startTestServer, type TestServer } from '../../../test/server.ts'
import { type SmtpSink, smtpSink } from '../../../test/smtp-sink.ts'
import type { TestOrganization, TestPerson } from '../../../test/world.ts'
import { addMilliseconds } from '../../kernel/instant.ts'

describe.each(databaseKinds)('unsubscribing on %s', (kind) => {
  let server: TestServer
  let sink: SmtpSink
  let acme: TestOrganization
  let cora: TestPerson
  let dana: TestPerson

  beforeAll(async () => {
    sink = await smtpSink()
    server = await startTestServer(kind, { SMTP_URL: sink.url, LATCHKEY_PUBLIC_URL: 'https://portal.vendor.example' })
    acme = await server.customer('Acme Robotics')
    cora = await server.person(acme, 'Cora Diaz', ['contact'])
    dana = await server.person(acme, 'Dana Lee', ['contact_manager'])
  })
  afterEach(async () => {
    for (const table of ['outbox', 'notice_choices', 'grants']) await server.stageOwner.query(`delete from ${table}`)
    sink.letters.length = 0
  })
  afterAll(async () => {
    await server?.close()
    await sink?.stop()
  })

  const send = async (notice: string) => {
    const body = { notice, customerIds: [acme.id], subject: 'Work on Sunday', text: 'The site is away from 8 to 9.' }
    const { status } = await server.withBearer()('POST', '/api/v1/notices', body)
    expect(status).toBe(202)
    await server.settle()
  }
  const letterTo = (who: TestPerson) =>
    sink.letters.filter(({ to, subject }) => to?.[0]?.address === who.email && !/code/.test(subject ?? '')).at(-1)
  const header = (who: TestPerson, key: string) => letterTo(who)?.headers.find((one) => one.key === key)?.value
  /** The address as a mail program finds it, on the server of the test. */
  const addressTo = (who: TestPerson) => {
    const url = /^<https:\/\/portal\.vendor\.example(\/unsubscribe\?token=[A-Za-z0-9_-]{43})>$/.exec(
      header(who, 'list-unsubscribe') ?? '',
    )?.[1]
    if (url === undefined) throw new Error(`no such header: ${header(who, 'list-unsubscribe')}`)
    return url
  }
  const click = (address: string, type = 'application/x-www-form-urlencoded') =>
    server.nobody('POST', address, 'List-Unsubscribe=One-Click', { 'content-type': type })
  const choices = async () =>
    (
      await server.stageOwner.query<{ person_id: string; notice: string; way: string }>('select * from notice_choices order by notice')
    ).rows.map(({ person_id, notice, way }) => [
      person_id === cora.id ? 'Cora' : person_id === dana.id ? 'Dana' : 'somebody else',
      notice,
      way,
    ])
  const entries = async () => (await server.audit()).filter(({ what }) => what === 'notice.unsubscribed')

  test('OR-107 one click ends such letters for whoever got it and for nobody else, however often, with one entry in the history', async () => {
    await send('mailings')
    expect(header(cora, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    const address = addressTo(cora)
    for (let times = 0; times < 3; times++) expect(await click(address)).toMatchObject({ status: 200, body: { unsubscribed: true } })
    expect(await choices()).toEqual([['Cora', 'mailings', 'none']])
    expect(await entries()).toMatchObject([
      { customer_id: null, detail: { person: 'Cora Diaz', customer: 'Acme Robotics', notice: expect.any(String), way: 'none' } },
    ])
    sink.letters.length = 0
    await send('mailings')
    expect(sink.letters.map(({ to }) => to?.[0]?.address)).toEqual([dana.email])
  })

  test('a form of several parts and many clicks at once do the same, once', async () => {
    const before = (await entries()).length
    await send('mailings')
    const parts = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    const asParts = () => server.nobody('POST', addressTo(cora), parts, { 'content-type': 'multipart/form-data; boundary=x' })
    const answers = await Promise.all([asParts(), asParts(), click(addressTo(cora)), click(addressTo(cora))])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect([await choices(), (await entries()).length - before]).toEqual([[['Cora', 'mailings', 'none']], 1])
  })

  test('whoever looks through the eyes of somebody, or whose look is over, declines by the letter as ever', async () => {
    const larkfield = await server.partner('Larkfield')
    await server.relationship(acme, larkfield)
    await server.grant(acme, larkfield, 'look')
    const asDana = await server.signIn(dana)
    expect((await asDana('POST', '/api/v1/me/look', { partnerId: larkfield.id, personId: null })).status).toBe(201)
    for (const code of ['looking', 'look-over']) {
      await send('mailings')
      expect((await asDana('PATCH', '/api/v1/me', { language: 'de' })).body.code).toBe(code)
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const answer = await asDana('POST', addressTo(cora), 'List-Unsubscribe=One-Click', form)
      expect([answer.status, answer.body, await choices()]).toEqual([200, { unsubscribed: true }, [['Cora', 'mailings', 'none']]])
      await server.stageOwner.query('delete from notice_choices')
      server.setClock(addMilliseconds(server.clock.at, 16 * 60_000))
    }
  })

  test('opening the link changes nothing, whoever opens it and however', async () => {
    await send('mailings')
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      for (const accept of ['text/html', '*/*']) await server.nobody(method, addressTo(cora), undefined, { accept })
    const foreign = { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' }
    expect((await server.nobody('POST', addressTo(cora), 'List-Unsubscribe=One-Click', foreign)).status).toBe(403)
    expect(await choices()).toEqual([])
  })

  test('a token that is forged, cut off, missing, another kind of link or old is one answer', async () => {
    await send('mailings')
    const address = addressTo(cora)
    const { rows } = await server.stageOwner.query<{ token_hash: string }>('select token_hash from unsubscribings limit 1')
    const wrong = [`${address}A`, address.slice(0, -1), `/unsubscribe?token=${'A'.repeat(43)}`, '/unsubscribe?token=', '/unsubscribe']
    const kept = `/unsubscribe?token=${rows[0]?.token_hash}`
    const answers = [...(await Promise.all([...wrong, kept].map((one) => click(one))))]
    server.passDays(61)
    answers.push(await click(address))
    server.passDays(-61)
    const said = answers.map(({ status, body }) => JSON.stringify([status, body.title, body.detail, body.code]))
    expect([answers[0]?.status, new Set(said).size, await choices()]).toEqual([404, 1, []])
    expect(await click(address)).toMatchObject({ status: 200 })
  })

  test('no letter that tells of access, of an answer or of what one may not decline has it', async () => {
    await send('site')
    const larkfield = await server.partner('Larkfield')
    await server.relationship(acme, larkfield)
    const priya = await server.person(larkfield, 'Priya Raman', ['consultant'])
    const asDana = await server.signIn(dana)
    await asDana('POST', '/api/v1/grants', {
      partnerId: larkfield.id,
      personIds: [priya.id],
      level: 'look',
      endsOn: '2027-02-01',
      reason: 'The move to version 9.',
      understood: true,
    })
    await server.settle()
    expect(sink.letters.map(({ subject }) => subject).filter((subject) => /Work on Sunday|gave/.test(subject ?? ''))).toHaveLength(4)
    expect(sink.letters.flatMap(({ headers }) => headers.filter(({ key }) => key.startsWith('list-')))).toEqual([])
    // Whoever only looks may decline what a customer's own people may not.
    sink.letters.length = 0
    await send('site')
    expect([header(dana, 'list-unsubscribe'), addressTo(priya)]).toEqual([undefined, expect.any(String)])
  })

  test('a subscription ends by its letter, and may be chosen again; the letter then ends it anew', async () => {
    const asDana = await server.signIn(dana)
    const chosen = (way: string) => asDana('PUT', `/api/v1/me/notifications/${acme.id}/new_request`, { way })
    expect((await chosen('mail')).status).toBe(200)
    await (await server.signIn(cora))('POST', '/api/v1/records/service_request', {
      customerId: acme.id,
      title: 'Arm stops',
      description: 'It stops.',
    })
    await server.settle()
    const address = addressTo(dana)
    await click(address)
    expect(await choices()).toEqual([['Dana', 'new_request', 'none']])
    await chosen('mail')
    await click(address)
    expect(await choices()).toEqual([['Dana', 'new_request', 'none']])
  })

  test('a digest ends what of it may be declined, also what waits for the next one; the rest still comes', async () => {
    const asCora = await server.signIn(cora)
    for (const notice of ['mailings', 'updates', 'site'])
      await asCora('PUT', `/api/v1/me/notifications/${acme.id}/${notice}`, { way: 'digest' })
    for (const notice of ['mailings', 'site']) await send(notice)
    server.passDays(1)
    await server.settle()
    expect(letterTo(cora)?.subject).toMatch(/daily digest/)
    await send('mailings')
    await click(addressTo(cora))
    expect(await choices()).toEqual([
      ['Cora', 'mailings', 'none'],
      ['Cora', 'site', 'digest'],
      ['Cora', 'updates', 'digest'],
    ])
    sink.letters.length = 0
    server.passDays(1)
    await server.settle()
    expect(letterTo(cora)).toBeUndefined()
    await send('site')
    server.passDays(1)
    await server.settle()
    expect([letterTo(cora)?.subject, header(cora, 'list-unsubscribe')]).toEqual([expect.stringMatching(/daily digest/), undefined])
  })

  test('one network address has a limit of tries', async () => {
    const slow = await startTestServer('embedded', { LATCHKEY_ASKING_RATE: '3' })
    const statuses = []
    for (let tries = 0; tries < 5; tries++) statuses.push((await slow.nobody('POST', '/unsubscribe?token=x', {})).status)
    expect(statuses).toEqual([404, 404, 404, 429, 429])
    await slow.close()
  })
})
