// The operator creates an API key for the vendor, one customer or one partner. Its text is shown once and kept as a hash.
import type { Context, WriteTx } from '../../context/context.ts'
import { refuseField } from '../../kernel/refusal.ts'
import { hashKey, newKeyText } from './key-text.ts'
import { checkNewKey, keyEnd, type NewKey } from './rules.ts'
import { aboutKey, whatKey } from './steps.ts'
import { type ApiKey, addKey, keyById, type Organization, organizationFor } from './store.ts'

export interface CreatedKey {
  key: ApiKey
  /** The only time that it is to be seen. */
  text: string
}

/** Refuses `invalid-input`: an organization that is not there, a last day that is over, an operator who is not the vendor's. Others: `not-allowed`. */
export async function createApiKey(ctx: Context, input: NewKey): Promise<CreatedKey> {
  const text = newKeyText()
  const key = await ctx.writing('portal:operate', { kind: 'portal' }, async (tx) => {
    checkNewKey(input)
    const { name, side, operator } = input
    const organization = await named(tx, input)
    const expiresAt = keyEnd(input.expiresOn, organization.timeZone, tx.now)
    const id = await addKey(tx, { name, hash: hashKey(text), side, organizationId: organization.id, operator, expiresAt })
    const made = await keyById(tx, id)
    if (!made) throw new Error('a key that was just made is not to be seen')
    tx.record({ ...aboutKey('api_key.created', made), detail: { ...whatKey(made), operator, until: expiresAt } })
    return made
  })
  return { key, text }
}

async function named(tx: WriteTx, { side, organization }: NewKey): Promise<Organization> {
  const found = await organizationFor(tx, side, side === 'vendor' ? null : organization)
  if (found) return found
  if (side === 'vendor') return refuseField('side', 'The vendor is not recorded yet: import it first.')
  return refuseField('organization', `There is no ${tx.law.names[side]} with this id.`)
}
