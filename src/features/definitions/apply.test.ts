// Putting a definition in force on a running portal, on both databases: what changes at once, what is refused, and what a restart does.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds, type UnopenedDatabase, unopenedDatabase } from '../../../test/database.ts'
import { type Caller, caller, startTestServer, type TestServer, testOperatorKey } from '../../../test/server.ts'
import { openHouse } from '../../context/open-house.ts'
import { readSettings } from '../../platform/config/read-settings.ts'
import { createLog } from '../../platform/log/log.ts'
import { startServer } from '../../server.ts'

const supportDesk = readFileSync(join(import.meta.dirname, '..', '..', '..', 'portals', 'support-desk.yaml'), 'utf8')
/** The same portal with other words; fails where the words are not there. */
const changed = (...changes: readonly [string, string][]): string =>
  changes.reduce((text, [from, to]) => {
    expect(text).toContain(from)
    return text.replaceAll(from, to)
  }, supportDesk)
const withoutLook = changed(
  [/ {4}look:\n(?: {6}.*\n)+/.exec(supportDesk)?.[0] as string, ''],
  ['includes: look', 'includes: cc'],
  [
    'says: Reads and answers every request.\n      may: { service_request: [reply',
    'says: Reads and answers every request.\n      may: { service_request: [read, reply',
  ],
)

describe.each(databaseKinds)('a definition that is put in force on %s', (kind) => {
  let server: TestServer
  let operator: Caller
  beforeAll(async () => {
    server = await startTestServer(kind)
    operator = server.withBearer()
  })
  afterAll(() => server.close())

  const apply = async (source: string, more: object = {}) =>
    operator('POST', '/api/v1/portal-definitions', { source, replaces: (await current()).version, ...more })
  const current = async () => (await operator('GET', '/api/v1/portal-definitions/current')).body

  test('is a new version with its row policies, is recorded, and does nothing where the text is the same', async () => {
    const first = await current()
    expect(first).toMatchObject({ portal: 'support-desk', version: 1, source: supportDesk, appliedBy: null })
    const source = changed(['name: Copied in only', 'name: Named ones only'])
    expect(await apply(source, { replaces: 1 })).toMatchObject({ status: 201, body: { portal: 'support-desk', version: 2, isNew: true } })
    expect(await current()).toMatchObject({ version: 2, source, appliedBy: "operator's key" })
    expect((await server.nobody('GET', '/api/v1/portal')).body.levels[0].name).toBe('Named ones only')
    expect(await apply(source)).toMatchObject({ status: 200, body: { version: 2, isNew: false } })
    expect((await server.audit()).filter(({ what }) => what === 'portal_definition.applied')).toMatchObject([
      { actor_name: "operator's key", detail: { version: 2, before: 1 } },
    ])
    expect((await operator('GET', '/api/v1/history')).body.items[0].sentence).toBe(
      "The API key “operator's key” put version 2 of the portal definition in force (support-desk).",
    )
  })

  test('BX-24 takes a level away: the grants that hold it give nothing from then on, and give it again when the level is back', async () => {
    const [acme, larkfield] = [await server.customer('Acme'), await server.partner('Larkfield')]
    const manager = await server.signIn(await server.person(acme, 'Dana', ['contact_manager']))
    const priya = await server.person(larkfield, 'Priya', ['consultant'])
    const call = await server.signIn(priya)
    await server.grant(acme, larkfield, 'look')
    const record = await server.record(acme)
    const sees = async () => ({
      listed: (await call('GET', '/api/v1/records/service_request')).body.total,
      read: (await call('GET', `/api/v1/records/service_request/${record.id}`)).status,
      asked: (
        await operator('POST', '/access/v1/evaluation', {
          subject: { type: 'user', id: priya.email },
          action: { name: 'read' },
          resource: { type: 'service_request', id: record.number },
        })
      ).body.decision,
    })
    await apply(supportDesk)
    expect(await sees()).toEqual({ listed: 1, read: 200, asked: true })
    expect((await apply(withoutLook)).status).toBe(201)
    expect(await sees()).toEqual({ listed: 0, read: 404, asked: false })
    const held = await manager('GET', '/api/v1/grants?side=given&state=all')
    expect([held.status, held.body.items.map(({ level }: { level: string }) => level)]).toEqual([200, ['look']])
    await apply(supportDesk)
    expect(await sees()).toEqual({ listed: 1, read: 200, asked: true })
  })

  test('is refused with every fault and its line, and nothing is changed', async () => {
    const before = await current()
    const faulty = await apply(changed(['opens_as: new', 'opens_as: nwe'], ['includes: contact_manager', 'includes: contact_manger']))
    expect(faulty).toMatchObject({
      status: 400,
      body: { code: 'invalid-input', detail: 'The portal definition has 2 faults. Nothing was changed.' },
    })
    expect(faulty.body.fields).toEqual([
      {
        field: expect.stringMatching(/^source:\d+ records\.service_request\.opens_as$/),
        sentence: expect.stringContaining('Did you mean "new"?'),
      },
      {
        field: expect.stringMatching(/^source:\d+ home\.customer\.primary_contact\.includes$/),
        sentence: expect.stringContaining('Did you mean "contact_manager"?'),
      },
    ])
    for (const source of ['', 'portal: [', '{{{', 'null', '[1, 2]', 'a: &a [*a]', `${'['.repeat(5000)}`, '# '.repeat(120_000)])
      expect([source.slice(0, 9), (await apply(source)).status]).toEqual([source.slice(0, 9), 400])
    expect((await apply('x'.repeat(10_000_000))).status).toBe(413)
    const nobodyRuns = await apply(changed(['portal: [operate], ', '']))
    expect(nobodyRuns).toMatchObject({ status: 400, body: { detail: expect.stringContaining('nobody of the vendor may do') } })
    expect(await apply(withoutLook, { replaces: before.version - 1 })).toMatchObject({ status: 409, body: { code: 'stale' } })
    expect(await current()).toEqual(before)
  })

  test('is put in force by the operator alone', async () => {
    const vendor = await server.signIn(await server.person(server.vendor, 'Stan', ['vendor_staff']))
    const manager = await server.signIn(await server.person(await server.customer('Other'), 'Max', ['primary_contact']))
    for (const call of [vendor, manager]) {
      expect((await call('POST', '/api/v1/portal-definitions', { source: withoutLook, replaces: 1 })).status).toBe(403)
      expect((await call('GET', '/api/v1/portal-definitions/current')).status).toBe(403)
    }
    expect((await server.nobody('POST', '/api/v1/portal-definitions', { source: withoutLook, replaces: 1 })).status).toBe(401)
  })

  test('of two that come at once after the same version, one is put in force and the other is told', async () => {
    const { version } = await current()
    const answers = await Promise.all(
      ['one', 'two'].map((name) => apply(changed(['name: Copied in only', `name: ${name}`]), { replaces: version })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await current()).version).toBe(version + 1)
  })
})

