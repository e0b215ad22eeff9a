// The look of a session in the database, and the partner that it is through.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { asId, isUuid, type OrganizationId, type SessionId } from '../../kernel/ids.ts'
import type { KeptLook } from '../../law/actors.ts'
import type { Side } from '../../law/law.ts'

/** An organization that the actor may know and that the vendor has not suspended. */
export async function standingOrganization(tx: ReadTx, id: string): Promise<{ id: OrganizationId; name: string; side: Side } | undefined> {
  if (!isUuid(id)) return undefined
  const row = await tx.sql
    .selectFrom('organizations')
    .select(['id', 'name', 'kind'])
    .where('id', '=', id)
    .where((eb) => eb.not(eb.fn<boolean>('is_suspended', ['suspended_at'])))
    .executeTakeFirst()
  return row && { id: asId(row.id), name: row.name, side: row.kind as Side }
}

/** Keeps the look with the session, or (null) forgets it. False where the session has none of this id to forget, or is not there. */
export async function keepLook(tx: WriteTx, sessionId: SessionId, look: KeptLook | null): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('sessions')
    .set({
      look_id: look?.id ?? null,
      look_partner_id: look?.partnerId ?? null,
      look_person_id: look?.personId ?? null,
      look_from: look && new Date(look.since),
      look_until: look && new Date(look.until),
    })
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .where('look_id', look === null ? 'is not' : 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Whom the look of the session is through, by name as far as the actor may still know it. */
export async function lookInWords(
  tx: ReadTx,
  sessionId: SessionId,
): Promise<{ partnerId: string | null; partner: string | null; person: string | null }> {
  const row = await tx.sql
    .selectFrom('sessions as s')
    .leftJoin('organizations as o', 'o.id', 's.look_partner_id')
    .leftJoin('people as p', 'p.id', 's.look_person_id')
    .select(['s.look_partner_id', 'o.name as partner', 'p.name as person'])
    .where('s.id', '=', sessionId)
    .executeTakeFirst()
  return { partnerId: row?.look_partner_id ?? null, partner: row?.partner ?? null, person: row?.person ?? null }
}
