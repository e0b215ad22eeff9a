// Records, conversations and files over HTTP: what is accepted, what is answered, and that a file is only ever saved.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestHttp, testHttp } from '../../../test/http.ts'
import { createScene, type Name, type Scene } from '../../../test/service-request-scene.ts'
import { giveContext } from '../../context/on-request.ts'
import { recordRoutes } from '../records/routes.ts'
import { serviceRequestRoutes } from '../service-requests/routes.ts'
import { conversationRoutes } from './routes.ts'

const base = '/api/v1/records/service_request'
let scene: Scene
let http: TestHttp

beforeAll(async () => {
  scene = await createScene('embedded')
  http = await testHttp(
    (app) => {
      giveContext(app, async ({ headers }) =>
        headers['x-who'] ? scene.as(headers['x-who'] as Name) : scene.world.asActor({ kind: 'nobody' }),
      )
      for (const routes of [recordRoutes, serviceRequestRoutes, conversationRoutes]) routes(app)
    },
    {},
    { LATCHKEY_FILE_LIMIT: '10 KB' },
  )
})
afterAll(async () => {
  await http.app.close()
  await scene.close()
})

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
async function call(
  who: Name | undefined,
  method: Method,
  path: string,
  payload?: object | string | Buffer,
  headers: Record<string, string> = {},
) {
  const answer = await http.app.inject({
    method,
    url: path,
    headers: { ...(who ? { 'x-who': who } : {}), ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
  const isJson = /json/.test(String(answer.headers['content-type']))
  return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : undefined, bytes: answer.rawPayload }
}

interface Part {
  name: string
  filename?: string
  type?: string
  content: string | Buffer
}
function form(...parts: Part[]): [Buffer, Record<string, string>] {
  const bytes = parts.flatMap(({ name, filename, type, content }) => [
    Buffer.from(
      `--edge\r\ncontent-disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n${type ? `content-type: ${type}\r\n` : ''}\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
  return [Buffer.concat([...bytes, Buffer.from('--edge--\r\n')]), { 'content-type': 'multipart/form-data; boundary=edge' }]
}

test('the journey of a request: opened, read, answered, changed, closed, reopened', async () => {
  const opened = await call('create', 'POST', base, { customerId: scene.acme.id, title: 'Unit 7 offline', description: 'Since Monday.' })
  expect(opened).toMatchObject({
    status: 201,
    body: { title: 'Unit 7 offline', description: 'Since Monday.', state: 'new', partnerManaged: true, abilities: { reply: true } },
  })
  const path = `${base}/${opened.body.id}`
  expect(await call('manager', 'GET', path)).toMatchObject({
    status: 200,
    body: opened.body.messages ? { number: opened.body.number } : {},
  })
  expect(await call('manager', 'POST', `${path}/messages`, { body: 'We look.' })).toMatchObject({
    status: 201,
    body: { author: { name: 'Dana Lee' } },
  })
  expect(await call('update', 'PATCH', path, { state: 'waiting_for_vendor' })).toMatchObject({
    status: 200,
    body: { state: 'waiting_for_vendor' },
  })
  expect(await call('manager', 'POST', `${path}/contacts`, { personId: scene.people.cc.id })).toMatchObject({ status: 204 })
  expect(await call('cc', 'GET', path)).toMatchObject({ status: 200, body: { part: 'additional_contact' } })
  expect(await call('manager', 'PUT', `${path}/point-of-contact`, { personId: scene.people.update.id })).toMatchObject({ status: 204 })
  expect(await call('manager', 'DELETE', `${path}/contacts/${scene.people.cc.id}`)).toMatchObject({ status: 204 })
  expect(await call('update', 'POST', `${path}/closure`, { body: 'Done.' })).toMatchObject({ status: 201, body: { state: 'closed' } })
  expect(await call('create', 'POST', `${path}/reopening`, {})).toMatchObject({ status: 201, body: { state: 'active' } })
  expect((await call('manager', 'GET', `${path}/contact-choices`)).body.own).toHaveLength(2)
  expect(
    (await call('manager', 'GET', `/api/v1/records/customers/${scene.acme.id}/contact-choices?kind=service_request&q=uma`)).body.partners,
  ).toHaveLength(1)
  expect((await call('look', 'GET', `${base}?q=Unit%207&state=open&part=all&limit=1`)).body).toMatchObject({
    items: [{ number: opened.body.number }],
    next: null,
    total: 1,
  })
  expect((await call('look', 'GET', `${base}/count?state=open`)).body).toEqual({ total: 1 })
  expect((await call('create', 'GET', '/api/v1/records/customers?kind=service_request&action=open')).body).toEqual({
    items: [{ id: scene.acme.id, name: 'Acme Robotics', own: false }],
  })
})

test('a file is saved and never shown: attachment, no sniffing, sandboxed, bytes unless its kind is harmless', async () => {
  const { id } = await scene.record()
  const path = `${base}/${id}/files`
  const html = '<script>alert(1)</script>'
  const sent = await call('manager', 'POST', path, ...form({ name: 'file', filename: 'été <x>.html', type: 'text/html', content: html }))
  expect(sent).toMatchObject({ status: 201, body: { name: 'été _x_.html', mediaType: 'application/octet-stream', size: html.length } })
  const got = await call('look', 'GET', `${path}/${sent.body.id}`)
  expect(got.status).toBe(200)
  expect(got.bytes.toString()).toBe(html)
  expect(got.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="_t_ _x_.html"; filename*=UTF-8''%C3%A9t%C3%A9%20_x_.html`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
  })
  const text = await call(
    'manager',
    'POST',
    path,
    ...form({ name: 'file', filename: 'a.txt', type: 'text/plain; charset=utf-7', content: 'x' }),
  )
  expect((await call('look', 'GET', `${path}/${text.body.id}`)).headers['content-type']).toBe('text/plain; charset=utf-8')
})

test('a file goes with a message, before or after it in the form', async () => {
  const { id } = await scene.record()
  const message = (await call('update', 'POST', `${base}/${id}/messages`, { body: 'Attached.' })).body
  const file: Part = { name: 'file', filename: 'a.txt', type: 'text/plain', content: 'a' }
  const field: Part = { name: 'messageId', content: message.id }
  expect((await call('update', 'POST', `${base}/${id}/files`, ...form(file, field))).status).toBe(201)
  expect((await call('update', 'POST', `${base}/${id}/files`, ...form(field, file))).status).toBe(201)
  expect((await call('manager', 'GET', `${base}/${id}`)).body.messages[0].files).toHaveLength(2)
})

test('forms that are not one file are refused, and nothing is kept', async () => {
  const { id } = await scene.record()
  const path = `${base}/${id}/files`
  const file: Part = { name: 'file', filename: 'a.txt', type: 'text/plain', content: 'a' }
  expect(await call('manager', 'POST', path, ...form())).toMatchObject({ status: 400 })
  expect(await call('manager', 'POST', path, ...form({ name: 'messageId', content: '1' }))).toMatchObject({
    status: 400,
    body: { field: 'file' },
  })
  expect(await call('manager', 'POST', path, ...form({ ...file, name: 'upload' }))).toMatchObject({
    status: 400,
    body: { field: 'upload' },
  })
  expect(await call('manager', 'POST', path, ...form(file, { name: 'extra', content: 'x' }))).toMatchObject({
    status: 400,
    body: { field: 'extra' },
  })
  expect(await call('manager', 'POST', path, ...form({ ...file, content: Buffer.alloc(10 * 1024 + 1) }))).toMatchObject({
    status: 413,
    body: { code: 'too-large' },
  })
  expect((await call('manager', 'POST', path, ...form(file, file))).status).toBeGreaterThanOrEqual(400)
  expect(await call('manager', 'POST', path, { name: 'a.txt' })).toMatchObject({ status: 415 })
  expect(await call('manager', 'POST', path, '--edge\r\nbroken', { 'content-type': 'multipart/form-data; boundary=edge' })).toMatchObject({
    body: { code: 'invalid-input' },
  })
  expect((await call('manager', 'GET', `${base}/${id}`)).body.files).toEqual([])
})

test('somebody who may not answer is refused before anything is kept, and a stranger finds nothing', async () => {
  const { id } = await scene.record()
  const file: Part = { name: 'file', filename: 'a.txt', type: 'text/plain', content: 'a' }
  expect(await call('look', 'POST', `${base}/${id}/files`, ...form(file))).toMatchObject({ status: 403 })
  expect(await call('stranger', 'POST', `${base}/${id}/files`, ...form(file))).toMatchObject({ status: 404 })
  expect(await call(undefined, 'POST', `${base}/${id}/files`, ...form(file))).toMatchObject({ status: 401 })
})

test.each<[string, Method, string, object | undefined, string]>([
  ['an unknown field', 'POST', '', { customerId: 'x', title: 'a', description: 'b', state: 'closed' }, 'state'],
  ['a missing field', 'POST', '', { customerId: 'x', title: 'a' }, 'description'],
  ['a wrong type', 'POST', '', { customerId: 7, title: 'a', description: 'b' }, 'customerId'],
  ['an empty title', 'POST', '', { customerId: 'x', title: '', description: 'b' }, 'title'],
  ['a long title', 'POST', '', { customerId: 'x', title: 'x'.repeat(601), description: 'b' }, 'title'],
  ['a list that is too long', 'GET', '?limit=101', undefined, 'limit'],
  ['no list at all', 'GET', '?limit=0', undefined, 'limit'],
  ['half a row', 'GET', '?limit=1.5', undefined, 'limit'],
  ['an unknown filter', 'GET', '?customerId=1', undefined, 'customerId'],
  ['an unknown part', 'GET', '?part=yours', undefined, 'part'],
  ['an unknown state', 'GET', '?state=lost', undefined, 'state'],
  ['a made-up cursor', 'GET', '?after=eyJ9', undefined, 'after'],
  ['a filter twice', 'GET', '?q=a&q=b', undefined, 'q'],
])('%s is refused and named', async (_, method, path, body, field) => {
  expect(await call('manager', method, base + path, body)).toMatchObject({ status: 400, body: { code: 'invalid-input', field } })
})

test('ids of others, absent ones and nonsense get the very same answer', async () => {
  const foreign = await scene.world.record(scene.beta)
  const told = new Set<string>()
  for (const id of [foreign.id, '99999999', 'nonsense', '%F0%9F%92%A9', '1%20or%201', '00']) {
    for (const [method, part, body] of [
      ['GET', ''],
      ['PATCH', '', { title: 'x' }],
      ['POST', '/messages', { body: 'x' }],
      ['POST', '/closure', {}],
      ['POST', '/reopening', {}],
      ['POST', '/contacts', { personId: 'x' }],
      ['PUT', '/point-of-contact', { personId: 'x' }],
      ['DELETE', '/contacts/x'],
      ['GET', '/contact-choices'],
      ['GET', '/files/x'],
    ] as const) {
      const { status, body: answer } = await call('manager', method, `${base}/${id}${part}`, body)
      told.add(`${status} ${answer.code} ${answer.detail}`)
    }
  }
  for (const path of [
    '/api/v1/records/incident',
    '/api/v1/records/incident/1',
    '/api/v1/records/constructor/count',
    '/api/v1/records/customers?kind=incident&action=read',
  ])
    told.add(await call('manager', 'GET', path).then(({ status, body }) => `${status} ${body.code} ${body.detail}`))
  expect([...told]).toEqual(['404 not-found There is no such thing, or you cannot see it.'])
})

test('broken UTF-8, null bytes and huge bodies are refused', async () => {
  const { id } = await scene.record()
  const json = { 'content-type': 'application/json' }
  const path = `${base}/${id}/messages`
  expect(await call('manager', 'POST', path, Buffer.from('{"body":"\xff"}', 'latin1'), json)).toMatchObject({ status: 400 })
  expect(await call('manager', 'POST', path, { body: 'a\u0000b' })).toMatchObject({ status: 400 })
  expect(await call('manager', 'POST', path, { body: 'x'.repeat(2_000_000) })).toMatchObject({ status: 413 })
  expect(await call('manager', 'POST', path, '{"body":', json)).toMatchObject({ status: 400 })
  expect(await call('manager', 'GET', `${base}?q=%ff`)).toMatchObject({ status: 400 })
  expect(await call('manager', 'GET', `${base}?q=a%00b`)).toMatchObject({ status: 400 })
  expect((await call('manager', 'GET', `${base}/${id}`)).body.messages).toEqual([])
})
