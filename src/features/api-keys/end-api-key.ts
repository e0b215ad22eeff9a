// The operator ends an API key; the next request with it is nobody's.
import type { Context } from '../../context/context.ts'
import { takingAway } from '../../context/taking-away.ts'
import { asId, isUuid, type KeyId } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import { aboutKey, whatKey } from './steps.ts'
import { endKey, keyById } from './store.ts'

/** Refuses `not-found` for what is no key, or was ended before. */
export function endApiKey(ctx: Context, id: string): Promise<void> {
  return takingAway(ctx).writing('portal:operate', { kind: 'portal' }, async (tx) => {
    const key = isUuid(id) ? await keyById(tx, asId<KeyId>(id)) : undefined
    if (!key || !(await endKey(tx, key.id))) refuse('not-found', 'There is no such key, or it has ended.')
    tx.record({ ...aboutKey('api_key.ended', key), detail: whatKey(key) })
  })
}
