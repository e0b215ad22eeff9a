// What an asker may learn, and an answer in the words of AuthZEN. Pure.

import type { OrganizationId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Actor } from '../../law/actors.ts'
import type { Decision } from '../../law/decide.ts'
import { explain } from '../../law/explain.ts'
import { type Asked, type Facts, nothingAsked } from '../../law/facts.ts'
import { fits } from '../../law/fits.ts'
import type { Action, Law } from '../../law/law.ts'
import type { Sentence } from '../../law/sentence.ts'
import type { Scalar } from '../../rows/expression.ts'

/** An answer with its reasons. */
export interface Answer {
  readonly decision: boolean
  readonly sentences: readonly Sentence[]
  readonly nearest: { readonly level: string; readonly name: string } | null
  /** The grant that allows it. */
  readonly grant: { readonly id: string; readonly number: string; readonly level: string | null; readonly rights: readonly string[] } | null
  readonly until: Instant | null
}

/** What names no user, no record or no kind is a plain no. */
export const nothingAllowsIt: Answer = {
  decision: false,
  sentences: [{ text: 'Nothing allows it.' }],
  nearest: null,
  grant: null,
  until: null,
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
export function mayLearn(asker: Actor, { subject, thing, grants }: Facts): boolean {
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

/** Whether the asker learns the decision. A partner asks about its own people, and learns no more of a customer than they would. */
export const learns = (asker: Actor, facts: Facts, decision: Decision): boolean =>
  mayLearn(asker, facts) && (decision.seen || !('side' in asker) || asker.side !== 'partner')

type Properties = Readonly<Record<string, unknown>> | undefined

/**
 * What the asker says of the three, as far as it counts: single values, from a key of the vendor. The vendor's own programs know more than is stored,
 * and are believed; anybody else could say whatever opens a door, and is not heard.
 */
export function askedBy(
  asker: Actor,
  of: { readonly subject?: Properties; readonly resource?: Properties; readonly action?: Properties },
): Asked {
  if (asker.kind !== 'key' || asker.side !== 'vendor') return nothingAsked
  return { subject: scalars(of.subject), resource: scalars(of.resource), action: scalars(of.action) }
}

const scalars = (properties: Properties): Record<string, Scalar> =>
  Object.fromEntries(
    Object.entries(properties ?? {}).flatMap(([name, value]): [string, Scalar][] =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : [],
    ),
  )

/** Where a search looks for the asker: a superset of that about which they may learn, so that others cost and show nothing. */
export function lookedAtFor(asker: Actor): {
  readonly customerId?: OrganizationId | null
  readonly organizationId?: OrganizationId | null
} {
  if (asker.kind !== 'key' && asker.kind !== 'person') return { organizationId: null }
  if (asker.side === 'vendor') return {}
  return asker.side === 'customer' ? { customerId: asker.organizationId } : { organizationId: asker.organizationId }
}

/** The answer that the asker gets. */
export function answerFor(asker: Actor, law: Law, action: Action, facts: Facts, decision: Decision): Answer {
  if (!learns(asker, facts, decision)) return nothingToSay
  const { sentences, nearest, until } = explain(law, action, facts, decision)
  const grant = decision.grant && {
    id: decision.grant.id,
    number: `A-${decision.grant.number}`,
    level: decision.grant.level,
    rights: decision.grant.rights,
  }
  return { decision: decision.allowed, sentences, nearest, grant, until }
}

/** What a question with AuthZEN's words is about. */
export type Resource = { readonly kind: 'customer' } | { readonly kind: 'record'; readonly recordKind: string }

/** Resource types are the record kinds of the definition, and the customer as a whole (for opening a record, giving access, managing people). */
export function resourceOf(law: Law, type: string): Resource | null {
  if (type === 'customer') return { kind: 'customer' }
  return law.kinds.has(type) ? { kind: 'record', recordKind: type } : null
}

/** The names of the actions that a resource type can be searched for: a kind's own, and at a customer what can be done there. */
export function actionNames(law: Law, resource: Resource): string[] {
  if (resource.kind === 'customer') return [...law.rules.keys()].filter((action) => fits(law, action, { kind: 'customer', id: '' })).sort()
  return law.kinds.get(resource.recordKind)?.actions.map(({ action }) => action) ?? []
}

/** The action of a question: the verb alone means the resource's own kind; with a colon it says everything. */
export const actionOf = (kind: string, name: string): Action => (name.includes(':') ? (name as Action) : `${kind}:${name}`)

/** When the rest of a batch need not be answered any more. */
export type Semantic = 'execute_all' | 'deny_on_first_deny' | 'permit_on_first_permit'

export function endsBatch(semantic: Semantic, decision: boolean): boolean {
  return (semantic === 'deny_on_first_deny' && !decision) || (semantic === 'permit_on_first_permit' && decision)
}
