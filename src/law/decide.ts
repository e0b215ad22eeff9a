// May they? Every answer of the product is this function, or the same rule read as SQL.
import type { RowExpression } from '../rows/expression.ts'
import { couldHold, holds, type RowView } from '../rows/holds.ts'
import type { CustomerFact, Facts, GrantFact, SubjectFact, ThingFact } from './facts.ts'
import { fits } from './fits.ts'
import { givenBy, standing } from './grants-in-force.ts'
import { type Action, administering, isReading, type Law, letInAction } from './law.ts'
import { rolesOf, viewOf } from './view.ts'

/** Why not, where something forbids it although nothing is missing. */
export type Forbidden = 'own_request' | 'suspended' | 'no_administrator' | 'colleagues_forbidden' | 'looking'

export interface Decision {
  readonly allowed: boolean
  /** Whether the subject may know that the thing is there; if not, a refusal looks like absence. */
  readonly seen: boolean
  /** The grant by which it is allowed; null where home roles, a relation or nothing allow it. */
  readonly grant: GrantFact | null
  readonly forbidden: Forbidden | null
}

const no: Decision = { allowed: false, seen: false, grant: null, forbidden: null }

/** Answers whether the subject of the facts may do the action to the thing of the facts. Never throws; in doubt the answer is no. */
export function decide(law: Law, action: Action, facts: Facts): Decision {
  const { subject, thing } = facts
  if (!subject || !thing || !fits(law, action, thing.on)) return no
  const { used } = standing(facts)
  const row = viewOf(law, facts, used)
  const allows = ruling(law, row)
  const forbidden = facts.looking && !isReading(action) ? 'looking' : forbids(law, action, subject, thing)
  if (thing.on.kind === 'self') return somewhere(law.rules.get(action), row, forbidden)
  const hidden = isColleagues(subject, thing) && !administering.some(allows)
  const allowed = forbidden === null && allows(action)
  if (hidden && (thing.grant || !allowed)) return no
  return {
    allowed,
    seen: allowed || sees(thing, row, allows),
    grant: allowed ? decidingGrant(law, action, facts, used, row) : null,
    forbidden,
  }
}

/** Whether there may be rows on which it is allowed; they decide. */
const somewhere = (rule: RowExpression | undefined, row: RowView, forbidden: Forbidden | null): Decision => ({
  ...no,
  allowed: forbidden === null && rule !== undefined && couldHold(rule, row),
  seen: true,
  forbidden,
})

/** The rules, asked of one row: an action without a rule is allowed to nobody. */
function ruling(law: Law, row: RowView): (action: Action) => boolean {
  return (action) => {
    const rule = law.rules.get(action)
    return rule !== undefined && holds(rule, row)
  }
}

/** The action whose permission means that one may know of the thing. */
function readActionOf(thing: ThingFact): Action | null {
  switch (thing.on.kind) {
    case 'record':
      return `${thing.on.recordKind}:read`
    case 'access_request':
      return 'access_request:read'
    case 'grant':
      return 'access:read'
    default:
      return null
  }
}

function sees(thing: ThingFact, row: RowView, allows: (action: Action) => boolean): boolean {
  const read = readActionOf(thing)
  return read === null ? thing.on.kind === 'portal' || row.gives.length > 0 || row.homeRoles.length > 0 : allows(read)
}

/**
 * Whether the thing is somebody else's of the subject's own partner: an access that they have by name, or a request that they made. Who does not administer
 * the partner may not know of either; who is named in a request is no fact of it, so the request itself may still be read.
 */
function isColleagues({ personId, organizationId, side }: SubjectFact, { grant, askedBy, owners }: ThingFact): boolean {
  if (personId === null || side === 'customer' || !owners.some((owner) => owner === organizationId)) return false
  const whose = grant?.personId ?? askedBy
  return whose !== null && whose !== personId
}

function forbids(law: Law, action: Action, subject: SubjectFact, thing: ThingFact): Forbidden | null {
  if (subject.suspended) return 'suspended'
  if (action === letInAction && thing.on.kind === 'customer') return forbidsLettingIn(law, subject, thing.customer)
  // Nobody answers a request of their own, whatever they have become since (BX-14).
  if (action === 'access_request:answer' && thing.askedBy !== null && thing.askedBy === subject.personId) return 'own_request'
  return null
}

/** Whatever the customer gave: only administrators of a partner let in colleagues, and only where the customer does not forbid it (C-A10, BX-15). */
function forbidsLettingIn(law: Law, subject: SubjectFact, customer: CustomerFact | null): Forbidden | null {
  const isAdministrator =
    subject.side === 'partner' &&
    subject.personId !== null &&
    rolesOf(law, subject).some((role) => law.homeRoles.get(role)?.may.has(letInAction))
  if (!isAdministrator) return 'no_administrator'
  return (customer?.colleagues ?? law.colleagues ?? 'forbid') === 'forbid' ? 'colleagues_forbidden' : null
}

/** The grant without which it would not be allowed: none where home roles or a relation allow it anyway; the one of several that does, alone. */
function decidingGrant(law: Law, action: Action, facts: Facts, used: readonly GrantFact[], row: RowView): GrantFact | null {
  const rule = law.rules.get(action)
  if (!rule || holds(rule, { ...row, gives: [] })) return null
  return used.find((grant) => holds(rule, { ...row, gives: givenBy(law, grant, facts) })) ?? null
}
