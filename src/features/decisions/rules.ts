// What an asker may learn, and an answer in the words of AuthZEN. Pure.
import type { OrganizationId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Actor } from '../../law/actors.ts'
import type { Decision } from '../../law/decide.ts'
import { explain, type Sentence } from '../../law/explain.ts'
import type { Facts } from '../../law/facts.ts'
import type { Action, Law } from '../../law/law.ts'

/** An answer with its reasons. */
export interface Answer {
  readonly decision: boolean
  readonly sentences: readonly Sentence[]
  readonly nearest: { readonly level: string; readonly name: string } | null
  /** The grant that allows it. */
  readonly grant: { readonly id: string; readonly number: string; readonly level: string } | null
  readonly until: Instant | null
}

/** What is absent and what the asker may not learn about are this one answer. */
export const nothingToSay: Answer = {
  decision: false,
  sentences: [{ text: 'There is no such thing, or it cannot be seen.' }],
  nearest: null,
  grant: null,
  until: null,
}

/**
 * Whether the asker may learn about these facts: the vendor about everything, a customer about its own account and the people who have to do
 * with it, a partner about its own people. What lies outside looks like what does not exist, also when the true answer is no.
 */
function mayLearn(asker: Actor, { subject, thing, grants }: Facts): boolean {
  if (asker.kind !== 'key' && asker.kind !== 'person') return false
  const own: OrganizationId | null = asker.organizationId
  switch (asker.side) {
    case 'vendor':
      return true
    case 'customer':
      return thing?.customer?.id === own && own !== null && (subject?.organizationId === own || grants.length > 0)
    case 'partner':
      return subject?.organizationId === own && own !== null
  }
}

/** The answer that the asker gets. */
export function answerFor(asker: Actor, law: Law, action: Action, facts: Facts, decision: Decision): Answer {
  if (!mayLearn(asker, facts)) return nothingToSay
  // A partner asks about its own people, and learns no more of a customer than they would.
  if (!decision.seen && 'side' in asker && asker.side === 'partner') return nothingToSay
  const { sentences, nearest, until } = explain(law, action, facts, decision)
  const grant = decision.grant && { id: decision.grant.id, number: `A-${decision.grant.number}`, level: decision.grant.level }
  return { decision: decision.allowed, sentences, nearest, grant, until }
}

/** The action of a question: the verb alone means the resource's own kind; with a colon it says everything. */
export const actionOf = (kind: string, name: string): Action => (name.includes(':') ? (name as Action) : `${kind}:${name}`)

/** When the rest of a batch need not be answered any more. */
export type Semantic = 'execute_all' | 'deny_on_first_deny' | 'permit_on_first_permit'

export function endsBatch(semantic: Semantic, decision: boolean): boolean {
  return (semantic === 'deny_on_first_deny' && !decision) || (semantic === 'permit_on_first_permit' && decision)
}
