// A person's own passkeys.
import type { Context } from '../../context/context.ts'
import { actingPerson } from '../people/steps.ts'
import type { Passkey } from './passkey-rules.ts'
import { passkeysOf } from './passkey-store.ts'

/** The oldest first. */
export function listPasskeys(ctx: Context): Promise<Passkey[]> {
  return ctx.reading('self:manage', { kind: 'self' }, (tx) => passkeysOf(tx, actingPerson(tx).personId))
}
