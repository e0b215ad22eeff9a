// A grant as the API tells of it.
import type { Instant, LocalDate } from '../../kernel/instant.ts'
import type { AccessScope } from './access-rules.ts'
import { type EndKind, endsOn, type Grant, type GrantState, grantNumber, type Named, stands, stateOf } from './rules.ts'

export interface GrantView {
  readonly id: string
  readonly number: string
  readonly customer: { readonly id: string; readonly name: string; readonly timeZone: string }
  readonly partner: { readonly id: string; readonly name: string; readonly peopleCount: number }
  readonly person: { readonly id: string; readonly name: string; readonly email: string } | null
  readonly group: { readonly id: string; readonly name: string } | null
  readonly level: string | null
  readonly rights: readonly string[]
  readonly scope: AccessScope
  readonly gives: string
  readonly endsOn: LocalDate
  readonly from: Instant
  readonly until: Instant
  readonly state: GrantState
  readonly usedInstead: string | null
  readonly reason: string | null
  readonly givenBy: Named | null
  readonly givenAt: Instant
  readonly requestId: string | null
  readonly ended: { readonly at: Instant; readonly by: Named | null; readonly kind: EndKind; readonly reason: string | null } | null
  readonly lastUsedAt: Instant | null
  readonly abilities: GrantAbilities
}

/** What the reader may do with it just now. */
export interface GrantAbilities {
  readonly change: boolean
  readonly remove: boolean
  readonly confirm: boolean
  /** Give the same again, once it is over. */
  readonly giveAgain: boolean
  /** Give it up, as the partner that has it, or as the very person. */
  readonly relinquish: boolean
}

export interface Beside {
  readonly now: Instant
  readonly peopleCount: number
  readonly lastUsedAt: Instant | null
  /** Its levels, roles and rights by their names. */
  readonly gives: string
  /** Why another grant decides for the reader instead of this one; null where none does. */
  readonly usedInstead: string | null
  readonly may: { readonly give: boolean; readonly change: boolean; readonly remove: boolean; readonly relinquish: boolean }
  /** Whether it is the reader's very own. */
  readonly own: boolean
  /** Whether it takes two people to give it, so that nobody confirms it or gives it again alone. */
  readonly takesTwo: boolean
}

export function viewOf(grant: Grant, beside: Beside): GrantView {
  const { now, peopleCount, lastUsedAt, may, takesTwo } = beside
  const { customer, partner, ended } = grant
  const standsNow = stands(grant, now)
  const state = stateOf(grant, now)
  return {
    id: grant.id,
    number: grantNumber(grant.number),
    customer,
    partner: { id: partner.id, name: partner.name, peopleCount },
    person: grant.person,
    group: grant.group,
    level: grant.level,
    rights: grant.rights,
    scope: grant.scope,
    gives: beside.gives,
    endsOn: endsOn(grant),
    from: grant.from,
    until: grant.until,
    state,
    usedInstead: beside.usedInstead,
    reason: grant.reason,
    givenBy: grant.givenBy,
    givenAt: grant.givenAt,
    requestId: grant.requestId,
    ended: ended && { at: ended.at, by: ended.by, kind: ended.kind, reason: ended.reason },
    lastUsedAt,
    abilities: {
      change: may.change && standsNow,
      remove: may.remove && standsNow,
      confirm: may.give && state === 'unconfirmed' && !takesTwo,
      relinquish: (may.relinquish || beside.own) && standsNow,
      giveAgain: may.give && !takesTwo && ['expired', 'removed', 'relinquished'].includes(state),
    },
  }
}
