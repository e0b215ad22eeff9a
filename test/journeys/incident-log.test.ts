// The main job on an incident log: a partner asks one location, its contact manager gives less than asked, and every way of looking holds exactly that.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../database.ts'
import { type Caller, startTestServer, type TestServer, testOperatorKey } from '../server.ts'

const root = join(import.meta.dirname, '..', '..')
const mapping = join(root, 'examples', 'incident-log.mapping.yaml')
const real = process.env['LATCHKEY_INCIDENT_LOG']
const logs = [join(root, 'examples', 'incident-log.csv'), ...(real ? [resolve(root, real)] : [])]

/** Where each incident stands at the start of 5 March 2016: its last event before, read from the file by a few lines of its own. */
function standingOf(file: string): { number: string; location: string; group: string }[] {
  const rows = parse(readFileSync(file, 'utf8'), { columns: true }) as Record<string, string>[]
  const last = new Map<string, { at: string; number: string; location: string; group: string }>()
  for (const row of rows) {
    const [, day, month, year, hour, minute] = /^(\d+)-(\d+)-(\d+) (\d+):(\d+)$/.exec(row['sys_updated_at'] ?? '') ?? []
    const at = [year, month, day, hour, minute].map((part) => (part ?? '').padStart(2, '0')).join('')
    const { number = '', location = '', assignment_group: group = '' } = row
    if (at < '201603050000' && at >= (last.get(number)?.at ?? '')) last.set(number, { at, number, location, group })
  }
  return [...last.values()]
}

/** The group and the location that we follow: the location with most incidents, a group that works there, and one that does not. */
function cast(incidents: ReturnType<typeof standingOf>) {
  const many = Map.groupBy(
    incidents.filter(({ location }) => location !== '?'),
    ({ location }) => location,
  )
  const [location = '', at = []] = [...many].sort(([, a], [, b]) => b.length - a.length)[0] ?? []
  const groups = [...new Set(incidents.map(({ group }) => group).filter((group) => group !== '?'))].sort()
  const working = new Set(at.map(({ group }) => group))
  return {
    location,
    numbers: at.map(({ number }) => number).sort(),
    groups: groups.sort((a, b) => Number(working.has(b)) - Number(working.has(a))),
  }
}

