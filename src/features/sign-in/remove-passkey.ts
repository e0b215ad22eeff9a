// A person removes one of their passkeys, for instance after a theft (V6.5.6).
import type { Context } from '../../context/context.ts'
import { takingAway } from '../../context/taking-away.ts'
import { asId, isUuid } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import { actingPerson, historyOf } from '../people/steps.ts'
import { passkeyLetter } from './letters.ts'
import { dropPasskey } from './passkey-store.ts'

/** It opens nothing from then on; the mailed code stays as the way in. Refuses `not-found` for anybody else's. */
export function removePasskey(ctx: Context, id: string): Promise<void> {
  return takingAway(ctx).writing('self:manage', { kind: 'self' }, async (tx) => {
    const actor = actingPerson(tx)
    const name = isUuid(id) ? await dropPasskey(tx, actor.personId, asId(id)) : undefined
    if (name === undefined) refuse('not-found', 'There is no such passkey.')
    tx.record({
      what: 'passkey.removed',
      ...historyOf(actor),
      on: { kind: 'person', id: actor.personId },
      detail: { person: actor.name, passkey: name },
    })
    tx.post({
      letter: 'passkey-removed',
      to: { person: actor.personId },
      ...passkeyLetter('removed', name, tx.settings.publicUrl, tx.law.names.vendor),
    })
  })
}
