// A person locks the session to one customer, so that whoever looks at the screen sees nothing of another one; and unlocks it (BX-11).
import type { Context, ReadTx } from '../../context/context.ts'
import { takingAway } from '../../context/taking-away.ts'
import { forThisSession } from '../../context/themselves.ts'
import { refuse } from '../../kernel/refusal.ts'
import { ownAction } from '../../law/law.ts'
import { actingPerson } from '../people/steps.ts'
import { focusable, keepFocus } from './store.ts'

export interface Focus {
  readonly customer: { readonly id: string; readonly name: string } | null
}

/** To which customer the session is locked. */
export function readFocus(ctx: Context): Promise<Focus> {
  return ctx.reading(ownAction, { kind: 'self' }, (tx) => focusOf(tx, actingPerson(tx).focus ?? null))
}

/** Locks the session, on the server: reloading, going back or another tab changes nothing. A customer whom one does not know is not found. */
export function setFocus(ctx: Context, input: { customerId: string }): Promise<Focus> {
  return takingAway(forThisSession(ctx)).writing(ownAction, { kind: 'self' }, async (tx) => {
    const { sessionId, focus } = actingPerson(tx)
    if (focus) refuse('stale', 'The screen is locked to a customer already. Unlock it first.')
    const found = await focusOf(tx, input.customerId)
    if (!found.customer) refuse('not-found', 'There is no such customer, or you cannot see it.')
    await keepFocus(tx, sessionId, found.customer.id)
    tx.record({ what: 'session.locked', on: { kind: 'session', id: sessionId }, detail: { customer: found.customer.name } })
    return found
  })
}

export function endFocus(ctx: Context): Promise<Focus> {
  return forThisSession(ctx).writing(ownAction, { kind: 'self' }, async (tx) => {
    const { sessionId } = actingPerson(tx)
    await keepFocus(tx, sessionId, null)
    tx.record({ what: 'session.unlocked', on: { kind: 'session', id: sessionId }, detail: {} })
    return { customer: null }
  })
}

async function focusOf(tx: ReadTx, customerId: string | null): Promise<Focus> {
  return { customer: customerId === null ? null : ((await focusable(tx, customerId)) ?? null) }
}
