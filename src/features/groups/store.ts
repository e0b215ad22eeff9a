// Groups of a partner's people in the database. Who was a member stays known: a membership of a group is ended, never deleted.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { asId, type OrganizationId, type PersonId } from '../../kernel/ids.ts'
import { type Instant, instantOf } from '../../kernel/instant.ts'

export interface Group {
  readonly id: string
  readonly name: string
  readonly partnerId: OrganizationId
  /** The customer whose access made it, and for what it gives there; null: brought in by an import. */
  readonly customerId: OrganizationId | null
  readonly gives: string | null
  readonly endedAt: Instant | null
}

export interface Member {
  readonly groupId: string
  readonly id: PersonId
  readonly name: string
  readonly email: string
  readonly since: Instant
}

type Filter =
  | { readonly id: string; readonly partnerId: string }
  | { readonly partnerId: string }
  | { readonly customerId: string; readonly partnerId: string }

/** Groups that the actor may know, by name; those that are over come last. */
export async function groupsWhere(tx: ReadTx, filter: Filter): Promise<Group[]> {
  let query = tx.sql
    .selectFrom('groups')
    .select(['id', 'name', 'partner_id', 'customer_id', 'gives', 'ended_at'])
    .where('partner_id', '=', filter.partnerId)
  if ('id' in filter) query = query.where('id', '=', filter.id)
  if ('customerId' in filter) query = query.where('customer_id', '=', filter.customerId)
  const rows = await query
    .orderBy((eb) => eb('ended_at', 'is not', null))
    .orderBy('name')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    partnerId: asId(row.partner_id),
    customerId: row.customer_id === null ? null : asId(row.customer_id),
    gives: row.gives,
    endedAt: row.ended_at && instantOf(row.ended_at),
  }))
}

/** Who is in the groups at the instant and works at their partner still, by name; of groups that are over (all) who was in them to the end. */
export async function membersOf(tx: ReadTx, groupIds: readonly string[], which: 'standing' | 'all'): Promise<Member[]> {
  if (groupIds.length === 0) return []
  const now = new Date(tx.now)
  const rows = await tx.sql
    .selectFrom('group_members as gm')
    .innerJoin('groups as g', 'g.id', 'gm.group_id')
    .innerJoin('people as p', 'p.id', 'gm.person_id')
    .innerJoin('memberships as m', (join) => join.onRef('m.person_id', '=', 'p.id').onRef('m.organization_id', '=', 'g.partner_id'))
    .select(['gm.group_id as groupId', 'p.id', 'p.name', 'p.email', 'gm.from_at'])
    .where('gm.group_id', 'in', [...groupIds])
    .$if(which === 'standing', (query) => query.where((eb) => eb.or([eb('g.ended_at', 'is', null), eb('g.ended_at', '>', now)])))
    .where('gm.from_at', '<=', now)
    .where((eb) => eb.or([eb('gm.until_at', 'is', null), eb('gm.until_at', '>', now)]))
    .where('m.from_at', '<=', now)
    .where((eb) => eb.or([eb('m.until_at', 'is', null), eb('m.until_at', '>', now)]))
    .orderBy('p.name')
    .orderBy('p.email')
    .execute()
  return rows.map(({ from_at, ...row }) => ({ ...row, id: asId(row.id), since: instantOf(from_at) }))
}

export async function addGroup(
  tx: WriteTx,
  group: { readonly name: string; readonly partnerId: string; readonly customerId: string; readonly gives: string },
): Promise<string> {
  const { id } = await tx.sql
    .insertInto('groups')
    .values({
      name: group.name,
      partner_id: group.partnerId,
      customer_id: group.customerId,
      gives: group.gives,
      created_at: new Date(tx.now),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whether an access that is not over is for the group. */
export async function hasAccess(tx: ReadTx, groupId: string): Promise<boolean> {
  const grant = await tx.sql
    .selectFrom('grants')
    .select('id')
    .where('group_id', '=', groupId)
    .where('ended_at', 'is', null)
    .where('until_at', '>', new Date(tx.now))
    .limit(1)
    .executeTakeFirst()
  return grant !== undefined
}

/** Ends a group that the acting customer's access made. Its members lose by it at once; who they were stays known. */
export async function endGroup(tx: WriteTx, id: string): Promise<void> {
  await tx.sql
    .updateTable('groups')
    .set({ ended_at: new Date(tx.now) })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

/** Takes back that the acting customer ended it. */
export async function reopenGroup(tx: WriteTx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql.updateTable('groups').set({ ended_at: null }).where('id', '=', id).executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Adds people; whoever was added by somebody else at the same moment is in it once. */
export async function addMembers(tx: WriteTx, groupId: string, people: readonly { readonly id: PersonId }[]): Promise<void> {
  await tx.sql
    .insertInto('group_members')
    .values(people.map(({ id }) => ({ group_id: groupId, person_id: id, from_at: new Date(tx.now) })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Takes somebody out; false where they are not in it. */
export async function endMembership(tx: WriteTx, groupId: string, personId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('group_members')
    .set({ until_at: new Date(tx.now) })
    .where('group_id', '=', groupId)
    .where('person_id', '=', personId)
    .where('until_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