describe.each(databaseKinds)('a restart on %s', (kind) => {
  let unopened: UnopenedDatabase
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-portal-'))
  const file = join(folder, 'portal.yaml')
  beforeAll(async () => {
    unopened = await unopenedDatabase(kind)
  })
  afterAll(async () => {
    await unopened.remove()
    rmSync(folder, { recursive: true })
  })

  const settings = () =>
    readSettings({ PORT: '0', LATCHKEY_BOOTSTRAP_KEY: testOperatorKey, LATCHKEY_PORTAL: file, ...unopened.environment })
  /** Starts, asks, and stops: which text is in force, as which version, and what the log warned of. */
  async function started(work: (call: Caller) => Promise<unknown> = async () => undefined) {
    const lines: string[] = []
    const server = await startServer({
      settings: settings(),
      log: createLog('warn', (line) => lines.push(line)),
      version: 'test',
      withoutJobs: true,
    })
    try {
      const call = caller(server.address, { authorization: `Bearer ${testOperatorKey}` })
      await work(call)
      const { version, source } = (await call('GET', '/api/v1/portal-definitions/current')).body
      return { version, source, warned: lines.join('') }
    } finally {
      await server.close()
    }
  }

  test('a changed file counts until somebody puts a text in force; from then on no start puts a file over it, and migrate --apply does', async () => {
    writeFileSync(file, supportDesk)
    expect(await started()).toEqual({ version: 1, source: supportDesk, warned: '' })
    const edited = changed(['name: Copied in only', 'name: Edited'])
    const applied = changed(['name: Copied in only', 'name: Applied'])
    writeFileSync(file, edited)
    const taken = await started(async (call) => {
      expect((await call('GET', '/api/v1/portal-definitions/current')).body).toMatchObject({ version: 2, source: edited })
      await call('POST', '/api/v1/portal-definitions', { source: applied, replaces: 2 })
    })
    expect(taken).toEqual({ version: 3, source: applied, warned: '' })

    writeFileSync(file, supportDesk)
    expect(await started()).toEqual({
      version: 3,
      source: applied,
      warned: expect.stringContaining('It stays: the file of LATCHKEY_PORTAL says something else'),
    })
    const { house, close } = await openHouse({ settings: settings(), log: createLog('silent'), fileDecides: true })
    expect([house.law.version, house.law.source]).toEqual([4, supportDesk])
    await close()
  }, 120_000)
})

