// Requests a second over HTTP for a page of a list and for a decision, on each database, beside a request that asks nothing (the limit).
import { databaseKinds } from '../test/database.ts'
import { type Caller, startTestServer } from '../test/server.ts'
import { type Rate, rateOf, together } from './rates.ts'
import { smallPortal } from './small-portal.ts'

const size = { customers: 1000, partners: 200, records: Number(process.env['LATCHKEY_BENCH_RECORDS'] ?? 50_000) }

/** Measures both databases and prints a table; ratios are to the request that asks nothing, in the same run. */
export async function benchRequests(): Promise<void> {
  for (const kind of databaseKinds) {
    const server = await startTestServer(kind)
    try {
      const portal = await smallPortal(server, size)
      const consultant = await server.signIn({ email: portal.consultantEmail })
      const key = server.withBearer()
      const rates = [
        await rateOf(
          'nothing (/livez)',
          () => server.nobody('GET', '/livez'),
          () => true,
        ),
        await rateOf('page 1 of a list', () => consultant('GET', '/api/v1/records/service_request?limit=25'), hasRows),
        await rateOf(
          'a decision: yes',
          () => evaluation(key, portal.consultantEmail, portal.seen),
          (body) => decision(body) === true,
        ),
        await rateOf(
          'a decision: no',
          () => evaluation(key, portal.consultantEmail, portal.unseen),
          (body) => decision(body) === false,
        ),
      ]
      print(kind, rates)
    } finally {
      await server.close()
    }
  }
}

const hasRows = (body: unknown) => (body as { items: unknown[] }).items.length === 25
const decision = (body: unknown) => (body as { decision: boolean }).decision

const evaluation = (key: Caller, user: string, id: string) =>
  key('POST', '/access/v1/evaluation', {
    subject: { type: 'user', id: user },
    action: { name: 'read' },
    resource: { type: 'service_request', id },
  })

function print(kind: string, rates: readonly Rate[]): void {
  const limit = rates[0]?.perSecond ?? 1
  console.log(
    `\nOver HTTP on ${kind}: ${size.customers} customers, ${size.records} records, ${together} requests at once, caller and server in one process`,
  )
  for (const { name, perSecond, p50, p95 } of rates) {
    console.log(
      `  ${name.padEnd(18)} ${String(perSecond).padStart(6)} a second   p50 ${p50} ms   p95 ${p95} ms   ${(perSecond / limit).toFixed(3)} of nothing`,
    )
  }
}