describe.each(
  databaseKinds.flatMap((kind) =>
    logs.map((file) => ({ kind, file, name: file.endsWith('examples/incident-log.csv') ? 'the shipped log' : 'the real log' })),
  ),
)('the main job on $name on $kind', ({ kind, file }) => {
  let server: TestServer
  const incidents = standingOf(file)
  const { location, numbers, groups } = cast(incidents)

  const latchkey = (...words: string[]) =>
    promisify(execFile)(process.execPath, [join(root, 'bin', 'latchkey.mjs'), ...words], {
      env: { ...process.env, LATCHKEY_URL: server.address, LATCHKEY_KEY: testOperatorKey },
    })

  /** The people of an organization with a role, by the organization's name. */
  const personOf = async (organization: string, role: string) => {
    const pool = server.stageOwner
    const { rows } = await pool.query<{ email: string; external_id: string }>(
      `select p.email, p.external_id from people p join memberships m on m.person_id = p.id join organizations o on o.id = m.organization_id
         where o.name = $1 and $2 = any (m.roles) and m.until_at is null order by p.email limit 1`,
      [organization, role],
    )
    return rows[0]
  }

  beforeAll(async () => {
    server = await startTestServer(kind)
    await server.stageOwner.query(`delete from organizations where kind = 'vendor'`)
    await latchkey('import', file, '--mapping', mapping, '--trust-grants')
  }, 240_000)
  afterAll(() => server.close())

  const listed = async (call: Caller, filter = '') => {
    const found: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const { body } = await call(
        'GET',
        `/api/v1/records/service_request?limit=100${filter}${next ? `&after=${encodeURIComponent(next)}` : ''}`,
      )
      found.push(...body.items.map(({ number }: { number: string }) => number))
      next = body.next
    }
    return found.sort()
  }
  const counted = async (call: Caller) => (await call('GET', '/api/v1/records/service_request/count')).body.total
  const searched = async (call: Caller, number: string) =>
    (await call('GET', `/api/v1/records/service_request?q=${encodeURIComponent(number)}`)).body.total
  const decided = async (user: string, ids: readonly string[]) => {
    const evaluations = ids.map((id) => ({ resource: { type: 'service_request', id } }))
    const { body } = await server.withBearer()('POST', '/access/v1/evaluations', {
      subject: { type: 'user', id: user },
      action: { name: 'read' },
      evaluations,
    })
    return ids.filter((_, index) => body.evaluations[index].decision).sort()
  }
  const elsewhere = incidents.filter((incident) => incident.location !== location).map(({ number }) => number)

  test('OR-010 OR-050 OR-060 OR-063 OR-009 BX-19 asked, given less, seen exactly, removed, ended; another partner never saw any of it', async () => {
    const withAdministrator = (
      await Promise.all(groups.map(async (group) => ({ group, admin: await personOf(group, 'partner_administrator') })))
    ).filter(({ admin }) => admin)
    const [asking, bystanding] = withAdministrator
    const manager = await personOf(location, 'contact_manager')
    if (!asking?.admin || !bystanding?.admin || !manager) throw new Error('the log has nobody to follow')
    const partner = await server.signIn(asking.admin)
    const bystander = await server.signIn(bystanding.admin)
    const customer = await server.signIn(manager)
    const nothing = async (call: Caller, user: string) => {
      expect(await listed(call)).toEqual([])
      expect(await counted(call)).toBe(0)
      expect(await searched(call, numbers[0] as string)).toBe(0)
      expect(await decided(user, numbers)).toEqual([])
    }
    await nothing(partner, asking.admin.external_id)

    const asked = await partner('POST', '/api/v1/access-requests', {
      contactManagerEmail: manager.email,
      items: [{ personId: null, level: 'update' }],
      endsOn: '2027-05-21',
      reason: 'We work on your incidents.',
    })
    expect(asked.status).toBe(202)
    await nothing(partner, asking.admin.external_id)

    const waiting = await customer('GET', `/api/v1/access-requests/${asked.body.id}`)
    expect(waiting.body).toMatchObject({
      state: 'waiting',
      partner: { name: asking.group },
      preview: { records: { total: numbers.length } },
    })
    const { items } = waiting.body
    const approval = { endsOn: '2026-12-31', items: [{ id: items[0].id, level: 'look' }], understood: true }
    expect((await customer('POST', `/api/v1/access-requests/${asked.body.id}/approval`, approval)).status).toBe(201)
    expect((await customer('POST', `/api/v1/access-requests/${asked.body.id}/approval`, approval)).status).toBe(409)

    expect(await listed(partner)).toEqual(numbers)
    expect(await counted(partner)).toBe(numbers.length)
    for (const number of numbers.slice(0, 5)) expect(await searched(partner, number)).toBeGreaterThanOrEqual(1)
    for (const number of elsewhere.slice(0, 5)) expect(await searched(partner, number)).toBe(0)
    expect(await decided(asking.admin.external_id, [...numbers, ...elsewhere].slice(0, 900))).toEqual(numbers)
    await nothing(bystander, bystanding.admin.external_id)

    const on = `service_request/${numbers[0]}`
    const yes = await latchkey('check', '--user', asking.admin.external_id, '--can', 'read', '--on', on)
    expect(yes.stdout).toMatch(/^yes, until 2026-12-31|^yes, until 2027-01-01/)
    await expect(latchkey('check', '--user', asking.admin.external_id, '--can', 'reply', '--on', on)).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^no/),
    })
    expect((await latchkey('explain', '--user', asking.admin.external_id, '--can', 'read', '--on', on)).stdout).toContain(
      'See all requests',
    )

    const { body: given } = await customer('GET', '/api/v1/grants?side=given&state=active')
    expect(given.items).toEqual([expect.objectContaining({ level: 'look', endsOn: '2026-12-31' })])
    expect((await customer('POST', `/api/v1/grants/${given.items[0].id}/removal`, { reason: 'done' })).status).toBe(201)
    await nothing(partner, asking.admin.external_id)

    const partnerId = given.items[0].partner.id
    const again = await customer('POST', '/api/v1/grants', {
      partnerId,
      personIds: null,
      level: 'look',
      endsOn: '2026-12-31',
      reason: 'once more',
      understood: true,
    })
    expect(again.status).toBe(201)
    expect(await counted(partner)).toBe(numbers.length)
    server.setClock('2027-01-01T12:00:00.000Z')
    // Sessions have lapsed meanwhile: they sign in again, and find nothing.
    await nothing(await server.signIn(asking.admin), asking.admin.external_id)
    await nothing(await server.signIn(bystanding.admin), bystanding.admin.external_id)
  }, 240_000)
})
