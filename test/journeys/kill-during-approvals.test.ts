// kill -9 of the server in the middle of 50 approvals: what was acknowledged is there whole, and nothing is there by half.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { openHouse } from '../../src/context/open-house.ts'
import { hashToken, newToken } from '../../src/features/sign-in/secrets.ts'
import { addMilliseconds, instantOf } from '../../src/kernel/instant.ts'
import { readSettings } from '../../src/platform/config/read-settings.ts'
import { valueTypes } from '../../src/platform/db/value-types.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { databaseKinds, type UnopenedDatabase, unopenedDatabase } from '../database.ts'
import { caller } from '../server.ts'
import { type SetClock, worldOn } from '../world.ts'

const approvals = 50
const day = 86_400_000

/** Opens the database beside no server, hands its owner's connections to the work, and closes it again. */
async function withOwner<T>(
  unopened: UnopenedDatabase,
  work: (owner: pg.Pool, house: Awaited<ReturnType<typeof openHouse>>['house']) => Promise<T>,
): Promise<T> {
  const { house, close } = await openHouse({ settings: readSettings(unopened.environment), log: createLog('silent') })
  const url = unopened.environment['LATCHKEY_MIGRATION_URL']
  const own = url ? new pg.Pool({ connectionString: url, max: 2, types: valueTypes }) : undefined
  try {
    return await work(own ?? house.database.pool, house)
  } finally {
    await own?.end()
    await close()
  }
}

/** Fifty partners have each asked one customer for access; its manager is signed in. */
const setStage = (unopened: UnopenedDatabase) =>
  withOwner(unopened, async (owner, house) => {
    const clock: SetClock = { kind: 'set', at: instantOf(new Date()) }
    const world = await worldOn(house, owner, clock)
    const acme = await world.customer('Acme')
    const dana = await world.person(acme, 'Dana', ['contact_manager'])
    const token = newToken()
    await owner.query(
      `insert into sessions (token_hash, person_id, how, created_at, last_seen_at, expires_at) values ($1, $2, 'code', now(), now(), now() + interval '1 day')`,
      [hashToken(token), dana.id],
    )
    const requests: string[] = []
    for (let index = 0; index < approvals; index++) {
      const partner = await world.partner(`Partner ${index}`)
      const asker = await world.person(partner, `Asker ${index}`, ['consultant', 'partner_administrator'])
      const { rows } = await owner.query<{ id: string }>(
        `insert into access_requests (partner_id, asked_by, addressed_to, customer_id, ends_on, reason, asked_at, lapses_at)
         values ($1, $2, $3, $4, $5, 'migration', now(), now() + interval '30 days') returning id`,
        [partner.id, asker.id, dana.email, acme.id, addMilliseconds(clock.at, 90 * day).slice(0, 10)],
      )
      const id = rows[0]?.id as string
      await owner.query(
        'insert into access_request_items (request_id, level, pending_customer_id, pending_partner_id) values ($1, $2, $3, $4)',
        [id, 'look', acme.id, partner.id],
      )
      requests.push(id)
    }
    return { token, requests }
  })

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

async function startProcess(unopened: UnopenedDatabase, port: number): Promise<ChildProcess> {
  const root = join(import.meta.dirname, '..', '..')
  const environment = { ...process.env, ...unopened.environment, PORT: String(port), LATCHKEY_LOG: 'info' }
  const child = spawn(process.execPath, [join(root, 'src', 'main.ts'), 'serve'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) if (chunk.toString().includes('"ready"')) break
  child.stdout?.resume()
  return child
}

describe.each(databaseKinds)('on %s', (kind) => {
  test('kill -9 of the server during 50 approvals loses no acknowledged one and leaves none half done', async () => {
    const unopened = await unopenedDatabase(kind)
    try {
      const { token, requests } = await setStage(unopened)
      const port = await freePort()
      const child = await startProcess(unopened, port)
      const dana = caller(`http://127.0.0.1:${port}`, { cookie: `latchkey_session=${token}`, origin: `http://localhost:${port}` })
      const acknowledged: string[] = []
      const refused: unknown[] = []
      const killWhen = Math.floor(approvals / 3)
      await Promise.all(
        requests.map(async (id) => {
          // What the killed server no longer answers is not acknowledged; whether it happened is open, but not by half.
          const answer = await dana('POST', `/api/v1/access-requests/${id}/approval`, { understood: true }).catch(() => undefined)
          if (answer?.status === 201) acknowledged.push(id)
          else if (answer) refused.push(answer.body)
          if (acknowledged.length === killWhen) child.kill('SIGKILL')
        }),
      )
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      expect(refused.filter((body) => (body as { code?: string }).code !== 'stale')).toEqual([])
      expect(acknowledged.length).toBeGreaterThanOrEqual(killWhen)

      const found = await withOwner(unopened, async (owner) => {
        const { rows } = await owner.query<{
          id: string
          state: string
          grants: number
          granted: number
          letters: number
          audited: number
        }>(
          `select r.id, r.state,
             (select count(*)::int from grants g where g.request_id = r.id) as grants,
             (select count(*)::int from access_request_items i where i.request_id = r.id and i.grant_id is not null and i.pending_customer_id is null) as granted,
             (select count(*)::int from outbox o where o.partner_id = r.partner_id) as letters,
             (select count(*)::int from audit_entries a where a.partner_id = r.partner_id and a.what = 'access_request.approved') as audited
           from access_requests r`,
        )
        return rows
      })
      const whole = ({ state, grants, granted, letters, audited }: (typeof found)[number]) =>
        state === 'approved' && grants === 1 && granted === 1 && letters >= 2 && audited === 1
      const untouched = ({ state, grants, granted, letters, audited }: (typeof found)[number]) =>
        state === 'pending' && grants + granted + letters + audited === 0
      expect(acknowledged.filter((id) => !found.some((row) => row.id === id && whole(row)))).toEqual([])
      expect(found.filter((row) => !whole(row) && !untouched(row))).toEqual([])
    } finally {
      await unopened.remove()
    }
  }, 240_000)
})
