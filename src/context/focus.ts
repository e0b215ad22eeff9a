// A session that is locked to one customer (BX-11): whatever is another customer's looks as if it were not there, and nothing beyond the customer is changed.
import type pg from 'pg'
import { Refusal } from '../kernel/refusal.ts'
import type { Actor } from '../law/actors.ts'
import type { Decision } from '../law/decide.ts'
import type { Facts, ThingFact } from '../law/facts.ts'
import type { AuditEntry } from './record.ts'

type Locked = Extract<Actor, { kind: 'person' }> & { readonly focus: string }

const isLocked = (actor: Actor): actor is Locked => actor.kind === 'person' && Boolean(actor.focus)

/** The customer to which the actor's session is locked, or null. */
export const focusOf = (actor: Actor): string | null => (isLocked(actor) ? actor.focus : null)

/** Whose customer a request is that waits is told to that customer alone, so to everybody else none is shown, whether it is the lock's or not. */
const isHidden = (actor: Locked, { on, customer }: ThingFact): boolean =>
  on.kind === 'access_request' ? actor.organizationId !== actor.focus : customer !== null && customer.id !== actor.focus

/** Whether the session may be told of the thing. Lists are narrowed underneath, by row security and by the filter of records. */
export const inFocus = (actor: Actor, { thing }: Pick<Facts, 'thing'>): boolean => !(isLocked(actor) && thing && isHidden(actor, thing))

/** The decision as it counts for the session. It only ever takes away. */
export function focused(actor: Actor, facts: Pick<Facts, 'thing'>, decision: Decision): Decision {
  return inFocus(actor, facts) ? decision : { allowed: false, seen: false, grant: null, forbidden: null }
}

/** The facts as they are told to the session: another customer's thing is none. */
export function focusedFacts(actor: Actor, facts: Facts): Facts {
  return inFocus(actor, facts) ? facts : { ...facts, thing: null, grants: [] }
}

/**
 * Said of a write that is asked of a partner or of the portal, and touches one customer alone: a locked session does it for its own one. It must find
 * nothing of another customer by the session's row security, and name the customer in everything that it records.
 */
export type Concerns = 'one customer'

/** Whether what was recorded is about more than the customer of the lock. */
export const concernsMore = (actor: Actor, entries: readonly AuditEntry[]): boolean =>
  isLocked(actor) && entries.some(({ customerId }) => customerId !== actor.focus)

/**
 * Why a write must wait until the screen is unlocked; null: it need not. What is done to a partner or to the portal reaches other customers, to whom
 * history and letters are due, and a locked session would not find them. One's own affairs and the customer's things stay open.
 */
export async function refusalWhileLocked(client: pg.ClientBase, actor: Actor, { thing }: Facts): Promise<Refusal | null> {
  if (!isLocked(actor) || !thing || thing.on.kind === 'self' || thing.customer?.id === actor.focus) return null
  const { rows } = await client.query<{ name: string }>('select name from organizations where id = $1', [actor.focus])
  return new Refusal(
    'not-allowed',
    `Unlock the screen first: this concerns more than ${rows[0]?.name ?? 'the customer to which it is locked'}. Nothing was changed.`,
  )
}
