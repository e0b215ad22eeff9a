// One running server, wired by hand: house, routes, jobs, and a clean end.
import type { AddressInfo } from 'node:net'
import { createContext } from './context/context.ts'
import type { Clock, House } from './context/house.ts'
import { giveContext } from './context/on-request.ts'
import { openHouse } from './context/open-house.ts'
import { lapseAccessRequests } from './features/access-requests/lapse-access-requests.ts'
import { accessRequestRoutes } from './features/access-requests/routes.ts'
import { accountRequestRoutes } from './features/account-requests/routes.ts'
import { apiKeyRoutes } from './features/api-keys/routes.ts'
import { historyRoutes } from './features/audit-log/routes.ts'
import { colleagueRoutes } from './features/colleagues/routes.ts'
import { contactRoutes } from './features/contacts/routes.ts'
import { conversationRoutes } from './features/conversations/routes.ts'
import { decisionRoutes } from './features/decisions/routes.ts'
import { definitionRoutes } from './features/definitions/routes.ts'
import { explorerRoutes } from './features/explorer/routes.ts'
import { focusRoutes } from './features/focus/routes.ts'
import { grantRoutes } from './features/grants/routes.ts'
import { groupRoutes } from './features/groups/routes.ts'
import { importRoutes } from './features/import/routes.ts'
import { invitationRoutes } from './features/invitations/routes.ts'
import { createDelivery, type Delivery } from './features/letters/delivery.ts'
import { letterRoutes } from './features/letters/routes.ts'
import { linkRoutes } from './features/links/routes.ts'
import { tellOfNewCustomers } from './features/links/tell-of-new-customers.ts'
import { lookRoutes } from './features/looks/routes.ts'
import { namedPeopleRoutes } from './features/named-people/routes.ts'
import { organizationRoutes } from './features/organizations/routes.ts'
import { peopleRoutes } from './features/people/routes.ts'
import { portalRoutes } from './features/portal/routes.ts'
import { receiptRoutes } from './features/receipts/routes.ts'
import { recordRoutes } from './features/records/routes.ts'
import { remindOfEnds } from './features/reminders/remind-of-ends.ts'
import { remindOfRequests } from './features/reminders/remind-of-requests.ts'
import { tellOfEnds } from './features/reminders/tell-of-ends.ts'
import { serviceRequestRoutes } from './features/service-requests/routes.ts'
import { identifierOf } from './features/sign-in/identify.ts'
import { passkeyRoutes } from './features/sign-in/passkey-routes.ts'
import { signInRoutes } from './features/sign-in/routes.ts'
import { sessionCookieName } from './features/sign-in/rules.ts'
import { noticeRoutes } from './features/subscriptions/routes.ts'
import { unsubscribeRoutes } from './features/subscriptions/unsubscribe-routes.ts'
import { type OperatorKey, operatorKey } from './operator-key.ts'
import type { Settings } from './platform/config/settings.ts'
import { migrationStatus } from './platform/db/migration-status.ts'
import { createHttp } from './platform/http/create-http.ts'
import type { HealthCheck } from './platform/http/health.ts'
import { idempotencyKeyOf } from './platform/http/idempotency-key.ts'
import { addRoutes, type HttpApp, type Routes } from './platform/http/routes.ts'
import { bearerOf } from './platform/http/same-origin.ts'
import { builtWebFiles } from './platform/http/web-files.ts'
import { type Job, runEvery } from './platform/jobs/run-every.ts'
import type { Log } from './platform/log/log.ts'
import { createMetrics, type Metrics } from './platform/metrics/metrics.ts'

export interface RunningServer {
  readonly house: House
  readonly app: HttpApp
  /** Where it answers, for instance http://127.0.0.1:3000. */
  readonly address: string
  /** Delivers every letter that is due; tests call it instead of waiting. */
  settle(): Promise<void>
  /** Answers what runs, finishes the batch of letters under way, and gives the data directory free. */
  close(): Promise<void>
}

interface Options {
  readonly settings: Settings
  readonly log: Log
  readonly version: string
  /** Tests set the clock and deliver letters themselves. */
  readonly clock?: Clock
  readonly withoutJobs?: boolean
  readonly onLost?: (error: Error) => void
  /** Done in the open house before the first request is answered, for instance bringing in the demo world. */
  readonly prepare?: (house: House) => Promise<unknown>
}

const apiRoutes: readonly Routes[] = [
  portalRoutes,
  definitionRoutes,
  signInRoutes,
  passkeyRoutes,
  peopleRoutes,
  apiKeyRoutes,
  organizationRoutes,
  contactRoutes,
  grantRoutes,
  groupRoutes,
  invitationRoutes,
  receiptRoutes,
  namedPeopleRoutes,
  focusRoutes,
  lookRoutes,
  accessRequestRoutes,
  colleagueRoutes,
  linkRoutes,
  recordRoutes,
  accountRequestRoutes,
  serviceRequestRoutes,
  conversationRoutes,
  explorerRoutes,
  historyRoutes,
  letterRoutes,
  noticeRoutes,
  importRoutes,
]

