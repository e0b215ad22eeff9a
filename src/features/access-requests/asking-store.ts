// What is looked up before a request is put before somebody: who answers at an address, and how much was asked lately.
import { sql } from 'kysely'
import type { WriteTx } from '../../context/context.ts'
import { asId, type OrganizationId } from '../../kernel/ids.ts'
import { addMilliseconds } from '../../kernel/instant.ts'
import type { Asked } from './rules.ts'

/** Which customer the address answers for; null where it answers for none. Asked for every address alike. */
export async function customerAnsweredBy(tx: WriteTx, address: string): Promise<OrganizationId | null> {
  const roles = [...tx.law.requests.answeredBy]
  const { rows } = await sql<{ customer: string | null }>`select customer_answered_by(${address}, ${roles}::text[]) as customer`.execute(
    tx.sql,
  )
  const customer = rows[0]?.customer ?? null
  return customer === null ? null : asId(customer)
}

/** What the person and the partner asked for lately and are waiting for. */
export async function countAsked(tx: WriteTx, partnerId: string, personId: string): Promise<Asked> {
  const now = new Date(tx.now)
  const row = await tx.sql
    .selectFrom('access_requests')
    .select((eb) => {
      const waits = eb.and([eb('state', '=', 'pending'), eb('lapses_at', '>', now)])
      const mine = eb('asked_by', '=', personId)
      const since = (milliseconds: number) => eb('asked_at', '>', new Date(addMilliseconds(tx.now, -milliseconds)))
      return [
        eb.fn
          .countAll<number>()
          .filterWhere(eb.and([waits, mine]))
          .as('waitingOfPerson'),
        eb.fn.countAll<number>().filterWhere(waits).as('waitingOfPartner'),
        eb.fn
          .countAll<number>()
          .filterWhere(eb.and([mine, since(3_600_000)]))
          .as('hourlyOfPerson'),
        eb.fn.countAll<number>().filterWhere(since(86_400_000)).as('dailyOfPartner'),
      ]
    })
    .where('partner_id', '=', partnerId)
    .executeTakeFirstOrThrow()
  return row
}
