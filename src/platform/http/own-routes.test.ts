// What every server answers: health, metrics, the description of the API, the interface's files; all of it also while the database is away.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { testHttp } from '../../../test/http.ts'
import { giveContext } from '../../context/on-request.ts'
import { DatabaseAway } from '../db/errors.ts'
import { createMetrics } from '../metrics/metrics.ts'
import type { HealthCheck } from './health.ts'
import { problemSchema } from './problem.ts'
import { addRoutes, type Routes } from './routes.ts'

const good: HealthCheck = { name: 'room', check: async () => undefined }
const bad: HealthCheck = { name: 'letters', check: async () => 'nobody delivers them' }
const away: HealthCheck = {
  name: 'database',
  check: async () => {
    throw new DatabaseAway('The database is away: connect ECONNREFUSED 10.9.8.7:5432.')
  },
}

async function ready(checks: HealthCheck[], url = '/readyz') {
  const { app } = await testHttp(undefined, { checks })
  const answer = await app.inject(url)
  const alive = await app.inject('/livez')
  await app.close()
  expect([alive.statusCode, alive.body]).toEqual([200, 'alive\n'])
  return [answer.statusCode, answer.body]
}

test('/readyz is 200 when every check is well, and prints every line when asked', async () => {
  expect(await ready([good])).toEqual([200, 'ready\n'])
  expect(await ready([good], '/readyz?verbose')).toEqual([200, 'room: ok\nready\n'])
})

test('/readyz is 503 and names what is wrong, without the address of the database; /livez stays 200', async () => {
  expect(await ready([good, bad, away])).toEqual([503, 'letters: nobody delivers them\ndatabase: does not answer\nnot ready\n'])
  expect(await ready([good, away], '/readyz?verbose')).toEqual([503, 'room: ok\ndatabase: does not answer\nnot ready\n'])
})

const scrape = async (env: Record<string, string>, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') => {
  const { app } = await testHttp(undefined, {}, env)
  const answer = await app.inject({ url: '/metrics', headers: { host: 'localhost:3000', ...headers }, remoteAddress })
  await app.close()
  return answer
}

test('/metrics answers the same machine alone while it has no key, and nobody without the key when it has one', async () => {
  expect((await scrape({})).statusCode).toBe(200)
  expect((await scrape({}, {}, '10.0.0.7')).statusCode).toBe(404)
  expect((await scrape({}, { 'x-forwarded-for': '10.0.0.7' })).statusCode).toBe(404)
  const env = { LATCHKEY_METRICS_KEY: 'q8Zk2Wv7Lr4Tz9Nx' }
  expect((await scrape(env)).statusCode).toBe(404)
  expect((await scrape(env, { authorization: 'Bearer q8Zk2Wv7Lr4Tz9Ny' })).statusCode).toBe(404)
  expect((await scrape(env, { authorization: 'Bearer q8Zk2Wv7Lr4Tz9Nx' }, '10.0.0.7')).statusCode).toBe(200)
})

test('requests are counted by pattern and status, and gauges are read at the moment of the question', async () => {
  const metrics = createMetrics()
  metrics.gauge({ name: 'letters', says: 'Letters.', label: 'state', read: () => ({ waiting: 3 }) })
  metrics.gauge({ name: 'broken', says: 'Broken.', label: 'state', read: () => Promise.reject(new Error('away')) })
  const routes: Routes = (app) => void app.get('/things/:id', { schema: { params: z.object({ id: z.string() }) } }, async () => ({}))
  const { app } = await testHttp(routes, { metrics })
  for (const id of ['1', '2']) await app.inject(`/api/v1/things/${id}`)
  await app.inject('/api/v1/nothing/secret-address')
  const text = (await app.inject({ url: '/metrics', headers: { host: 'localhost' } })).body
  await app.close()
  expect(text).toContain('http_requests_total{method="GET",route="/api/v1/things/:id",status="200"} 2')
  expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/api/v1/things/:id",status="200"} 2')
  expect(text).toContain('letters{state="waiting"} 3')
  expect(text).not.toContain('secret-address')
})

