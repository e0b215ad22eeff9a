// API keys: made by the operator, shown once, bound to one organization, ended at once.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { type PortalHttp, portalHttp } from '../../../test/portal-http.ts'
import { createWorld, type TestOrganization, type World, worldStart } from '../../../test/world.ts'
import { identify } from '../sign-in/identify.ts'

const operatorKey = 'an-operator-key-of-more-than-32-characters'

describe.each(databaseKinds)('API keys on %s', (kind) => {
  let world: World
  let http: PortalHttp
  let acme: TestOrganization
  let larkfield: TestOrganization
  beforeAll(async () => {
    world = await createWorld(kind)
    http = await portalHttp(world, { operatorKey })
    acme = await world.customer('Acme Robotics')
    larkfield = await world.partner('Larkfield')
  })
  beforeEach(() => world.setClock(worldStart))
  afterAll(async () => {
    await http.app.close()
    await world.close()
  })

  const create = (body: unknown, bearer = operatorKey) => http.send('POST', '/api-keys', { bearer }, body)
  const made = async (body: unknown): Promise<{ id: string; key: string }> => {
    const answer = await create(body)
    expect(answer.statusCode, answer.body).toBe(201)
    return answer.json()
  }
  const who = (bearer: string) => identify(world.house, { bearer, operatorKey })
  const externalIdOf = async ({ id }: TestOrganization) =>
    (await world.stage.owner.query('select external_id from organizations where id = $1', [id])).rows[0].external_id as string

  test('a key is shown once, kept as a hash, and stands for one organization', async () => {
    const answer = await create({ name: ' CRM ', side: 'customer', organization: await externalIdOf(acme) })
    expect(answer.json()).toEqual({
      id: expect.any(String),
      key: expect.stringMatching(/^lk_[A-Za-z0-9_-]{43}$/),
      name: 'CRM',
      side: 'customer',
      organization: { id: acme.id, externalId: await externalIdOf(acme), name: 'Acme Robotics' },
      operator: false,
      createdAt: worldStart,
      expiresOn: null,
      state: 'active',
      endedAt: null,
      lastUsedAt: null,
    })
    const { id, key } = answer.json()
    expect(await who(key)).toEqual({ kind: 'key', keyId: id, name: 'CRM', side: 'customer', organizationId: acme.id, operator: false })
    const dump = async (table: string) => JSON.stringify((await world.stage.owner.query(`select * from ${table}`)).rows)
    const kept = (await dump('api_keys')) + (await dump('audit_entries')) + http.log.join('')
    expect(kept).not.toContain(key)
    expect(kept).not.toContain(key.slice(3))
    expect((await http.send('GET', '/api-keys', { bearer: operatorKey })).body).not.toContain(key.slice(3))
  })

  test('a customer and a partner are named by external id or id, and nothing else fits', async () => {
    await made({ name: 'a', side: 'customer', organization: acme.id })
    await made({ name: 'b', side: 'partner', organization: larkfield.id })
    await made({ name: 'c', side: 'partner', organization: await externalIdOf(larkfield) })
    for (const [side, organization] of [
      ['partner', acme.id],
      ['customer', larkfield.id],
      ['customer', world.vendor.id],
      ['customer', randomUUID()],
      ['customer', 'x'],
    ]) {
      expect((await create({ name: 'd', side, organization })).json()).toMatchObject({ status: 400, field: 'organization' })
    }
  })

  test.each([
    [{ side: 'vendor' }, 'name'],
    [{ name: '', side: 'vendor' }, 'name'],
    [{ name: 'x'.repeat(101), side: 'vendor' }, 'name'],
    [{ name: 'x', side: 'moon' }, 'side'],
    [{ name: 'x', side: 'customer' }, 'organization'],
    [{ name: 'x', side: 'customer', organization: 'x'.repeat(201) }, 'organization'],
    [{ name: 'x', side: 'vendor', expiresOn: '21.5.2027' }, 'expiresOn'],
    [{ name: 'x', side: 'vendor', expiresOn: '2027-02-30' }, 'expiresOn'],
    [{ name: 'x', side: 'vendor', expiresOn: '2026-11-20' }, 'expiresOn'],
    [{ name: 'x', side: 'vendor', expiresOn: '2126-11-20' }, 'expiresOn'],
    [{ name: 'x', side: 'vendor', hash: 'mine' }, 'hash'],
  ])('%j is refused and names %s', async (body, field) => {
    expect((await create(body)).json()).toMatchObject({ status: 400, code: 'invalid-input', field })
  })

  test('a key of a customer or partner never runs the portal', async () => {
    expect((await create({ name: 'x', side: 'partner', organization: larkfield.id, operator: true })).json()).toMatchObject({
      status: 400,
      field: 'operator',
    })
  })

  test('a key counts through its last day where its organization is', async () => {
    const { key } = await made({ name: 'till', side: 'customer', organization: acme.id, expiresOn: '2026-11-22' })
    world.setClock('2026-11-22T22:59:59.999Z')
    expect(await who(key)).toMatchObject({ kind: 'key' })
    world.setClock('2026-11-22T23:00:00.000Z')
    expect(await who(key)).toEqual({ kind: 'nobody' })
    const { items } = (await http.send('GET', '/api-keys', { bearer: operatorKey })).json()
    expect(items.find(({ name }: { name: string }) => name === 'till')).toMatchObject({ state: 'expired', expiresOn: '2026-11-22' })
  })

  test('a key that is ended is nobody at the next request, and cannot be ended twice', async () => {
    const { id, key } = await made({ name: 'ending', side: 'vendor', operator: true })
    expect((await http.send('GET', '/api-keys', { bearer: key })).statusCode).toBe(200)
    expect((await http.send('DELETE', `/api-keys/${id}`, { bearer: operatorKey })).statusCode).toBe(204)
    expect((await http.send('GET', '/api-keys', { bearer: key })).statusCode).toBe(401)
    for (const wrong of [id, randomUUID(), 'not-an-id'])
      expect((await http.send('DELETE', `/api-keys/${wrong}`, { bearer: operatorKey })).statusCode).toBe(404)
    const { items } = (await http.send('GET', '/api-keys', { bearer: operatorKey })).json()
    expect(items.find((item: { id: string }) => item.id === id)).toMatchObject({ state: 'ended', endedAt: worldStart })
    expect((await world.audit()).filter(({ what }) => what === 'api_key.ended')).toHaveLength(1)
  })

  test('the key of a suspended organization is nobody', async () => {
    const partner = await world.partner('Suspended')
    const { key } = await made({ name: 'x', side: 'partner', organization: partner.id })
    expect(await who(key)).toMatchObject({ kind: 'key' })
    await world.stage.owner.query('update organizations set suspended_at = $1 where id = $2', [world.clock.at, partner.id])
    expect(await who(key)).toEqual({ kind: 'nobody' })
  })

  test('only the operator makes, lists and ends keys', async () => {
    const { key: vendorKey } = await made({ name: 'plain', side: 'vendor' })
    const { id, key: customerKey } = await made({ name: 'customer', side: 'customer', organization: acme.id })
    const manager = await http.signIn(await world.person(acme, 'Dana', ['contact_manager', 'primary_contact']))
    const administrator = await http.signIn(await world.person(larkfield, 'Lena', ['partner_administrator']))
    const agent = await http.signIn(await world.person(world.vendor, 'Ana', ['vendor_staff']))
    for (const sent of [
      { bearer: vendorKey },
      { bearer: customerKey },
      { cookie: manager },
      { cookie: administrator },
      { cookie: agent },
    ]) {
      const answers = [
        await http.send('GET', '/api-keys', sent),
        await http.send('POST', '/api-keys', sent, { name: 'mine', side: 'vendor', operator: true }),
        await http.send('DELETE', `/api-keys/${id}`, sent),
      ]
      for (const { statusCode } of answers) expect([403, 404]).toContain(statusCode)
    }
    for (const [method, path] of [
      ['GET', '/api-keys'],
      ['DELETE', `/api-keys/${id}`],
    ] as const)
      expect((await http.send(method, path)).statusCode).toBe(401)
    expect(await who(customerKey)).toMatchObject({ kind: 'key' })
    expect((await world.stage.owner.query("select * from api_keys where name = 'mine'")).rows).toEqual([])
  })

  test('a use is noted, and then once in an hour', async () => {
    const { id, key } = await made({ name: 'used', side: 'vendor' })
    const used = async () =>
      (await world.stage.owner.query('select last_used_at from api_keys where id = $1', [id])).rows[0].last_used_at?.toISOString() ?? null
    expect(await used()).toBeNull()
    await who(key)
    expect(await used()).toBe(worldStart)
    world.setClock('2026-11-21T10:59:59.999Z')
    await who(key)
    expect(await used()).toBe(worldStart)
    world.setClock('2026-11-21T11:00:00.000Z')
    await who(key)
    expect(await used()).toBe('2026-11-21T11:00:00.000Z')
  })

  test("the operator's key is an operator of the vendor; a key that is nearly it is nobody", async () => {
    expect(await who(operatorKey)).toEqual({
      kind: 'key',
      keyId: null,
      name: "operator's key",
      side: 'vendor',
      organizationId: world.vendor.id,
      operator: true,
    })
    for (const nearly of [operatorKey.slice(0, -1), `${operatorKey}x`, operatorKey.toUpperCase(), '', `lk_${'a'.repeat(43)}`]) {
      expect(await who(nearly)).toEqual({ kind: 'nobody' })
    }
    expect(await identify(world.house, { bearer: '' })).toEqual({ kind: 'nobody' })
  })

  test("a person of the vendor with the operator's role does the same in their own name", async () => {
    const olga = await http.signIn(await world.person(world.vendor, 'Olga', ['operator']))
    const answer = await http.send('POST', '/api-keys', { cookie: olga }, { name: 'hers', side: 'customer', organization: acme.id })
    expect(answer.statusCode).toBe(201)
    expect((await world.audit()).at(-1)).toMatchObject({
      what: 'api_key.created',
      actor_name: 'Olga',
      customer_id: acme.id,
      detail: { key: 'hers' },
    })
    expect((await http.send('DELETE', `/api-keys/${answer.json().id}`, { cookie: olga })).statusCode).toBe(204)
  })

  test('a wrong key beside a good cookie is nobody, and a key has no profile', async () => {
    const cookie = await http.signIn(await world.person(acme, 'Eva', ['contact']))
    expect((await http.send('GET', '/me', { cookie })).statusCode).toBe(200)
    expect((await http.send('GET', '/me', { cookie, bearer: `lk_${'a'.repeat(43)}` })).statusCode).toBe(401)
    expect((await http.send('GET', '/me', { bearer: operatorKey })).json()).toMatchObject({ status: 403, code: 'not-allowed' })
    expect((await http.send('DELETE', '/me/sessions', { bearer: operatorKey })).statusCode).toBe(403)
  })
})

test.each(databaseKinds)("on an empty %s database the operator's key works, and a key of the vendor waits for the vendor", async (kind) => {
  const world = await createWorld(kind)
  await world.stage.owner.query('delete from organizations')
  const http = await portalHttp(world, { operatorKey })
  expect(await identify(world.house, { bearer: operatorKey, operatorKey })).toMatchObject({
    kind: 'key',
    operator: true,
    organizationId: null,
  })
  expect((await http.send('GET', '/api-keys', { bearer: operatorKey })).json()).toEqual({ items: [] })
  expect((await http.send('POST', '/api-keys', { bearer: operatorKey }, { name: 'x', side: 'vendor' })).json()).toMatchObject({
    status: 400,
    field: 'side',
  })
  await http.app.close()
  await world.close()
})
