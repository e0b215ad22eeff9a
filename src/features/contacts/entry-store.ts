// Contacts who do not sign in here: written down only, or asked to sign in while they are at home elsewhere.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { type Instant, instantOf } from '../../kernel/instant.ts'
import type { Held, SiteRole } from './rules.ts'

export interface Entry extends Held {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly askedToSignIn: boolean
  readonly from: Instant
  readonly until: Instant | null
}

/** Every entry of the organization, ended ones included. */
export async function entriesOf(tx: ReadTx, organizationId: string): Promise<Entry[]> {
  const rows = await tx.sql
    .selectFrom('contact_entries')
    .select(['id', 'name', 'email', 'asked_to_sign_in', 'roles', 'site_roles', 'added_at', 'ended_at'])
    .where('organization_id', '=', organizationId)
    .orderBy('added_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    askedToSignIn: row.asked_to_sign_in,
    roles: row.roles,
    siteRoles: row.site_roles as unknown as SiteRole[],
    from: instantOf(row.added_at),
    until: row.ended_at && instantOf(row.ended_at),
  }))
}

export async function addEntry(
  tx: WriteTx,
  organizationId: string,
  { name, email, askedToSignIn, roles, siteRoles }: Pick<Entry, 'name' | 'email' | 'askedToSignIn' | 'roles' | 'siteRoles'>,
): Promise<string> {
  const { id } = await tx.sql
    .insertInto('contact_entries')
    .values({
      organization_id: organizationId,
      name,
      email,
      asked_to_sign_in: askedToSignIn,
      roles: [...roles],
      site_roles: JSON.stringify(siteRoles),
      added_at: new Date(tx.now),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function changeEntry(tx: WriteTx, id: string, { roles, siteRoles }: Held): Promise<void> {
  await tx.sql
    .updateTable('contact_entries')
    .set({ roles: [...roles], site_roles: JSON.stringify(siteRoles) })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
}

/** False where it was ended meanwhile. */
export async function endEntry(tx: WriteTx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('contact_entries')
    .set({ ended_at: new Date(tx.now) })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
