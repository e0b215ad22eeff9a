// API keys in the database: only the hash of a key is there.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { asId, isUuid, type KeyId, type OrganizationId } from '../../kernel/ids.ts'
import { type Instant, instantOf } from '../../kernel/instant.ts'
import type { Side } from '../../law/law.ts'

export interface Organization {
  id: OrganizationId
  externalId: string | null
  name: string
  timeZone: string
}

export interface ApiKey {
  id: KeyId
  name: string
  side: Side
  organization: Organization
  operator: boolean
  createdAt: Instant
  expiresAt: Instant | null
  endedAt: Instant | null
  lastUsedAt: Instant | null
}

/** The organization of a side with the external id or, where none has that, with the id; for the vendor the only one. */
export async function organizationFor(tx: ReadTx, side: Side, reference: string | null): Promise<Organization | undefined> {
  const of = tx.sql.selectFrom('organizations').select(['id', 'external_id', 'name', 'time_zone']).where('kind', '=', side)
  const named =
    reference === null
      ? of
      : of.where((eb) => eb.or([eb('external_id', '=', reference), ...(isUuid(reference) ? [eb('id', '=', reference)] : [])]))
  const rows = await named.execute()
  const row = rows.find((one) => one.external_id === reference) ?? rows[0]
  return row && { id: asId(row.id), externalId: row.external_id, name: row.name, timeZone: row.time_zone }
}

export interface KeyRow {
  name: string
  hash: string
  side: Side
  organizationId: OrganizationId
  operator: boolean
  expiresAt: Instant | null
}

export async function addKey(tx: WriteTx, key: KeyRow): Promise<KeyId> {
  const { id } = await tx.sql
    .insertInto('api_keys')
    .values({
      name: key.name,
      hash: key.hash,
      side: key.side,
      organization_id: key.organizationId,
      operator: key.operator,
      created_at: new Date(tx.now),
      expires_at: key.expiresAt && new Date(key.expiresAt),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return asId(id)
}

const keys = (tx: ReadTx) =>
  tx.sql
    .selectFrom('api_keys as k')
    .innerJoin('organizations as o', 'o.id', 'k.organization_id')
    .select(['k.id', 'k.name', 'k.side', 'k.operator', 'k.created_at', 'k.expires_at', 'k.ended_at', 'k.last_used_at'])
    .select(['o.id as organization_id', 'o.external_id', 'o.name as organization_name', 'o.time_zone'])

type Row = Awaited<ReturnType<ReturnType<typeof keys>['execute']>>[number]

/** Every key, the newest first, ended ones included: who had one stays answerable. */
export async function listKeys(tx: ReadTx): Promise<ApiKey[]> {
  const rows = await keys(tx).orderBy('k.created_at', 'desc').orderBy('k.id').execute()
  return rows.map(keyOf)
}

export async function keyById(tx: ReadTx, id: KeyId): Promise<ApiKey | undefined> {
  const row = await keys(tx).where('k.id', '=', id).executeTakeFirst()
  return row && keyOf(row)
}

/** The key with the hash, if its organization is not suspended. */
export async function keyByHash(tx: ReadTx, hash: string): Promise<ApiKey | undefined> {
  const row = await keys(tx)
    .where('k.hash', '=', hash)
    .where((eb) => eb.not(eb.fn<boolean>('is_suspended', ['o.suspended_at'])))
    .executeTakeFirst()
  return row && keyOf(row)
}

/** Ends a key; false where it had ended before. */
export async function endKey(tx: WriteTx, id: KeyId): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('api_keys')
    .set({ ended_at: new Date(tx.now) })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function noteKeyUse(tx: WriteTx, id: KeyId): Promise<void> {
  await tx.sql
    .updateTable('api_keys')
    .set({ last_used_at: new Date(tx.now) })
    .where('id', '=', id)
    .execute()
}

const keyOf = (row: Row): ApiKey => ({
  id: asId(row.id),
  name: row.name,
  side: row.side as Side,
  organization: { id: asId(row.organization_id), externalId: row.external_id, name: row.organization_name, timeZone: row.time_zone },
  operator: row.operator,
  createdAt: instantOf(row.created_at),
  expiresAt: row.expires_at && instantOf(row.expires_at),
  endedAt: row.ended_at && instantOf(row.ended_at),
  lastUsedAt: row.last_used_at && instantOf(row.last_used_at),
})
