// Groups of a partner's people in the database. Who was a member stays known: a membership of a group is ended, never deleted.
import type { ReadTx } from '../../context/context.ts'
import { asId, type PersonId } from '../../kernel/ids.ts'

export interface Member {
  readonly groupId: string
  readonly id: PersonId
  readonly name: string
  readonly email: string
}

/** Who is in the groups at the instant and works at their partner still, by name. */
export async function membersNow(tx: ReadTx, groupIds: readonly string[]): Promise<Member[]> {
  if (groupIds.length === 0) return []
  const now = new Date(tx.now)
  const rows = await tx.sql
    .selectFrom('group_members as gm')
    .innerJoin('groups as g', 'g.id', 'gm.group_id')
    .innerJoin('people as p', 'p.id', 'gm.person_id')
    .innerJoin('memberships as m', (join) => join.onRef('m.person_id', '=', 'p.id').onRef('m.organization_id', '=', 'g.partner_id'))
    .select(['gm.group_id as groupId', 'p.id', 'p.name', 'p.email'])
    .where('gm.group_id', 'in', [...groupIds])
    .where('gm.from_at', '<=', now)
    .where((eb) => eb.or([eb('gm.until_at', 'is', null), eb('gm.until_at', '>', now)]))
    .where('m.from_at', '<=', now)
    .where((eb) => eb.or([eb('m.until_at', 'is', null), eb('m.until_at', '>', now)]))
    .orderBy('p.name')
    .orderBy('p.email')
    .execute()
  return rows.map((row) => ({ ...row, id: asId(row.id) }))
}
