// Sessions: how long they live, what ends them, and what their cookie is like.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { type PortalHttp, portalHttp } from '../../../test/portal-http.ts'
import { createWorld, type TestPerson, type World, worldStart } from '../../../test/world.ts'
import { identify } from './identify.ts'

describe.each(databaseKinds)('sessions on %s', (kind) => {
  let world: World
  let http: PortalHttp
  let priya: TestPerson
  beforeAll(async () => {
    world = await createWorld(kind)
    http = await portalHttp(world)
  })
  beforeEach(async () => {
    world.setClock(worldStart)
    priya = await world.person(await world.partner(), 'Priya Raman', ['consultant'])
  })
  afterAll(async () => {
    await http.app.close()
    await world.close()
  })

  const hours = (count: number) => world.setClock(new Date(Date.parse(world.clock.at) + count * 3_600_000).toISOString())
  const status = async (cookie: string) => (await http.send('GET', '/me', { cookie })).statusCode
  const listed = async (cookie: string) =>
    (await http.send('GET', '/me/sessions', { cookie })).json().items as { id: string; current: boolean }[]

  test('the cookie cannot be read by scripts or sent by foreign posts, and is bound to the host over https', async () => {
    const answer = await http.send('POST', '/sign-in/sessions', {}, { email: priya.email, code: await http.askForCode(priya.email) })
    const [cookie] = answer.cookies
    expect(cookie).toMatchObject({ name: 'latchkey_session', path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 30 * 86_400 })
    expect(cookie?.secure).toBeUndefined()

    const secured: World = { ...world, house: { ...world.house, settings: { ...world.house.settings, publicUrl: 'https://desk.example' } } }
    const https = await portalHttp(secured)
    const over = await https.send('POST', '/sign-in/sessions', {}, { email: priya.email, code: await https.askForCode(priya.email) })
    expect(over.cookies[0]).toMatchObject({ name: '__Host-latchkey_session', path: '/', httpOnly: true, sameSite: 'Lax', secure: true })
    expect(over.cookies[0]?.domain).toBeUndefined()
    await https.app.close()
  })

  test('a session ends after twelve hours without use, and use keeps it', async () => {
    const cookie = await http.signIn(priya)
    for (let times = 0; times < 4; times++) {
      hours(11)
      expect(await status(cookie)).toBe(200)
    }
    hours(12)
    expect(await status(cookie)).toBe(401)
    hours(-1)
    expect(await status(cookie)).toBe(200)
  })

  test('a session ends after thirty days, however much it is used', async () => {
    const cookie = await http.signIn(priya)
    for (let times = 0; times < 71; times++) {
      hours(10)
      expect(await status(cookie)).toBe(200)
    }
    hours(10)
    expect(await status(cookie)).toBe(401)
  })

  test('use is noted once in an hour and not at every request', async () => {
    const cookie = await http.signIn(priya)
    const seen = async () =>
      (await world.stage.owner.query('select last_seen_at from sessions where person_id = $1', [priya.id])).rows[0].last_seen_at
    const first = await seen()
    hours(0.9)
    await status(cookie)
    expect(await seen()).toEqual(first)
    hours(0.1)
    await status(cookie)
    expect((await seen()).toISOString()).toBe(world.clock.at)
  })

  test('somebody whose membership ended is nobody at the next request, and again somebody if it begins anew', async () => {
    const cookie = await http.signIn(priya)
    expect(await status(cookie)).toBe(200)
    expect(await identify(world.house, { cookie })).toMatchObject({ kind: 'person', personId: priya.id })
    await world.stage.owner.query('update memberships set until_at = $1 where person_id = $2', [world.clock.at, priya.id])
    expect(await status(cookie)).toBe(401)
    expect(await identify(world.house, { cookie })).toEqual({ kind: 'nobody' })
    const later = new Date(Date.parse(world.clock.at) + 3_600_000)
    await world.stage.owner.query(
      "insert into memberships (person_id, organization_id, roles, from_at) values ($1, $2, '{consultant}', $3)",
      [priya.id, priya.organization.id, later],
    )
    expect(await status(cookie)).toBe(401)
    hours(1)
    expect(await status(cookie)).toBe(200)
  })

  test('the people of a suspended organization are nobody', async () => {
    const cookie = await http.signIn(priya)
    await world.stage.owner.query('update organizations set suspended_at = $1 where id = $2', [world.clock.at, priya.organization.id])
    expect(await status(cookie)).toBe(401)
  })

  test('changed roles count at the next request', async () => {
    const cookie = await http.signIn(priya)
    await world.stage.owner.query("update memberships set roles = '{partner_administrator}' where person_id = $1", [priya.id])
    expect((await http.send('GET', '/me', { cookie })).json().roles).toEqual(['partner_administrator'])
  })

  test('every sign-in has a new token, and the one that the browser had opens nothing any more', async () => {
    const first = await http.signIn(priya)
    const second = await http.signIn(priya, { cookie: first })
    expect(second).not.toBe(first)
    expect([await status(first), await status(second)]).toEqual([401, 200])
  })

  test('a token that a stranger chose is never taken on', async () => {
    const chosen = 'A'.repeat(43)
    const token = await http.signIn(priya, { cookie: chosen })
    expect(token).not.toBe(chosen)
    expect(await status(chosen)).toBe(401)
  })

  test.each(['', 'x', `${'A'.repeat(42)}=`, 'A'.repeat(5000), "' or 1=1 --"])('the cookie %j is nobody', async (cookie) => {
    expect(await status(cookie)).toBe(401)
  })

  test('signing out ends the session on the server and drops the cookie; doing it again is no error', async () => {
    const [here, there] = [await http.signIn(priya), await http.signIn(priya)]
    const answer = await http.send('DELETE', '/me/session', { cookie: here })
    expect(answer.statusCode).toBe(204)
    expect(answer.cookies[0]).toMatchObject({ name: 'latchkey_session', value: '', path: '/' })
    expect([await status(here), await status(there)]).toEqual([401, 200])
    expect((await http.send('DELETE', '/me/session', { cookie: here })).statusCode).toBe(204)
    expect((await http.send('DELETE', '/me/session')).statusCode).toBe(204)
    expect((await world.audit()).at(-1)).toMatchObject({ what: 'session.ended', actor_name: 'Priya Raman' })
  })

  test('signing out everywhere ends every session of the person and of nobody else', async () => {
    const tom = await world.person(priya.organization, 'Tom', ['consultant'])
    const [one, two, toms] = [await http.signIn(priya), await http.signIn(priya), await http.signIn(tom)]
    expect((await http.send('DELETE', '/me/sessions', { cookie: one })).statusCode).toBe(204)
    expect([await status(one), await status(two), await status(toms)]).toEqual([401, 401, 200])
    expect((await world.audit()).at(-1)).toMatchObject({ what: 'session.ended_everywhere', detail: { count: 2 } })
  })

  test('a person sees their own live sessions, the asking one marked, and can end another', async () => {
    const tom = await world.person(priya.organization, 'Tom', ['consultant'])
    const tomsId = (await listed(await http.signIn(tom)))[0]?.id
    const phone = await http.signIn(priya, { userAgent: 'Phone/1.0' })
    hours(1)
    const desk = await http.signIn(priya, { userAgent: `Desk/1.0\u0007${'x'.repeat(1000)}` })
    const items = await listed(desk)
    expect(items).toMatchObject([
      { current: true, how: 'code', createdAt: world.clock.at },
      { current: false, userAgent: 'Phone/1.0', createdAt: worldStart },
    ])
    const other = items[1]?.id
    expect((await http.send('DELETE', `/me/sessions/${tomsId}`, { cookie: desk })).statusCode).toBe(404)
    expect((await http.send('DELETE', `/me/sessions/${randomUUID()}`, { cookie: desk })).statusCode).toBe(404)
    expect((await http.send('DELETE', '/me/sessions/not-an-id', { cookie: desk })).statusCode).toBe(404)
    expect((await http.send('DELETE', `/me/sessions/${other}`, { cookie: desk })).statusCode).toBe(204)
    expect([await status(phone), await status(desk)]).toEqual([401, 200])
    expect(await listed(desk)).toHaveLength(1)
    expect((await http.send('DELETE', `/me/sessions/${other}`, { cookie: desk })).statusCode).toBe(404)
  })

  test('beyond twenty sessions the least recently used ends', async () => {
    const tokens: string[] = []
    for (let count = 0; count < 21; count++) {
      tokens.push(await http.signIn(priya))
      hours(count % 4 === 3 ? 1 : 0)
    }
    const seen = []
    for (const token of tokens) seen.push(await status(token))
    expect(seen.filter((code) => code === 200)).toHaveLength(20)
    // The first four share an instant: one of them is the least recently used.
    expect(seen.slice(0, 4).sort()).toEqual([200, 200, 200, 401])
  })

  test('nobody has no sessions to list or end', async () => {
    for (const [method, path] of [
      ['GET', '/me'],
      ['GET', '/me/sessions'],
      ['DELETE', '/me/sessions'],
      ['DELETE', `/me/sessions/${randomUUID()}`],
    ] as const) {
      expect((await http.send(method, path)).json()).toMatchObject({ status: 401, code: 'not-signed-in' })
    }
  })

  test('a foreign page can neither sign somebody out nor in', async () => {
    const cookie = await http.signIn(priya)
    const from = (site: string, method: 'DELETE' | 'POST', url: string) =>
      http.app.inject({
        method,
        url,
        headers: { 'sec-fetch-site': site, cookie: `latchkey_session=${cookie}` },
        payload: { email: priya.email, code: '00000000' },
      })
    expect((await from('cross-site', 'DELETE', '/api/v1/me/sessions')).statusCode).toBe(403)
    expect((await from('cross-site', 'POST', '/api/v1/sign-in/sessions')).statusCode).toBe(403)
    expect(await status(cookie)).toBe(200)
  })

  test('a profile is changed over HTTP, and wrong or unknown fields are named', async () => {
    const cookie = await http.signIn(priya)
    const patch = async (body: unknown) => (await http.send('PATCH', '/me', { cookie }, body)).json()
    expect(await patch({ name: 'Priya R.', timeZone: 'Asia/Kolkata' })).toMatchObject({
      person: { name: 'Priya R.', timeZone: 'Asia/Kolkata' },
    })
    expect(await patch({ name: '', timeZone: 'Mars/Base' })).toMatchObject({
      status: 400,
      fields: [{ field: 'name' }, { field: 'timeZone' }],
    })
    expect(await patch({ email: 'other@example.com' })).toMatchObject({ status: 400, field: 'email' })
    expect(await patch({ roles: ['operator'] })).toMatchObject({ status: 400, field: 'roles' })
    expect(await patch({})).toMatchObject({ status: 400 })
    expect((await http.send('PATCH', '/me', {}, { name: 'X' })).statusCode).toBe(401)
  })
})
