// Signing in with a mailed code, over HTTP, on each database.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { type PortalHttp, portalHttp } from '../../../test/portal-http.ts'
import { createWorld, type TestPerson, type World, worldStart } from '../../../test/world.ts'

describe.each(databaseKinds)('signing in with a mailed code on %s', (kind) => {
  let world: World
  let http: PortalHttp
  let dana: TestPerson
  beforeAll(async () => {
    world = await createWorld(kind)
    http = await portalHttp(world)
  })
  beforeEach(async () => {
    world.setClock(worldStart)
    dana = await world.person(await world.customer(), 'Dana Lee', ['contact_manager'])
  })
  afterAll(async () => {
    await http.app.close()
    await world.close()
  })

  const minutes = (count: number) => world.setClock(new Date(Date.parse(world.clock.at) + count * 60_000).toISOString())
  const tryCode = (email: string, code: string) => http.send('POST', '/sign-in/sessions', {}, { email, code })
  const wrong = (code: string) => `${code.slice(0, 8)}${(Number(code.at(-1)) + 1) % 10}`
  const sessions = async (person: TestPerson) =>
    (await world.stage.owner.query('select * from sessions where person_id = $1', [person.id])).rows
  const refusal = { status: 400, code: 'invalid-input', field: 'code' }

  test('the code from the letter signs in, and the answer is the person', async () => {
    const code = await http.askForCode(dana.email)
    const answer = await tryCode(dana.email.toUpperCase(), ` ${code.replace('-', ' ')} `)
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({
      person: { id: dana.id, name: 'Dana Lee' },
      organization: { side: 'customer' },
      roles: ['contact_manager'],
    })
    const me = await http.send('GET', '/me', { cookie: http.tokenOf(answer) })
    expect(me.json()).toEqual(answer.json())
  })

  test('the letter holds the code and a link that only shows the page, and does not say who asked', async () => {
    await http.askForCode(dana.email)
    const letter = (await world.letters()).at(-1)
    expect(letter?.subject).toBe('Your code to sign in to Meridia')
    expect(letter?.body_text).toMatch(/Code +\d{4}-\d{4}/)
    expect(letter?.body_text).toContain(`http://localhost:3000/sign-in?email=${encodeURIComponent(dana.email)}`)
    expect(letter?.body_text).not.toContain('Test/1.0')
    expect(letter?.body_text).not.toContain('127.0.0.1')
  })

  test('known, unknown and left addresses get the same answers and leave the same traces; a letter goes to the known alone', async () => {
    const left = await world.person(await world.customer(), 'Left', ['contact'])
    await world.stage.owner.query('update memberships set until_at = $1 where person_id = $2', [world.clock.at, left.id])
    const suspended = await world.person(await world.partner(), 'Suspended', ['consultant'])
    await world.stage.owner.query('update organizations set suspended_at = $1 where id = $2', [world.clock.at, suspended.organization.id])
    const unknown = `nobody.${randomUUID()}@example.com`
    const shown = ({ statusCode, body, headers }: Awaited<ReturnType<typeof tryCode>>) => {
      const { 'x-request-id': _id, date: _date, ...kept } = headers
      const stable = Object.entries(kept).filter(([name]) => !name.startsWith('x-ratelimit'))
      return { statusCode, body: body.replace(/"ref":"[^"]*"/, ''), stable }
    }
    const seen = []
    for (const email of [dana.email, unknown, left.email, suspended.email]) {
      const lettersBefore = (await world.letters()).length
      const asked = await http.send('POST', '/sign-in/codes', {}, { email })
      const tried = [await tryCode(email, '0000-0000'), await tryCode(email, '0000-0001')]
      for (let more = 0; more < 4; more++) expect((await http.send('POST', '/sign-in/codes', {}, { email })).statusCode).toBe(202)
      const tooMany = await http.send('POST', '/sign-in/codes', {}, { email })
      expect(tooMany.statusCode).toBe(429)
      const { rows } = await world.stage.owner.query('select attempts from sign_in_codes where email = $1 order by attempts', [email])
      expect((await world.letters()).length - lettersBefore).toBe(email === dana.email ? 5 : 0)
      seen.push({ answers: [asked, ...tried, tooMany].map(shown), rows })
    }
    expect(seen[0]?.answers.map(({ statusCode }) => statusCode)).toEqual([202, 400, 400, 429])
    for (const other of seen.slice(1)) expect(other).toEqual(seen[0])
  })

  test('an address has five codes an hour, and again after the hour', async () => {
    for (let count = 0; count < 5; count++) await http.askForCode(dana.email)
    const tooMany = await http.send('POST', '/sign-in/codes', {}, { email: dana.email })
    expect(tooMany.json()).toMatchObject({ status: 429, code: 'too-many' })
    expect((await world.audit()).at(-1)).toMatchObject({ what: 'sign_in.too_many', detail: { person: 'Dana Lee' } })
    const tom = await world.person(dana.organization, 'Tom', ['contact'])
    await http.signIn(tom)
    minutes(60)
    await http.signIn(dana)
  })

  test('a code counts for ten minutes and not at their end', async () => {
    const code = await http.askForCode(dana.email)
    minutes(10)
    expect((await tryCode(dana.email, code)).json()).toMatchObject(refusal)
    const next = await http.askForCode(dana.email)
    minutes(9.99)
    expect((await tryCode(dana.email, next)).statusCode).toBe(201)
  })

  test('a code counts once', async () => {
    const code = await http.askForCode(dana.email)
    expect((await tryCode(dana.email, code)).statusCode).toBe(201)
    expect((await tryCode(dana.email, code)).json()).toMatchObject(refusal)
    expect(await sessions(dana)).toHaveLength(1)
  })

  test('only the newest code counts, also of two from the same instant', async () => {
    const [older, newer] = [await http.askForCode(dana.email), await http.askForCode(dana.email)]
    expect((await tryCode(dana.email, older)).json()).toMatchObject(refusal)
    expect((await tryCode(dana.email, newer)).statusCode).toBe(201)
  })

  test('five wrong answers end a code: the right one is refused then, and a new code works', async () => {
    const code = await http.askForCode(dana.email)
    for (let count = 0; count < 5; count++) expect((await tryCode(dana.email, wrong(code))).json()).toMatchObject(refusal)
    expect((await tryCode(dana.email, code)).json()).toMatchObject(refusal)
    minutes(1)
    await http.signIn(dana)
  })

  test('four wrong answers do not', async () => {
    const code = await http.askForCode(dana.email)
    for (let count = 0; count < 4; count++) await tryCode(dana.email, wrong(code))
    expect((await tryCode(dana.email, code)).statusCode).toBe(201)
  })

  test("a code opens nobody else's address", async () => {
    const tom = await world.person(dana.organization, 'Tom', ['contact'])
    const code = await http.askForCode(dana.email)
    await http.askForCode(tom.email)
    expect((await tryCode(tom.email, code)).json()).toMatchObject(refusal)
    expect(await sessions(tom)).toEqual([])
  })

  test('somebody who leaves between the letter and the answer is not signed in', async () => {
    const code = await http.askForCode(dana.email)
    await world.stage.owner.query('update memberships set until_at = $1 where person_id = $2', [world.clock.at, dana.id])
    expect((await tryCode(dana.email, code)).json()).toMatchObject(refusal)
    expect(await sessions(dana)).toEqual([])
  })

  test('of many who use one right code at once, one is signed in', async () => {
    const code = await http.askForCode(dana.email)
    const answers = await Promise.all(Array.from({ length: 5 }, () => tryCode(dana.email, code)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 400, 400, 400, 400])
    expect(await sessions(dana)).toHaveLength(1)
  })

  test('of many who guess at once, five count', async () => {
    const code = await http.askForCode(dana.email)
    const answers = await Promise.all(Array.from({ length: 8 }, () => tryCode(dana.email, wrong(code))))
    expect(answers.every(({ statusCode }) => statusCode === 400 || statusCode === 409)).toBe(true)
    const { rows } = await world.stage.owner.query('select attempts from sign_in_codes where email = $1', [dana.email])
    expect(rows).toEqual([{ attempts: Math.min(5, answers.filter(({ statusCode }) => statusCode === 400).length) }])
  })

  test('neither code nor token stands in a table in the clear, in the audit, or in the log', async () => {
    const code = await http.askForCode(dana.email)
    const token = http.tokenOf(await tryCode(dana.email, code))
    await http.send('GET', '/me', { cookie: token })
    expect(token).toHaveLength(43)
    const dump = async (table: string) => JSON.stringify((await world.stage.owner.query(`select * from ${table}`)).rows)
    const kept = (await Promise.all(['sign_in_codes', 'sessions', 'audit_entries'].map(dump))).join('') + http.log.join('')
    for (const secret of [token, code, code.replace('-', '')]) expect(kept).not.toContain(secret)
    expect(kept).toContain('session.started')
  })

  test.each([
    [{ email: 'dana' }, 'email'],
    [{ email: 'dana@lookаlike.example' }, 'email'],
    [{ email: `${'x'.repeat(400)}@example.com` }, 'email'],
    [{ email: 7 }, 'email'],
    [{}, 'email'],
    [{ email: 'dana@example.com', password: 'x' }, 'password'],
    [{ email: 'dana@example.com\u0000' }, undefined],
  ])('%j is refused as no address', async (body, field) => {
    const answer = await http.send('POST', '/sign-in/codes', {}, body)
    expect(answer.json()).toMatchObject({ status: 400, code: 'invalid-input', ...(field ? { field } : {}) })
  })

  test.each(['1234567', '123456789', 'abcdefgh', '', '1'.repeat(500)])('%s is refused as no code', async (code) => {
    expect((await tryCode(dana.email, code)).json()).toMatchObject(refusal)
  })

  test('one network address has so many tries a minute, whatever it tries', async () => {
    const narrow = await portalHttp(world, { env: { LATCHKEY_SIGN_IN_RATE: '3' } })
    const tries = [
      await narrow.send('POST', '/sign-in/codes', {}, { email: dana.email }),
      await narrow.send('POST', '/sign-in/sessions', {}, { email: dana.email, code: '0000-0000' }),
      await narrow.send('POST', '/sign-in/passkey-challenges', {}, {}),
      await narrow.send('POST', '/sign-in/codes', {}, { email: `unknown.${randomUUID()}@example.com` }),
    ]
    expect(tries.map(({ statusCode }) => statusCode)).toEqual([202, 400, 200, 429])
    await narrow.app.close()
  })
})
