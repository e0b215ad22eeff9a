// Bad input of every kind gets one clear problem document, bugs say nothing, and the log holds no secret.
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type TestHttp, testHttp } from '../../../test/http.ts'
import { Refusal, refuseField } from '../../kernel/refusal.ts'
import { DatabaseAway, NoRoom } from '../db/errors.ts'
import { problemSchema, problems } from './problem.ts'
import type { Routes } from './routes.ts'

const canary = 'c4naryC4naryC4naryC4nary'
let http: TestHttp

const routes: Routes = (app) => {
  const thing = z.strictObject({
    name: z.string().min(1, 'Say a name.').max(10),
    count: z.int().max(5).optional(),
    tags: z.array(z.string()).max(2).optional(),
  })
  // A declared 400 that does not fit a problem document must not turn a 400 into a 500.
  const response = { 200: z.object({ name: z.string() }), 400: z.object({ impossible: z.literal(true) }) }
  app.post('/things', { schema: { body: thing, response } }, async (request) => ({ ...request.body, hidden: 'undeclared' }))
  app.get(
    '/things/:id',
    { schema: { params: z.object({ id: z.uuid() }), querystring: z.strictObject({ q: z.string().optional() }) } },
    async () => ({}),
  )
  app.get('/refusals/:code', { schema: { params: z.object({ code: z.string() }) } }, async (request) => {
    const code = request.params.code as Refusal['code']
    throw new Refusal(code, 'A sentence.', { because: ['one reason'], detail: { by: 'Ana' } })
  })
  app.get('/field', async () => refuseField('endsOn', 'That day is past.'))
  app.get('/bug', async () => {
    throw new TypeError(`boom ${canary} lk_${canary}`)
  })
  app.get('/wrong-answer', { schema: { response: { 200: z.object({ name: z.string() }) } } }, async () => ({ nothing: 1 }) as never)
  app.get('/away', async () => {
    throw new DatabaseAway('The database is away: ECONNREFUSED.')
  })
  app.get('/lost', async () => {
    throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' })
  })
  app.get('/full', async () => {
    throw new NoRoom('/secret/path', 1, 2)
  })
  app.post('/form', { config: { multipart: true } }, async (request) => {
    const file = await request.file()
    return { size: (await file?.toBuffer())?.length }
  })
  app.post('/session', { config: { limit: 'sign-in' } }, async () => ({}))
  app.post('/codes', { config: { limit: 'sign-in' } }, async () => ({}))
  app.post('/asks', { config: { limit: 'asking' } }, async () => ({}))
  app.post('/echo', async (request) => ({ body: request.body ?? null }))
}

beforeAll(async () => {
  http = await testHttp(routes)
})
afterAll(() => http.app.close())

const json = { 'content-type': 'application/json' }
const post = (url: string, payload: string | Buffer, headers: Record<string, string> = json) =>
  http.app.inject({ method: 'POST', url: `/api/v1${url}`, payload, headers })
const get = (url: string, headers: Record<string, string> = {}) => http.app.inject({ method: 'GET', url: `/api/v1${url}`, headers })

/** Asserts that the answer is a problem document of that code, and gives it. */
function problemIn(answer: Awaited<ReturnType<typeof get>>, code: keyof typeof problems) {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  const body = problemSchema.strict().parse(answer.json())
  expect(body).toMatchObject({
    code,
    status: problems[code].status,
    type: `urn:latchkey:problem:${code}`,
    ref: answer.headers['x-request-id'],
  })
  expect(answer.statusCode).toBe(problems[code].status)
  return body
}

test('a good request is answered with the declared fields alone', async () => {
  const answer = await post('/things', '{"name":"one"}')
  expect([answer.statusCode, answer.json()]).toEqual([200, { name: 'one' }])
})