/** Starts a server; throws a sentence that names what is wrong, and then leaves nothing open. */
export async function startServer(options: Options): Promise<RunningServer> {
  const { settings, log, withoutJobs = false } = options
  const { house, close } = await openHouse(options)
  const key = operatorKey(settings)
  const delivery = createDelivery(house, { smtpUrl: settings.smtpUrl, from: settings.mailFrom })
  const metrics = createMetrics()
  metrics.gauge({ name: 'latchkey_letters', says: 'Letters by state.', label: 'state', read: () => delivery.counts() })
  metrics.gauge({
    name: 'latchkey_database_connections',
    says: 'Connections to the database by use.',
    label: 'use',
    read: () => connections(house),
  })
  let jobs: Job[] = []
  const end = async () => {
    await Promise.all([delivery.stop(), ...jobs.map((job) => job.stop())])
    key.forget()
    await close()
  }
  try {
    await options.prepare?.(house)
    const app = await buildApp(options, house, key, delivery, metrics)
    await app.listen({ port: settings.port, host: settings.host })
    if (!withoutJobs) {
      delivery.start()
      jobs = startJobs(house, log)
    }
    const { port } = app.server.address() as AddressInfo
    const closing = once(async () => {
      await app.close()
      await end()
    })
    return {
      house,
      app,
      address: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`,
      settle: delivery.settle,
      close: closing,
    }
  } catch (error) {
    await end()
    throw error
  }
}

async function buildApp(
  { settings, log, version }: Options,
  house: House,
  key: OperatorKey,
  delivery: Delivery,
  metrics: Metrics,
): Promise<HttpApp> {
  const app = await createHttp({ settings, log, metrics, version, checks: checksOf(house, delivery), webFiles: builtWebFiles() })
  const cookieName = sessionCookieName(settings.publicUrl)
  const identify = identifierOf(house)
  giveContext(app, async (request) => {
    const credentials = { cookie: request.cookies[cookieName], bearer: bearerOf(request), operatorKey: key.text, requestRef: request.id }
    return createContext(house, await identify(credentials), request.id, idempotencyKeyOf(request))
  })
  await addRoutes(app, '/api/v1', apiRoutes)
  await addRoutes(app, '', [decisionRoutes, unsubscribeRoutes])
  return app
}

const connections = ({ database: { pool } }: House): Record<string, number> => ({
  busy: pool.totalCount - pool.idleCount,
  idle: pool.idleCount,
  waiting: pool.waitingCount,
})

function checksOf({ database }: House, delivery: Delivery): HealthCheck[] {
  return [
    { name: 'database', check: () => database.ping().then(() => undefined) },
    {
      name: 'migrations',
      check: async () => {
        const { pending, conflict } = await migrationStatus(database.pool)
        return conflict ?? (pending.length === 0 ? undefined : `${pending.length} are missing: run "latchkey migrate"`)
      },
    },
    {
      name: 'room',
      check: async () => {
        const { ok, freeBytes, watermark } = await database.freeSpace()
        return ok ? undefined : `${freeBytes ?? 'unknown'} bytes are free and ${watermark} are kept: nothing is written until there is room`
      },
    },
    { name: 'letters', check: () => delivery.trouble() },
  ]
}

const minuteMs = 60_000
const hourMs = 3_600_000

/** Jobs only write letters and tidy up; that something ended or lapsed is a comparison of instants and waits for none of them. */
function startJobs(house: House, log: Log): Job[] {
  const lapse = createContext(house, { kind: 'system', task: 'lapse' }, 'lapse')
  const newCustomers = createContext(house, { kind: 'system', task: 'new-customers' }, 'new-customers')
  const remind = createContext(house, { kind: 'system', task: 'remind' }, 'remind')
  const jobs = [
    runEvery({ name: 'lapse', everyMs: hourMs, log }, () => lapseAccessRequests(lapse)),
    runEvery({ name: 'ends', everyMs: hourMs, log }, () => remindOfEnds(remind)),
    runEvery({ name: 'ended', everyMs: 5 * minuteMs, log }, () => tellOfEnds(remind)),
    runEvery({ name: 'requests', everyMs: hourMs, log }, () => remindOfRequests(remind)),
    runEvery({ name: 'new-customers', everyMs: minuteMs, log }, () => tellOfNewCustomers(newCustomers)),
    runEvery({ name: 'counts', everyMs: hourMs, log }, () => foldRecordCounts(house.database)),
  ]
  return house.database.kind === 'embedded' ? [...jobs, runEvery({ name: 'vacuum', everyMs: 24 * hourMs, log }, tidying(house))] : jobs
}

/** Changes no count: of many rows that add up, one is made. */
async function foldRecordCounts({ pool }: House['database']): Promise<void> {
  await pool.withClient(async (client) => {
    await client.query('begin')
    await client.query('set local role latchkey_system')
    await client.query('select fold_record_counts()')
    await client.query('commit')
  })
}

/** The embedded database has no autovacuum: once a day it is tidied while it serves, and not at the start. */
function tidying({ database }: House): () => Promise<void> {
  let atStart = true
  return async () => {
    if (!atStart) await database.patiently(() => database.pool.query('vacuum analyze'))
    atStart = false
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
