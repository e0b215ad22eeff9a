// Whoever manages access to a customer looks through the eyes of a partner's people there: read-only, framed, for a quarter of an hour, and in the history (BX-01).
import { randomUUID } from 'node:crypto'
import type { Context, WriteTx } from '../../context/context.ts'
import { lookOf } from '../../context/look.ts'
import { forThisSession } from '../../context/themselves.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { PersonActor } from '../../law/actors.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { actingPerson } from '../people/steps.ts'
import { begun, type LookShown, lookShown } from './rules.ts'
import { lookingAs } from './steps.ts'
import { keepLook } from './store.ts'

export interface StartInput {
  readonly partnerId: string
  /** Null: an ordinary person of the partner, who has only what everybody there has. */
  readonly personId: string | null
}

/**
 * From here on the session shows what they see at the actor's customer, and changes nothing, until it is stopped or its time is over.
 * Refuses with not-found a partner that the customer does not know or that is suspended, and a person without access; 409 while one looks already.
 */
export function startLook(ctx: Context, { partnerId, personId }: StartInput): Promise<LookShown> {
  return forThisSession(ctx).writing('access:give', { kind: 'customer', id: homeOf(ctx.actor) }, async (tx) => {
    const { sessionId } = actingPerson(tx)
    const kept = begun(randomUUID(), { partnerId, personId }, tx.now)
    const met = await lookingAs(tx, kept)
    const look = met && lookOf(met)
    if (!look) refuse('not-found', 'Nobody like that has access here now, or you cannot see them.')
    if (!(await keepLook(tx, sessionId, kept)))
      refuse('stale', 'You are looking through the eyes of somebody already, or are signed out. Nothing was changed.')
    tell(tx, met, look.until)
    return lookShown(tx.law, met, look)
  })
}

/** In the history of the customer and of the partner: who looked, and as whom. */
function tell(tx: WriteTx, { personId, name, organizationId, organizationName, focus, look }: PersonActor, until: string): void {
  tx.record({
    what: 'look.started',
    customerId: focus ?? null,
    partnerId: organizationId,
    on: look?.personId ? { kind: 'person', id: personId } : { kind: 'organization', id: organizationId },
    detail: { customer: look?.customer.name ?? null, partner: organizationName, person: look?.personId ? name : null, until },
  })
}
