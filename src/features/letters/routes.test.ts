// The mailbox over HTTP: who may look, what is shown, and what is sent again.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { testHttp } from '../../../test/http.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import type { Context } from '../../context/context.ts'
import { giveContext } from '../../context/on-request.ts'
import { nobody } from '../../law/actors.ts'
import type { HttpApp } from '../../platform/http/routes.ts'
import { createDelivery } from './delivery.ts'
import { letterRoutes } from './routes.ts'

let world: World
let app: HttpApp
let who: Context
let dana: TestPerson
const settingsOf = () => world.house.settings as { demo: boolean; sendsMail: boolean }

beforeAll(async () => {
  world = await createWorld()
  dana = await world.person(await world.customer(), 'Dana Lee', ['contact_manager'], 'dana@acme.example')
  const http = await testHttp((scope) => {
    giveContext(scope, async () => who)
    letterRoutes(scope)
  })
  app = http.app
})
afterAll(async () => {
  await app?.close()
  await world?.close()
})
afterEach(async () => {
  Object.assign(settingsOf(), { demo: false, sendsMail: true })
  await world.stage.owner.query('delete from outbox')
})

async function post(letter: string, subject: string, state = 'held'): Promise<string> {
  const { rows } = await world.stage.owner.query<{ id: string }>(
    `insert into outbox (to_person_id, letter, subject, body_text, body_html, created_at, next_attempt_at, state)
     values ($1, $2, $3, 'words 1234-5678', '<p>words 1234-5678</p>', $4, $4, $5) returning id`,
    [dana.id, letter, subject, world.clock.at, state],
  )
  return rows[0]!.id
}
const operator = () => world.withKey(world.vendor, true)
const get = (url: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  app.inject({ method: 'GET', url: `/api/v1/letters${url}`, headers: { host: 'localhost:3000', ...headers }, remoteAddress })

test('the operator sees every letter, newest first, with its recipient, its state and what the mail server said', async () => {
  who = operator()
  const first = await post('grant-given', 'First', 'dead')
  world.passDays(1)
  const second = await post('grant-given', 'Second')
  const { mail, items, next } = (await get('')).json()
  expect([mail, next]).toEqual(['sent', null])
  expect(items).toMatchObject([
    { id: second, subject: 'Second', to: 'dana@acme.example', state: 'held', attempts: 0, lastError: null },
    { id: first, subject: 'First', state: 'dead' },
  ])
  expect((await get('?state=dead')).json().items).toHaveLength(1)
  expect((await get('?to=DANA@')).json().items).toHaveLength(2)
  expect((await get('?to=priya')).json().items).toHaveLength(0)
  expect((await get(`/${first}`)).json()).toMatchObject({ text: 'words 1234-5678', html: '<p>words 1234-5678</p>' })
  const page = (await get('?limit=1')).json()
  expect((await get(`?limit=1&after=${page.next}`)).json()).toMatchObject({ items: [{ id: first }], next: null })
})

test('wrong filters, cursors and ids are refused', async () => {
  who = operator()
  for (const query of ['?state=lost', '?limit=0', '?limit=101', '?after=x', '?unknown=1', '?after=%00'])
    expect((await get(query)).statusCode).toBe(400)
  for (const id of ['x', '00000000-0000-4000-8000-000000000000']) expect((await get(`/${id}`)).statusCode).toBe(404)
})

test('nobody else may look: not signed in 401, without the right 403', async () => {
  const id = await post('grant-given', 'Hello')
  for (const url of ['', `/${id}`]) {
    who = world.asActor(nobody)
    expect((await get(url)).statusCode).toBe(401)
    for (const other of [world.as(dana), world.withKey(world.vendor)]) {
      who = other
      const answer = await get(url)
      expect([answer.statusCode, answer.body.includes('Hello')]).toEqual([403, false])
    }
  }
})

test('with the demo world and no mail server, whoever sits at the machine may look, and nobody from anywhere else', async () => {
  who = world.asActor(nobody)
  const id = await post('sign-in-code', 'Your code')
  const look = async (headers: Record<string, string> = {}, from = '127.0.0.1') => (await get(`/${id}`, headers, from)).statusCode
  Object.assign(settingsOf(), { demo: true, sendsMail: false })
  expect((await get(`/${id}`)).json().text).toContain('1234-5678')
  expect((await get('')).json()).toMatchObject({ mail: 'held', items: [{ id }] })
  expect(await look({}, '::1')).toBe(200)
  // From another machine, through a proxy, or through a foreign name that points here.
  expect(await look({}, '192.168.1.7')).toBe(401)
  expect(await look({ 'x-forwarded-for': '192.168.1.7' })).toBe(401)
  expect(await look({ forwarded: 'for=192.168.1.7' })).toBe(401)
  expect(await look({ host: 'rebinding.example:3000' })).toBe(401)
  Object.assign(settingsOf(), { demo: true, sendsMail: true })
  expect(await look()).toBe(401)
  Object.assign(settingsOf(), { demo: false, sendsMail: false })
  expect(await look()).toBe(401)
})

test('a code is not shown to anybody once mail is sent', async () => {
  who = operator()
  const id = await post('sign-in-code', 'Your code', 'waiting')
  const { text, html } = (await get(`/${id}`)).json()
  expect(text + html).not.toContain('1234')
})

test('the operator sends a letter again that was given up; one that was sent or dropped is refused', async () => {
  who = operator()
  const [dead, sent, dropped] = [
    await post('grant-given', 'Dead', 'dead'),
    await post('grant-given', 'Sent', 'sent'),
    await post('grant-given', 'Dropped', 'dropped'),
  ]
  const resend = (id: string) => app.inject({ method: 'POST', url: `/api/v1/letters/${id}/resend` })
  expect((await resend(dead)).statusCode).toBe(202)
  expect((await get('?state=waiting')).json().items).toMatchObject([{ id: dead, attempts: 0, lastError: null }])
  for (const id of [dead, sent, dropped]) expect((await resend(id)).statusCode).toBe(409)
  expect((await resend('00000000-0000-4000-8000-000000000000')).statusCode).toBe(404)
  expect((await world.audit()).filter(({ what }) => what === 'letter.resent')).toMatchObject([
    { detail: { by: 'test key', subject: 'Dead' } },
  ])
  who = world.as(dana)
  expect((await resend(dead)).statusCode).toBe(403)
  const delivery = createDelivery(world.house, { smtpUrl: undefined, from: 'portal@vendor.example' })
  await delivery.settle()
  await delivery.stop()
  who = operator()
  expect((await get(`/${dead}`)).json().state).toBe('held')
})
