// Fifty approvals in the middle of which something dies: the stage, a server in a process of its own, and what the database holds afterwards.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { openHouse } from '../../src/context/open-house.ts'
import { hashToken, newToken } from '../../src/features/sign-in/secrets.ts'
import { addMilliseconds, instantOf } from '../../src/kernel/instant.ts'
import { readSettings } from '../../src/platform/config/read-settings.ts'
import { valueTypes } from '../../src/platform/db/value-types.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { caller } from '../server.ts'
import { type SetClock, worldOn } from '../world.ts'

const approvals = 50
/** When this many were acknowledged, the blow falls. */
const blowAfter = 16
const day = 86_400_000

type Environment = Readonly<Record<string, string>>

/** Opens the database beside no server, hands its owner's connections to the work, and closes it again. */
export async function withOwner<T>(
  environment: Environment,
  work: (owner: pg.Pool, house: Awaited<ReturnType<typeof openHouse>>['house']) => Promise<T>,
): Promise<T> {
  const { house, close } = await openHouse({ settings: readSettings(environment), log: createLog('silent') })
  const url = environment['LATCHKEY_MIGRATION_URL']
  const own = url ? new pg.Pool({ connectionString: url, max: 2, types: valueTypes }) : undefined
  try {
    return await work(own ?? house.database.pool, house)
  } finally {
    await own?.end()
    await close()
  }
}

/** Fifty partners have each asked one customer for access; its manager is signed in. */
export const setStage = (environment: Environment) =>
  withOwner(environment, async (owner, house) => {
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

export interface ServerProcess {
  readonly child: ChildProcess
  readonly port: number
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** Ready when it says so. */
export async function startProcess(environment: Environment): Promise<ServerProcess> {
  const port = await freePort()
  const root = join(import.meta.dirname, '..', '..')
  const env = { ...process.env, ...environment, PORT: String(port), LATCHKEY_LOG: 'info' }
  const child = spawn(process.execPath, [join(root, 'src', 'main.ts'), 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) if (chunk.toString().includes('"ready"')) break
  child.stdout?.resume()
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  return { child, port, end }
}

export interface Answered {
  readonly acknowledged: readonly string[]
  /** What was said instead of yes; what was not answered at all is in neither list. */
  readonly refused: readonly { readonly status: number; readonly code?: string }[]
}

/** All are approved at the same time by the manager; in the middle of it, the blow. What is not answered is not acknowledged. */
export async function approveAll(
  port: number,
  { token, requests }: { token: string; requests: readonly string[] },
  blow?: () => unknown,
): Promise<Answered> {
  const dana = caller(`http://127.0.0.1:${port}`, { cookie: `latchkey_session=${token}`, origin: `http://localhost:${port}` })
  const acknowledged: string[] = []
  const refused: { status: number; code?: string }[] = []
  await Promise.all(
    requests.map(async (id) => {
      const answer = await dana('POST', `/api/v1/access-requests/${id}/approval`, { understood: true }).catch(() => undefined)
      if (answer?.status === 201) acknowledged.push(id)
      else if (answer) refused.push({ status: answer.status, code: answer.body?.code })
      if (blow && acknowledged.length === blowAfter) blow()
    }),
  )
  return { acknowledged, refused }
}

/** Each request as the database holds it: approved with everything that belongs to it, untouched, or, as must never be, something between. */
export const findings = (environment: Environment) =>
  withOwner(environment, async (owner) => {
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
    return rows.map(({ id, state, grants, granted, letters, audited }) => ({
      id,
      whole: state === 'approved' && grants === 1 && granted === 1 && letters >= 2 && audited === 1,
      untouched: state === 'pending' && grants + granted + letters + audited === 0,
    }))
  })
