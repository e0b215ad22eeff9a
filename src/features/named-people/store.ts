// Who belonged to what a grant was given to, and when they last used what they have, as the customer may know it.
import type { ReadTx } from '../../context/context.ts'
import { type Instant, instantOf } from '../../kernel/instant.ts'
import type { Belonging } from './rules.ts'

/** Everybody who is or was at one of the organizations, by organization. */
export async function belongingTo(tx: ReadTx, organizationIds: readonly string[]): Promise<Map<string, Belonging[]>> {
  if (organizationIds.length === 0) return new Map()
  const rows = await tx.sql
    .selectFrom('memberships as m')
    .innerJoin('people as p', 'p.id', 'm.person_id')
    .select(['m.organization_id as place', 'p.id', 'p.name', 'p.email', 'm.from_at', 'm.until_at'])
    .where('m.organization_id', 'in', [...organizationIds])
    .orderBy('p.name')
    .orderBy('p.id')
    .execute()
  return grouped(rows)
}

/** Everybody who is or was in one of the groups, by group. */
export async function belongingToGroups(tx: ReadTx, groupIds: readonly string[]): Promise<Map<string, Belonging[]>> {
  if (groupIds.length === 0) return new Map()
  const rows = await tx.sql
    .selectFrom('group_members as m')
    .innerJoin('people as p', 'p.id', 'm.person_id')
    .select(['m.group_id as place', 'p.id', 'p.name', 'p.email', 'm.from_at', 'm.until_at'])
    .where('m.group_id', 'in', [...groupIds])
    .orderBy('p.name')
    .orderBy('p.id')
    .execute()
  return grouped(rows)
}

interface Row {
  place: string
  id: string
  name: string
  email: string
  from_at: Date
  until_at: Date | null
}

function grouped(rows: readonly Row[]): Map<string, Belonging[]> {
  const all = rows.map((row) => ({
    place: row.place,
    personId: row.id,
    name: row.name,
    email: row.email,
    from: instantOf(row.from_at),
    until: row.until_at && instantOf(row.until_at),
  }))
  return Map.groupBy(all, ({ place }) => place)
}

/** When each last opened or changed something of the customer, to the hour. */
export async function lastUsesAt(tx: ReadTx, customerId: string): Promise<Map<string, Instant>> {
  const rows = await tx.sql.selectFrom('access_uses').select(['person_id', 'last_used_at']).where('customer_id', '=', customerId).execute()
  return new Map(rows.map((row) => [row.person_id, instantOf(row.last_used_at)]))
}

/** Which of the accesses a colleague gave who let them in, as the customer's history has it: the name as it was then. */
export async function letInAmong(
  tx: ReadTx,
  customerId: string,
  grantIds: readonly string[],
): Promise<{ grantId: string; by: string; name: string }[]> {
  if (grantIds.length === 0) return []
  const rows = await tx.sql
    .selectFrom('audit_entries')
    .select(['on_id', 'actor_id', 'actor_name'])
    .where('customer_id', '=', customerId)
    .where('what', 'in', ['colleague.let_in', 'colleague.changed'])
    .where('on_id', 'in', [...grantIds])
    .execute()
  return rows.flatMap(({ on_id: grantId, actor_id: by, actor_name: name }) =>
    grantId === null || by === null ? [] : [{ grantId, by, name }],
  )
}
