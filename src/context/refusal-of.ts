// Turns a "no" of the law into the refusal that is answered: what may not be seen looks like what does not exist.
import { Refusal } from '../kernel/refusal.ts'
import type { Actor } from '../law/actors.ts'
import type { Decision } from '../law/decide.ts'
import { explain } from '../law/explain.ts'
import type { Facts } from '../law/facts.ts'
import type { Action, Law } from '../law/law.ts'

export function refusalOf(law: Law, actor: Actor, action: Action, facts: Facts, decision: Decision): Refusal {
  if (actor.kind === 'nobody') return new Refusal('not-signed-in', 'Sign in first. Nothing was changed.')
  if (!facts.subject) return new Refusal('not-signed-in', 'You are not with an organization of this portal any more. Nothing was changed.')
  if (!decision.seen) return new Refusal('not-found', 'There is no such thing, or you cannot see it.')
  const because = explain(law, action, toldTo(facts), decision).sentences.map(({ text }) => text)
  return new Refusal('not-allowed', 'You may see this, but not do that. Nothing was changed.', { because })
}

/** A request's asker is not told which customer it stands before (O-A14), so its partner hears no reason that follows from the customer. */
function toldTo(facts: Facts): Facts {
  const { subject, thing } = facts
  if (thing?.on.kind !== 'access_request' || (thing.customer !== null && thing.customer.id === subject?.organizationId)) return facts
  return { ...facts, grants: [], thing: { ...thing, customer: null } }
}