/** Puts a text in force in place of the one that is. */
const applyBy = async (call: Caller, source: string) =>
  call('POST', '/api/v1/portal-definitions', { source, replaces: (await call('GET', '/api/v1/portal-definitions/current')).body.version })

describe.skipIf(!databaseKinds.includes('postgresql'))('two servers on one PostgreSQL database', () => {
  let first: TestServer
  let second: Awaited<ReturnType<typeof startServer>>
  let ownerless: Awaited<ReturnType<typeof startServer>>
  beforeAll(async () => {
    first = await startTestServer('postgresql')
    second = await another(first.environment)
    const { LATCHKEY_MIGRATION_URL: _, ...without } = first.environment
    ownerless = await another(without)
  })
  afterAll(async () => {
    await second.close()
    await ownerless.close()
    await first.close()
  })
  const another = (environment: Readonly<Record<string, string>>) =>
    startServer({
      settings: readSettings({ PORT: '0', LATCHKEY_BOOTSTRAP_KEY: testOperatorKey, ...environment }),
      log: createLog('silent'),
      version: 'test',
      clock: first.clock,
      withoutJobs: true,
    })

  test('the one that was not told answers by the new law on its next request, whatever it is asked', async () => {
    const [acme, larkfield] = [await first.customer('Acme'), await first.partner('Larkfield')]
    const priya = await first.person(larkfield, 'Priya', ['consultant'])
    await first.grant(acme, larkfield, 'look')
    const record = await first.record(acme)
    const { cookie } = await first.session(priya)
    const there = caller(second.address, { cookie, origin: 'http://localhost:3000' })
    const operatorThere = caller(second.address, { authorization: `Bearer ${testOperatorKey}` })
    const nobodyThere = caller(second.address, {})
    const questions: readonly (() => Promise<unknown>)[] = [
      async () => (await there('GET', '/api/v1/records/service_request')).body.total,
      async () => (await there('GET', `/api/v1/records/service_request/${record.id}`)).status,
      async () => (await nobodyThere('GET', '/api/v1/portal')).body.levels.length,
      async () =>
        (
          await operatorThere('POST', '/access/v1/evaluation', {
            subject: { type: 'user', id: priya.email },
            action: { name: 'read' },
            resource: { type: 'service_request', id: record.number },
          })
        ).body.decision,
    ]
    const before = [1, 200, 6, true]
    const after = [0, 404, 5, false]
    const operator = first.withBearer()
    for (const [index, ask] of questions.entries()) {
      await applyBy(operator, supportDesk)
      expect([index, await ask()]).toEqual([index, before[index]])
      expect((await applyBy(operator, withoutLook)).status).toBe(201)
      expect([index, await ask()]).toEqual([index, after[index]])
    }
  })

  test('a kind of record that a new law brings is known to the other server at once', async () => {
    const kind = '  order: { name: { one: order, many: orders }, actions: { read: see it } }\n'
    await applyBy(first.withBearer(), changed(['records:\n', `records:\n${kind}`]))
    const cora = await first.person(await first.customer('Orders'), 'Cora', ['contact'])
    const there = caller(second.address, { cookie: (await first.session(cora)).cookie })
    expect((await there('GET', '/api/v1/records/order')).status).not.toBe(404)
    await applyBy(first.withBearer(), supportDesk)
    expect((await there('GET', '/api/v1/records/order')).status).toBe(404)
  })

  test('a server without the address of the owner says what to do, changes nothing, and answers by what another one puts in force', async () => {
    const call = caller(ownerless.address, { authorization: `Bearer ${testOperatorKey}` })
    const before = (await call('GET', '/api/v1/portal-definitions/current')).body
    const refused = await applyBy(call, withoutLook)
    expect(refused).toMatchObject({
      status: 403,
      body: { because: [expect.stringContaining('no address of the owner'), expect.stringContaining('latchkey migrate --apply')] },
    })
    expect((await call('GET', '/api/v1/portal-definitions/current')).body).toEqual(before)
    await applyBy(first.withBearer(), withoutLook)
    expect((await caller(ownerless.address, {})('GET', '/api/v1/portal')).body.levels).toHaveLength(5)
  })
})
