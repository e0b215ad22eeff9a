// Passkeys with a real browser and its virtual authenticator, and with answers forged from the authenticator's own key.
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { type PortalHttp, portalHttp } from '../../../test/portal-http.ts'
import { type Authenticator, type BrowserAnswer, base64url, type Forgery, openAuthenticator } from '../../../test/virtual-authenticator.ts'
import { createWorld, type TestPerson, type World, worldStart } from '../../../test/world.ts'

describe.each(databaseKinds)('passkeys on %s', (kind) => {
  let world: World
  let http: PortalHttp
  let origin: string
  let priya: TestPerson
  let cookie: string
  let device: Authenticator

  beforeAll(async () => {
    world = await createWorld(kind)
    const settings = { ...world.house.settings }
    http = await portalHttp({ ...world, house: { ...world.house, settings } })
    await http.app.listen({ port: 0, host: 'localhost' })
    origin = `http://localhost:${(http.app.server.address() as AddressInfo).port}`
    settings.publicUrl = origin
    device = await openAuthenticator(origin)
  })
  afterAll(async () => {
    await device.close()
    await http.app.close()
    await world.close()
  })
  beforeEach(async () => {
    world.setClock(worldStart)
    priya = await world.person(await world.partner(), 'Priya Raman', ['consultant'])
    cookie = await http.signIn(priya)
    await device.renew()
  })

  const passMinutes = (count: number) => world.setClock(new Date(Date.parse(world.clock.at) + count * 60_000).toISOString())
  const offered = async (sent = { cookie }) => (await http.send('POST', '/me/passkey-challenges', sent, {})).json()
  const asked = async () => (await http.send('POST', '/sign-in/passkey-challenges', {}, {})).json()
  const keep = (response: BrowserAnswer, name = 'Laptop', sent = { cookie }) => http.send('POST', '/me/passkeys', sent, { name, response })
  const add = async (name?: string) => {
    const answer = await keep(await device.create(await offered()), name)
    expect(answer.statusCode, answer.body).toBe(201)
    return answer.json() as { id: string }
  }
  const signInWith = (response: unknown) => http.send('POST', '/sign-in/passkey-sessions', {}, { response })
  const refusal = { status: 400, code: 'invalid-input', field: 'response' }
  /** An answer from the device's own key to a challenge of its own; wrong in what the test says. */
  const forged = async (wrong: Partial<Forgery> = {}) => device.forge({ challenge: (await asked()).challenge, handle: priya.id, ...wrong })

  test('a person adds a passkey and signs in with it, naming nobody', async () => {
    const options = await offered()
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Meridia' },
      user: { name: priya.email, displayName: 'Priya Raman' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    const kept = await keep(await device.create(options), ' Laptop ')
    expect(kept.json()).toEqual({ id: expect.any(String), name: 'Laptop', createdAt: worldStart, lastUsedAt: null })
    const letter = (await world.letters()).find(({ to, letter: name }) => to === priya.email && name === 'passkey-added')
    expect(letter?.subject).toBe('A passkey was added: Meridia')
    expect(letter?.body_text).toContain('Laptop')

    await http.send('DELETE', '/me/sessions', { cookie })
    const request = await asked()
    expect(request).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
    expect(request.allowCredentials ?? []).toEqual([])
    const answer = await signInWith(await device.get(request))
    expect(answer.statusCode, answer.body).toBe(201)
    expect(answer.json()).toMatchObject({ person: { id: priya.id }, organization: { side: 'partner' } })
    const token = http.tokenOf(answer)
    expect((await http.send('GET', '/me/sessions', { cookie: token })).json().items).toMatchObject([{ how: 'passkey', current: true }])
    expect((await http.send('GET', '/me/passkeys', { cookie: token })).json().items).toMatchObject([
      { name: 'Laptop', lastUsedAt: worldStart },
    ])
  })

  test('a challenge counts once: the same answer sent again is refused', async () => {
    await add()
    const answer = await device.get(await asked())
    expect((await signInWith(answer)).statusCode).toBe(201)
    expect((await signInWith(answer)).json()).toMatchObject(refusal)
  })

  test('of several who send one answer at once, one is signed in', async () => {
    await add()
    const answer = await device.get(await asked())
    const answers = await Promise.all([1, 2, 3, 4].map(() => signInWith(answer)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 400, 400, 400])
  })

  test('a challenge counts for five minutes and not at their end', async () => {
    await add()
    const late = await device.get(await asked())
    passMinutes(5)
    expect((await signInWith(late)).json()).toMatchObject(refusal)
    await device.forget()
    const made = await device.create(await offered())
    passMinutes(5)
    expect((await keep(made)).json()).toMatchObject(refusal)
  })

  test('a challenge is for one purpose and one person', async () => {
    await add()
    const registering = await offered()
    expect((await signInWith(await forged({ challenge: registering.challenge }))).json()).toMatchObject(refusal)
    const tom = await http.signIn(await world.person(priya.organization, 'Tom', ['consultant']))
    const toms = await offered({ cookie: tom })
    await device.forget()
    const made = await device.create(toms)
    expect((await keep(made, 'Mine', { cookie })).json()).toMatchObject(refusal)
    expect((await keep(made, 'Mine', { cookie: tom })).statusCode).toBe(201)
    expect((await keep(made, 'Mine', { cookie: tom })).json()).toMatchObject(refusal)
    expect((await signInWith(await forged({ challenge: 'bm90LW91cnM' }))).json()).toMatchObject(refusal)
  })

  test('an answer that is right in everything is taken, and one that is wrong in anything is refused alike', async () => {
    await add()
    const stranger = await world.person(priya.organization, 'Stranger', ['consultant'])
    const wrong: Partial<Forgery>[] = [
      { origin: 'https://evil.example' },
      { origin: `${origin}.evil.example` },
      { party: 'evil.example' },
      { type: 'webauthn.create' },
      { flags: 0x01 },
      { flags: 0x04 },
      { handle: stranger.id },
      { handle: '' },
      { more: { crossOrigin: true } },
      { more: { topOrigin: 'https://evil.example' } },
    ]
    for (const one of wrong) {
      const answer = await signInWith(await forged(one))
      expect(answer.json(), JSON.stringify(one)).toMatchObject(refusal)
    }
    const unsigned = await forged()
    unsigned.response.signature = unsigned.response.signature.slice(0, -6) + unsigned.response.signature.slice(0, 6)
    expect((await signInWith(unsigned)).json()).toMatchObject(refusal)
    const unknown = await forged()
    expect((await signInWith({ ...unknown, id: base64url('unknown'), rawId: base64url('unknown') })).json()).toMatchObject(refusal)
    expect((await world.stage.owner.query("select * from sessions where how = 'passkey' and person_id = $1", [priya.id])).rows).toEqual([])
    expect((await signInWith(await forged())).statusCode).toBe(201)
  })

  test('a copied passkey, whose count does not grow, is refused', async () => {
    await add()
    expect((await signInWith(await device.get(await asked()))).statusCode).toBe(201)
    const signCount = await device.count()
    for (const count of [signCount, signCount - 1, 0]) {
      expect((await signInWith(await forged({ count }))).json(), String(count)).toMatchObject(refusal)
    }
    expect((await signInWith(await forged({ count: signCount + 5 }))).statusCode).toBe(201)
  })

  test('an authenticator that counts nothing is taken every time', async () => {
    await add()
    await world.stage.owner.query('update passkeys set counter = 0 where person_id = $1', [priya.id])
    for (let times = 0; times < 2; times++) {
      expect((await signInWith(await forged({ count: 0 }))).statusCode).toBe(201)
    }
  })

  test('one authenticator makes one passkey for a person', async () => {
    await add()
    expect((await device.create(await offered())).refused).toBe('InvalidStateError')
  })

  test('an authenticator that cannot verify its person makes no passkey', async () => {
    await device.failToVerify()
    expect((await device.create(await offered())).refused).toBe('NotAllowedError')
  })

  test('a passkey opens nothing once it is removed, or once its person has left', async () => {
    const { id } = await add()
    const tom = await http.signIn(await world.person(priya.organization, 'Tom', ['consultant']))
    for (const wrong of [randomUUID(), 'not-an-id'])
      expect((await http.send('DELETE', `/me/passkeys/${wrong}`, { cookie })).statusCode).toBe(404)
    expect((await http.send('DELETE', `/me/passkeys/${id}`, { cookie: tom })).statusCode).toBe(404)
    await world.stage.owner.query('update memberships set until_at = $1 where person_id = $2', [world.clock.at, priya.id])
    expect((await signInWith(await device.get(await asked()))).json()).toMatchObject(refusal)
    await world.stage.owner.query('update memberships set until_at = null where person_id = $1', [priya.id])
    expect((await signInWith(await device.get(await asked()))).statusCode).toBe(201)
    expect((await http.send('DELETE', `/me/passkeys/${id}`, { cookie })).statusCode).toBe(204)
    expect((await world.letters()).some(({ letter, to }) => letter === 'passkey-removed' && to === priya.email)).toBe(true)
    expect((await signInWith(await device.get(await asked()))).json()).toMatchObject(refusal)
    expect((await http.send('GET', '/me/passkeys', { cookie })).json()).toEqual({ items: [] })
  })

  test('adding a passkey needs a sign-in of the last thirty minutes', async () => {
    const made = await device.create(await offered())
    passMinutes(30.1)
    expect((await keep(made)).json()).toMatchObject({ status: 403, facts: { reason: 'sign-in-too-old' } })
    expect(await offered()).toMatchObject({ status: 403, code: 'not-allowed', facts: { reason: 'sign-in-too-old' } })
    cookie = await http.signIn(priya)
    await add()
  })

  test('a person has twenty passkeys at most', async () => {
    await world.stage.owner.query(
      "insert into passkeys (person_id, credential_id, public_key, counter, name, created_at) select $1, gen_random_uuid()::text, '', 0, 'x', now() from generate_series(1, 20)",
      [priya.id],
    )
    expect(await offered()).toMatchObject({ status: 429, code: 'too-many' })
  })

  test('nobody and no key has passkeys', async () => {
    expect((await http.send('POST', '/me/passkey-challenges', {}, {})).statusCode).toBe(401)
    expect((await http.send('GET', '/me/passkeys')).statusCode).toBe(401)
    expect((await http.send('DELETE', `/me/passkeys/${randomUUID()}`)).statusCode).toBe(401)
  })

  test('answers of no shape are refused', async () => {
    const right = {
      id: 'eA',
      rawId: 'eA',
      type: 'public-key',
      response: { clientDataJSON: base64url('{}'), authenticatorData: '', signature: '' },
    }
    const wrong = [
      undefined,
      {},
      { ...right, type: 'password' },
      { ...right, id: 'not base64!' },
      { ...right, id: 'eA'.repeat(1000) },
      { ...right, response: {} },
      ...['nonsense', 'null', '{"challenge":7}'].map((said) => ({
        ...right,
        response: { ...right.response, clientDataJSON: base64url(said) },
      })),
      { ...right, response: { ...right.response, clientDataJSON: 'A'.repeat(9000) } },
      right,
    ]
    for (const response of wrong) {
      expect((await signInWith(response)).json(), JSON.stringify(response)?.slice(0, 200)).toMatchObject({
        status: 400,
        code: 'invalid-input',
      })
    }
  })

  test('where the portal is reached by a number, passkeys are refused in words', async () => {
    const settings = { ...world.house.settings, publicUrl: 'http://127.0.0.1:3000' }
    const numbered = await portalHttp({ ...world, house: { ...world.house, settings } })
    const answer = await numbered.send('POST', '/sign-in/passkey-challenges', {}, {})
    expect(answer.json()).toMatchObject({ status: 403, code: 'not-allowed', detail: expect.stringContaining('Use a mailed code') })
    await numbered.app.close()
  })
})
