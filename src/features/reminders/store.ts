// What ends soon, and what was reminded of.
import { sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { addMilliseconds, type Instant, instantOf } from '../../kernel/instant.ts'
import { type Ending, hasEnded, type Kind } from './rules.ts'

export interface EndingThing extends Ending {
  readonly id: string
}

/** The farthest reminder, and more than a day for zones. */
const horizon = 32 * 86_400_000

/** Every access in force that ends within the month (or those of them), the same customer's and partner's beside each other. */
export async function endingGrants(tx: ReadTx, among?: readonly string[]): Promise<EndingThing[]> {
  const now = new Date(tx.now)
  const rows = await tx.sql
    .selectFrom('grants as g')
    .innerJoin('organizations as c', 'c.id', 'g.customer_id')
    .leftJoin('reminders as r', (join) => join.on('r.kind', '=', 'access').onRef('r.thing_id', '=', 'g.id'))
    .select(['g.id', 'g.until_at', 'g.from_at', 'g.given_at', 'g.confirmed_at', 'c.time_zone', (eb) => eb.fn.min('r.days').as('reminded')])
    .where('g.ended_at', 'is', null)
    .$if(among !== undefined, (query) => query.where('g.id', 'in', [...(among ?? [])]))
    .where('g.confirmed_at', '<=', now)
    .where('g.from_at', '<=', now)
    .where('g.until_at', '>', now)
    .where('g.until_at', '<=', new Date(addMilliseconds(tx.now, horizon)))
    .groupBy(['g.id', 'c.time_zone'])
    .orderBy('g.customer_id')
    .orderBy('g.partner_id')
    .orderBy('g.until_at')
    .orderBy('g.number')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    until: instantOf(row.until_at),
    since: latest(row.from_at, row.given_at, row.confirmed_at ?? row.from_at),
    zone: row.time_zone,
    reminded: row.reminded,
  }))
}

/** What ended by its date within the month (or those of it) and was told to nobody; what had ended before the import began that brought it in is no news. */
export async function endedGrants(tx: ReadTx, among?: readonly string[]): Promise<string[]> {
  const rows = await tx.sql
    .selectFrom('grants as g')
    .select('g.id')
    .where('g.ended_at', 'is', null)
    .$if(among !== undefined, (query) => query.where('g.id', 'in', [...(among ?? [])]))
    .whereRef('g.confirmed_at', '<', 'g.until_at')
    .where('g.until_at', '<=', new Date(tx.now))
    .where('g.until_at', '>', new Date(addMilliseconds(tx.now, -horizon)))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('reminders as r')
            .select('r.days')
            .where('r.kind', '=', 'access')
            .whereRef('r.thing_id', '=', 'g.id')
            .where('r.days', '=', hasEnded),
        ),
      ),
    )
    // By the import that brought in this access, and not by whichever began since: one runs every night, and accesses end at midnight.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('import_changes as x')
            .innerJoin('imports as i', 'i.id', 'x.import_id')
            .select('x.id')
            .where('x.place', '=', 'grants')
            .where('x.before', 'is', null)
            .where('x.key', '=', sql<string>`'["' || g.id || '"]'`)
            .whereRef('i.started_at', '>=', 'g.until_at'),
        ),
      ),
    )
    .orderBy('g.customer_id')
    .orderBy('g.partner_id')
    .orderBy('g.until_at')
    .orderBy('g.number')
    .execute()
  return rows.map(({ id }) => id)
}

const latest = (...instants: Date[]): Instant => instantOf(new Date(Math.max(...instants.map((one) => one.getTime()))))

/** Every request that waits before a customer. Its days are those of the partner's zone, in which its last day is told. */
export async function lapsingRequests(tx: ReadTx, among?: readonly string[]): Promise<EndingThing[]> {
  const rows = await tx.sql
    .selectFrom('access_requests as q')
    .innerJoin('organizations as o', 'o.id', 'q.partner_id')
    .leftJoin('reminders as r', (join) => join.on('r.kind', '=', 'access_request').onRef('r.thing_id', '=', 'q.id'))
    .select(['q.id', 'q.lapses_at', 'q.asked_at', 'o.time_zone', (eb) => eb.fn.min('r.days').as('reminded')])
    .where('q.state', '=', 'pending')
    .$if(among !== undefined, (query) => query.where('q.id', 'in', [...(among ?? [])]))
    .where('q.customer_id', 'is not', null)
    .where('q.lapses_at', '>', new Date(tx.now))
    .where('q.lapses_at', '<=', new Date(addMilliseconds(tx.now, horizon)))
    .groupBy(['q.id', 'o.time_zone'])
    .orderBy('q.lapses_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    until: instantOf(row.lapses_at),
    since: instantOf(row.asked_at),
    zone: row.time_zone,
    reminded: row.reminded,
  }))
}

/** Notes a reminder down; false where another server did. */
export async function noteReminded(tx: WriteTx, kind: Kind, thingId: string, days: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.sql
    .insertInto('reminders')
    .values({ kind, thing_id: thingId, days, at: new Date(tx.now) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}
