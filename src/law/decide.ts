// May they? Every answer of the product is this function, or the same rule read as SQL.
import { holds, type RowView } from '../rows/holds.ts'
import type { Facts, GrantFact, ThingFact } from './facts.ts'
import { standing } from './grants-in-force.ts'
import type { Action, Law } from './law.ts'

/** Why not, where something forbids it although nothing is missing. */
export type Forbidden = 'own_request' | 'suspended'

export interface Decision {
  readonly allowed: boolean
  /** Whether the subject may know that the thing is there; if not, a refusal looks like absence. */
  readonly seen: boolean
  /** The grant by which it is allowed; null where home roles or nothing allow it. */
  readonly grant: GrantFact | null
  readonly forbidden: Forbidden | null
}

const no: Decision = { allowed: false, seen: false, grant: null, forbidden: null }

/** Answers whether the subject of the facts may do the action to the thing of the facts. Never throws; in doubt the answer is no. */
export function decide(law: Law, action: Action, facts: Facts): Decision {
  const { subject, thing } = facts
  if (!subject || !thing) return no
  const { used } = standing(law, facts)
  const row = viewOf(facts, used?.level ?? null)
  const allows = (asked: Action) => {
    const rule = law.rules.get(asked)
    return rule !== undefined && holds(rule, row)
  }
  const forbidden = forbids(action, facts)
  if (thing.on.kind === 'self') return { ...no, allowed: forbidden === null && law.rules.has(action), seen: true, forbidden }
  const allowed = forbidden === null && allows(action)
  return {
    allowed,
    seen: allowed || sees(thing, row, allows),
    grant: allowed && used !== null && !withoutGrant(law, action, row) ? used : null,
    forbidden,
  }
}

/** The row as the subject meets it. */
export function viewOf({ subject, thing }: Facts, level: string | null): RowView {
  const own = subject?.organizationId ?? null
  const home =
    subject !== null && !subject.suspended && (thing?.on.kind === 'portal' || (own !== null && thing?.owners.includes(own) === true))
  return { level, homeRoles: home ? subject.roles : [], relations: thing?.record?.relations ?? [], state: thing?.record?.state ?? null }
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
  return read === null ? thing.on.kind === 'portal' || row.level !== null || row.homeRoles.length > 0 : allows(read)
}

function forbids(action: Action, { subject, thing }: Facts): Forbidden | null {
  if (subject?.suspended) return 'suspended'
  // Nobody answers a request of their own, whatever they have become since (BX-14).
  if (action === 'access_request:answer' && thing?.askedBy != null && thing.askedBy === subject?.personId) return 'own_request'
  return null
}

function withoutGrant(law: Law, action: Action, row: RowView): boolean {
  const rule = law.rules.get(action)
  return rule !== undefined && holds(rule, { ...row, level: null })
}