test('the description is OpenAPI 3.1, has every route of the API with its problem, and nothing of the plumbing', async () => {
  const routes: Routes = (app) => {
    const body = z.strictObject({ name: z.string().max(10).describe('What it is called') })
    app.post(
      '/things',
      { schema: { summary: 'Make a thing', tags: ['things'], body, response: { 201: z.object({ id: z.string() }) } } },
      async () => ({ id: '1' }),
    )
  }
  const { app } = await testHttp(routes)
  const description = (await app.inject('/openapi.json')).json()
  await app.close()
  expect(description.openapi).toBe('3.1.0')
  expect(Object.keys(description.paths)).toEqual(['/api/v1/things'])
  const { post } = description.paths['/api/v1/things']
  expect(post.requestBody.content['application/json'].schema).toMatchObject({
    additionalProperties: false,
    properties: { name: { maxLength: 10 } },
  })
  expect(post.responses.default.content['application/problem+json'].schema).toEqual({ $ref: '#/components/schemas/Problem' })
  expect(description.components.schemas.Problem.required).toContain('ref')
})

let webFiles: string
beforeAll(() => {
  webFiles = mkdtempSync(join(tmpdir(), 'latchkey-web-'))
  mkdirSync(join(webFiles, 'assets'))
  writeFileSync(join(webFiles, 'index.html'), '<!doctype html><title>Latchkey</title>')
  writeFileSync(join(webFiles, 'assets', 'main-abc123.js'), 'export {}')
})
afterAll(() => rmSync(webFiles, { recursive: true }))

test('an address of the interface gets its page, a missing file and a missing API address get 404', async () => {
  const { app } = await testHttp(undefined, { webFiles })
  const open = (url: string, accept = 'text/html,*/*') => app.inject({ url, headers: { accept } })
  for (const url of ['/', '/asks/R-12', '/access/16d7aa62-3434-4b87-ade9-8b11cc6587bb', '/requests?customer=1']) {
    const page = await open(url)
    expect([page.statusCode, page.headers['content-type'], page.headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ])
    expect(page.headers['content-security-policy']).toContain("script-src 'self';")
  }
  const asset = await open('/assets/main-abc123.js')
  expect(asset.headers['cache-control']).toContain('immutable')
  for (const url of ['/assets/gone.js', '/api/v1/nothing', '/api', '/access/v1/nothing', '/.well-known/nothing', '/favicon.ico'])
    expect(problemSchema.parse((await open(url)).json()).code).toBe('not-found')
  expect((await open('/asks/R-12', 'application/json')).statusCode).toBe(404)
  expect((await app.inject({ method: 'POST', url: '/asks/R-12', headers: { accept: 'text/html' } })).statusCode).toBe(404)
  for (const url of ['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fetc/passwd'])
    expect((await open(url)).body).not.toMatch(/"name"|root:/)
  await app.close()
})

test('headers forbid foreign content, framing and guessing; only https promises https', async () => {
  const headersOf = async (env: Record<string, string>) => {
    const { app } = await testHttp(undefined, {}, env)
    const { headers } = await app.inject('/livez')
    await app.close()
    return headers
  }
  const plain = await headersOf({})
  expect(plain['content-security-policy']).toMatch(/default-src 'self';.*frame-ancestors 'none'/)
  expect(plain['content-security-policy']).not.toMatch(/https?:|unsafe-eval|upgrade-insecure/)
  expect(plain).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  })
  expect(plain['strict-transport-security']).toBeUndefined()
  expect((await headersOf({ LATCHKEY_PUBLIC_URL: 'https://portal.example' }))['strict-transport-security']).toContain('max-age=31536000')
})

test('nobody asks who is there for health, files, pages and addresses that are not there, so they work without the database', async () => {
  const { app } = await testHttp(undefined, { webFiles, checks: [good] })
  giveContext(app, async () => {
    throw new DatabaseAway('The database is away.')
  })
  await addRoutes(app, '/api/v1', [(scope) => void scope.get('/thing', async () => ({}))])
  const status = async (url: string) => (await app.inject({ url, headers: { accept: 'text/html', host: 'localhost' } })).statusCode
  expect([await status('/livez'), await status('/readyz'), await status('/metrics'), await status('/openapi.json')]).toEqual([
    200, 200, 200, 200,
  ])
  expect([await status('/'), await status('/asks/R-12'), await status('/api/v1/nothing'), await status('/api/v1/thing')]).toEqual([
    200, 200, 404, 503,
  ])
  await app.close()
})