const badBodies: [string, string | Buffer, string | undefined, RegExp][] = [
  ['a missing field', '{}', 'name', /missing/],
  ['an empty text', '{"name":""}', 'name', /Say a name/],
  ['a text that is too long', '{"name":"12345678901"}', 'name', /At most 10 characters/],
  ['a wrong type', '{"name":7}', 'name', /Expected string, found number/],
  ['a number with a fraction', '{"name":"a","count":1.5}', 'count', /Expected int/],
  ['a number that is too large', '{"name":"a","count":6}', 'count', /At most 5/],
  ['a list that is too long', '{"name":"a","tags":["a","b","c"]}', 'tags', /At most 2 items/],
  ['a wrong type inside a list', '{"name":"a","tags":["a",1]}', 'tags.1', /Expected string/],
  ['an unknown field', '{"name":"a","nmae":"b"}', 'nmae', /no such field/],
  ['no object', '[]', '', /Expected object/],
  ['no body', '', '', /missing/],
  ['broken JSON', '{"name":', undefined, /not valid JSON/],
  ['a prototype in the body', '{"name":"a","__proto__":{"x":1}}', undefined, /not valid JSON/],
  ['a null byte', '{"name":"a\\u0000b"}', undefined, /null byte/],
  ['a null byte in a key', '{"name":"a","b\\u0000":1}', undefined, /null byte/],
  ['half a character', '{"name":"\\ud83d"}', undefined, /half a character/],
  ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), undefined, /UTF-8/],
  ['UTF-8 longer than it must be', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), undefined, /UTF-8/],
  ['bottomless nesting', '['.repeat(100_000) + ']'.repeat(100_000), undefined, /nested deeper/],
]

for (const [what, body, field, sentence] of badBodies) {
  test(`${what} is refused with 400${field ? ` naming ${field}` : ''}`, async () => {
    const problem = problemIn(await post('/things', body), 'invalid-input')
    expect(problem.field).toBe(field)
    expect(problem.detail).toMatch(sentence)
  })
}

test('every wrong field is named at once', async () => {
  const problem = problemIn(await post('/things', '{"name":"","count":9,"x":1}'), 'invalid-input')
  expect(problem.fields?.map(({ field }) => field).sort()).toEqual(['count', 'name', 'x'])
})

test('a body beyond one megabyte is refused with 413, before it is read', async () => {
  problemIn(await post('/things', `{"name":"${'x'.repeat(1_100_000)}"}`), 'too-large')
})

test('content that is no JSON in UTF-8 is refused with 415', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'application/jsonp',
    'application/json; charset=latin1',
  ])
    problemIn(await post('/things', '{"name":"a"}', { 'content-type': type }), 'wrong-media-type')
  expect((await post('/things', '{"name":"a"}', { 'content-type': 'application/json; charset=UTF-8' })).statusCode).toBe(200)
})

test('a form with files is taken only where a route takes it, and up to the file limit', async () => {
  const form = (size: number) =>
    `--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${'x'.repeat(size)}\r\n--b--\r\n`
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  problemIn(await post('/things', form(3), headers), 'wrong-media-type')
  expect((await post('/form', form(2_000_000), headers)).json()).toEqual({ size: 2_000_000 })
  problemIn(await post('/form', form(11 * 1024 * 1024), headers), 'too-large')
  problemIn(await post('/form', '{}'), 'wrong-media-type')
})

test('a broken address, a null byte in it and an unknown query field are refused with 400', async () => {
  for (const url of ['/things/%ff', '/things/a%00b', `/things/${randomUUID()}?q=%ff`, `/things/${randomUUID()}?q=a%00`])
    problemIn(await get(url), 'invalid-input')
  expect(problemIn(await get(`/things/${randomUUID()}?w=1`), 'invalid-input').field).toBe('w')
})

test('what cannot be an id, an address that is not there and a method that it has not answer alike: 404', async () => {
  problemIn(await get('/things/7'), 'not-found')
  problemIn(await get('/nothing'), 'not-found')
  problemIn(await http.app.inject({ method: 'DELETE', url: '/api/v1/things' }), 'not-found')
})

