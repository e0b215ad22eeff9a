import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCall } from './call.ts'
import { createClient } from './client.ts'
import { Problem } from './problem.ts'

let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {}
const server = createServer((request, response) => handle(request, response))
let baseUrl: string

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const answer = (status: number, type: string, body: string) => {
  handle = (_, response) => response.writeHead(status, { 'content-type': type, 'x-request-id': 'ref-1' }).end(body)
}

async function problemIn(promise: Promise<unknown>): Promise<Problem> {
  const problem = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(problem instanceof Problem)) throw new Error(`not refused: ${String(problem)}`)
  return problem
}

test('a call sends the key and the query, and leaves out what is not given', async () => {
  let seen: { url: string | undefined; key: string | undefined } | undefined
  handle = (request, response) => {
    seen = { url: request.url, key: request.headers.authorization }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[],"next":null,"total":0}')
  }
  await createClient({ baseUrl, key: 'lk_1' }).records.list('service_request', { customer: 'a b', q: '', limit: 10 })
  expect(seen).toEqual({ url: '/api/v1/records/service_request?customer=a+b&limit=10', key: 'Bearer lk_1' })
})

test('a refusal is a Problem with its field, its reasons and the reference', async () => {
  answer(
    400,
    'application/problem+json',
    '{"title":"Wrong","status":400,"code":"invalid-input","detail":"Too late.","field":"endsOn","because":["it is over"]}',
  )
  const problem = await problemIn(createCall({ baseUrl }).send('POST', '/api/v1/grants', {}))
  expect([problem.status, problem.code, problem.message, problem.fields, problem.because, problem.ref]).toEqual([
    400,
    'invalid-input',
    'Too late.',
    [{ field: 'endsOn', sentence: 'Too late.' }],
    ['it is over'],
    'ref-1',
  ])
})

test('an answer that is no problem document is one all the same, and so is no answer at all', async () => {
  answer(502, 'text/html', '<h1>Bad gateway</h1>')
  expect((await problemIn(createCall({ baseUrl }).get('/x'))).code).toBe('unreadable')
  const gone = await problemIn(createCall({ baseUrl: 'http://127.0.0.1:1' }).get('/x'))
  expect([gone.status, gone.code]).toEqual([0, 'unreachable'])
})

test('lines of an NDJSON answer arrive one by one, also when they are cut in the middle of a letter', async () => {
  const bytes = Buffer.from('{"name":"Jürgen"}\n\n{"done":true}')
  handle = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.write(bytes.subarray(0, 11))
    setImmediate(() => response.end(bytes.subarray(11)))
  }
  const lines: unknown[] = []
  for await (const line of createCall({ baseUrl }).lines('GET', '/api/v1/export')) lines.push(line)
  expect(lines).toEqual([{ name: 'Jürgen' }, { done: true }])
})
