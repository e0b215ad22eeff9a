// What a key stands for at this instant.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { AuditEntry } from '../../context/record.ts'
import type { KeyId, OrganizationId } from '../../kernel/ids.ts'
import { addMilliseconds, type Instant } from '../../kernel/instant.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { KeyActor } from '../../law/actors.ts'
import { keySeenEvery, keyState } from './rules.ts'
import { type ApiKey, keyByHash, keyById, organizationFor, noteKeyUse as save } from './store.ts'

export interface FoundKey {
  actor: KeyActor & { keyId: KeyId }
  mustNote: boolean
}

/** The key with the hash, if it counts now: not ended, not past its end, its organization not suspended. */
export async function keyWithHash(tx: ReadTx, hash: string): Promise<FoundKey | undefined> {
  const key = await keyByHash(tx, hash)
  if (!key || keyState(key, tx.now) !== 'active') return undefined
  const { id, name, side, organization, operator, lastUsedAt } = key
  return {
    actor: { kind: 'key', keyId: id, name, side, organizationId: organization.id, operator },
    mustNote: lastUsedAt === null || isPast(addMilliseconds(lastUsedAt, keySeenEvery), tx.now),
  }
}

/** Refuses (401) a key that was ended since its request began: for long work, which asks again at each of its pieces. Whoever else asks is not its matter. */
export async function refuseEndedKey(tx: ReadTx): Promise<void> {
  const { actor } = tx
  if (actor.kind !== 'key' || actor.keyId === null) return
  const key = await keyById(tx, actor.keyId)
  if (!key || keyState(key, tx.now) !== 'active') refuse('not-signed-in', 'This key does not count any more.')
}

const isPast = (at: Instant, now: Instant): boolean => at <= now

/** The vendor of the portal; null while nothing has been imported. */
export async function vendorId(tx: ReadTx): Promise<OrganizationId | null> {
  return (await organizationFor(tx, 'vendor', null))?.id ?? null
}

export const noteKeyUse = (tx: WriteTx, id: KeyId): Promise<void> => save(tx, id)

/** What the audit says of a key: whose it is, so that they see it in their history. Never its text. */
export function aboutKey(what: string, { id, side, organization }: ApiKey): Omit<AuditEntry, 'detail'> {
  const whose = side === 'customer' ? { customerId: organization.id } : side === 'partner' ? { partnerId: organization.id } : {}
  return { what, ...whose, on: { kind: 'api_key', id } }
}

export const whatKey = ({ name, side, organization }: ApiKey) => ({ key: name, side, organization: organization.name })
