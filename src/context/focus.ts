// A session that is locked to one customer (BX-11): whatever is another customer's looks as if it were not there.
import type { Actor } from '../law/actors.ts'
import type { Decision } from '../law/decide.ts'
import type { Facts } from '../law/facts.ts'

/** The decision as it counts for the session. It only ever takes away. Lists are narrowed underneath, by row security and by the filter of records. */
export function focused(actor: Actor, { thing }: Pick<Facts, 'thing'>, decision: Decision): Decision {
  const focus = actor.kind === 'person' ? actor.focus : null
  const customer = thing?.customer
  if (!focus || !customer || customer.id === focus) return decision
  return { allowed: false, seen: false, grant: null, forbidden: null }
}