test('every refusal has its status, sentence, reasons and facts', async () => {
  const codes = Object.keys(problems).filter((code) => !['bug', 'wrong-media-type'].includes(code)) as (keyof typeof problems)[]
  for (const code of codes) {
    const problem = problemIn(await get(`/refusals/${code}`), code)
    expect(problem).toMatchObject({ detail: 'A sentence.', because: ['one reason'], facts: { by: 'Ana' } })
  }
  expect(problemIn(await get('/field'), 'invalid-input')).toMatchObject({ field: 'endsOn', detail: 'That day is past.' })
  expect((await get('/refusals/not-signed-in')).headers['www-authenticate']).toBe('Bearer')
})

test('a bug answers 500 with a reference and nothing of itself; the log line has the reference', async () => {
  for (const url of ['/bug', '/wrong-answer']) {
    const answer = await get(url)
    const problem = problemIn(answer, 'bug')
    expect(answer.body).not.toMatch(/boom|TypeError|schema|nothing": ?1/)
    const line = http.log.map((text) => JSON.parse(text)).find((entry) => entry.msg === 'a bug' && entry.requestId === problem.ref)
    expect(line.err.stack).toContain(url === '/bug' ? 'create-http' : 'ResponseSerializationError')
  }
})

test('a database that is away answers 503 and says when to come back; a full disk answers 507 without naming the directory', async () => {
  for (const url of ['/away', '/lost']) {
    const answer = await get(url)
    expect(problemIn(answer, 'away').detail).not.toContain('ECONNREFUSED')
    expect(answer.headers['retry-after']).toBe('5')
  }
  const full = await get('/full')
  problemIn(full, 'no-room')
  expect(full.body).not.toContain('/secret/path')
})

test('a harmless X-Request-ID comes back, anything else is replaced', async () => {
  expect((await get('/nothing', { 'x-request-id': 'trace-1.a:b' })).headers['x-request-id']).toBe('trace-1.a:b')
  for (const id of ['a b', 'x'.repeat(129), '<script>', 'é'])
    expect((await get('/nothing', { 'x-request-id': id })).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
})

test('a change asked for with a cookie must come from a page of this portal', async () => {
  const cookie = 'latchkey_session=abc'
  const echo = async (headers: Record<string, string>) => (await post('/echo', '{}', { ...json, ...headers })).statusCode
  expect(await echo({ cookie })).toBe(403)
  expect(await echo({ cookie: `a=b; __Host-${cookie}` })).toBe(403)
  expect(await echo({ cookie, 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await echo({ cookie, 'sec-fetch-site': 'same-site' })).toBe(403)
  expect(await echo({ cookie, origin: 'https://evil.example' })).toBe(403)
  expect(await echo({ cookie, origin: 'null' })).toBe(403)
  expect(await echo({ cookie, 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' })).toBe(403)
  // Without a cookie a foreign page could still sign a visitor in as somebody else.
  expect(await echo({ origin: 'https://evil.example' })).toBe(403)
  expect(await echo({ cookie, 'sec-fetch-site': 'same-origin' })).toBe(200)
  expect(await echo({ cookie, origin: 'http://localhost:3000' })).toBe(200)
  expect(await echo({ cookie, origin: 'http://127.0.0.1:4000', host: '127.0.0.1:4000' })).toBe(200)
  expect(await echo({})).toBe(200)
  expect(await echo({ authorization: 'Bearer lk_x', origin: 'https://elsewhere.example' })).toBe(200)
  // What a proxy in front asks for is no key: the cookie counts, and so does the page.
  expect(await echo({ cookie, authorization: 'Basic dXNlcjpwYXNz', origin: 'https://evil.example' })).toBe(403)
  expect(await echo({ cookie, authorization: '', origin: 'https://evil.example' })).toBe(403)
  problemIn(await post('/echo', '{}', { ...json, cookie }), 'not-allowed')
})

test('tries are limited per address, together over the routes of a limit, and other limits go on', async () => {
  const { app } = await testHttp(routes, {}, { LATCHKEY_SIGN_IN_RATE: '3', LATCHKEY_ASKING_RATE: '1', LATCHKEY_TRUST_PROXY: '127.0.0.1' })
  const tryOn = (url: string, from = '10.1.1.1') =>
    app.inject({ method: 'POST', url: `/api/v1${url}`, headers: { 'x-forwarded-for': from } })
  for (const url of ['/session', '/codes', '/session']) expect((await tryOn(url)).statusCode).toBe(200)
  const refused = await tryOn('/codes')
  problemIn(refused, 'too-many')
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await tryOn('/asks')).statusCode).toBe(200)
  expect((await tryOn('/session', '10.1.1.2')).statusCode).toBe(200)
  expect((await tryOn('/echo')).statusCode).toBe(200)
  await app.close()
})

test('X-Forwarded-For is believed from a named proxy alone', async () => {
  const { app } = await testHttp(routes, {}, { LATCHKEY_SIGN_IN_RATE: '1' })
  const tryFrom = async (from: string) =>
    (await app.inject({ method: 'POST', url: '/api/v1/session', headers: { 'x-forwarded-for': from } })).statusCode
  expect([await tryFrom('10.1.1.1'), await tryFrom('10.1.1.2')]).toEqual([200, 429])
  await app.close()
})

test('our own API refuses at the start a route that would let unknown fields pass', async () => {
  const loose: Routes = (app) => void app.post('/loose', { schema: { body: z.object({ a: z.string() }) } }, async () => ({}))
  await expect(testHttp(loose)).rejects.toThrow(/POST \/api\/v1\/loose: body must be z.strictObject/)
})

test('no key, cookie, code or body reaches the log', async () => {
  const { app, log } = await testHttp(routes)
  await app.inject({
    method: 'POST',
    url: `/api/v1/echo?token=${canary}`,
    headers: { ...json, authorization: `Bearer lk_${canary}`, cookie: `latchkey_session=${canary}` },
    payload: JSON.stringify({ code: canary, text: canary }),
  })
  await app.inject({ method: 'GET', url: `/api/v1/nothing?code=${canary}`, headers: { 'x-request-id': `${canary} with spaces` } })
  await app.inject({ method: 'GET', url: '/api/v1/bug' })
  await app.close()
  expect(log.join('')).toContain('"msg":"answered"')
  expect(log.join('').replaceAll(`boom ${canary}`, 'boom')).not.toContain(canary)
})

test('what is not HTTP at all gets a problem document too', async () => {
  const { app } = await testHttp(routes)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address() as { port: number }
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(address.port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'))
    let text = ''
    socket.on('data', (data) => {
      text += data
    })
    socket.on('close', () => resolve(text))
  })
  expect(answer).toMatch(/^HTTP\/1.1 400 /)
  expect(problemSchema.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).code).toBe('invalid-input')
  await app.close()
})

test('a server that closes answers what is under way, and tells whoever keeps the connection that it ends', async () => {
  let arrived: () => void = () => undefined
  const underWay = new Promise<void>((tell) => (arrived = tell))
  const { app } = await testHttp((own) => {
    own.get('/slow', async () => {
      arrived()
      await closing
      return {}
    })
  })
  let closes: () => void = () => undefined
  const closing = new Promise<void>((tell) => (closes = tell))
  app.addHook('preClose', async () => closes())
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as { port: number }
  const answer = fetch(`http://127.0.0.1:${port}/api/v1/slow`)
  await underWay
  const closed = app.close()
  const { status, headers } = await answer
  expect([status, headers.get('connection')]).toEqual([200, 'close'])
  await closed
})
