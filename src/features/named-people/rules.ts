// The named people of partners and of the vendor who have or had access to a customer: each with why, since when, until when and by whom (BX-02). Pure.
import type { Instant } from '../../kernel/instant.ts'
import { type Grant, type GrantState, stateOf } from '../grants/rules.ts'

/** A stretch of time in which somebody belonged to a grantee: a member of the group, somebody of the partner, or the person themselves. */
export interface Belonging {
  readonly personId: string
  readonly name: string
  readonly email: string
  readonly from: Instant
  readonly until: Instant | null
}

export interface NamedAccess {
  readonly person: { readonly id: string; readonly name: string; readonly email: string }
  readonly grant: Grant
  readonly since: Instant
  /** The instant at which it ended or will end. */
  readonly until: Instant
  /** left: the access stands, and this person is out of it. */
  readonly state: GrantState | 'left'
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b)
const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b)

/** One line for each person whom a grant reaches or reached; nobody whom it never reached. */
export function namedAccesses(grant: Grant, belongings: readonly Belonging[], now: Instant): NamedAccess[] {
  const end = grant.ended === null ? grant.until : earlier(grant.ended.at, grant.until)
  return belongings.flatMap(({ personId, name, email, from, until: left }) => {
    const since = later(grant.from, from)
    const until = left === null ? end : earlier(end, left)
    if (since >= until || since > now) return []
    const state = left !== null && left <= now && left < end ? 'left' : stateOf(grant, now)
    return [{ person: { id: personId, name, email }, grant, since, until, state }]
  })
}

export type NowOrEnded = 'now' | 'ended' | 'all'

const standing: readonly NamedAccess['state'][] = ['active', 'ending', 'suspended', 'unconfirmed']

export const isAmongNamed = ({ state }: NamedAccess, which: NowOrEnded): boolean =>
  which === 'all' || standing.includes(state) === (which === 'now')
