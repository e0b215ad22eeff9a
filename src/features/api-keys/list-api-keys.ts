// Every API key, for the operator: whose it is, until when, and when it was last used. Never its text, which nobody has any more.
import type { Context } from '../../context/context.ts'
import { type KeyState, keyState } from './rules.ts'
import { type ApiKey, listKeys } from './store.ts'

export type ListedKey = ApiKey & { state: KeyState }

/** The newest first, ended ones included. */
export function listApiKeys(ctx: Context): Promise<ListedKey[]> {
  return ctx.reading('portal:operate', { kind: 'portal' }, async (tx) =>
    (await listKeys(tx)).map((key) => ({ ...key, state: keyState(key, tx.now) })),
  )
}
