// A grant as people meet it: which state it is in, until when one may be given, and which levels there are.
import type { GrantId, OrganizationId, PersonId } from '../../kernel/ids.ts'
import { addPeriod, dayInWords, endOfDay, type Instant, type LocalDate, lastDayOf, localDateOf, parseDate } from '../../kernel/instant.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import type { Action, Grantee, Law } from '../../law/law.ts'
import { type AccessGiven, accessWords } from './access-rules.ts'

export type EndKind = 'removed' | 'replaced' | 'relinquished'

export interface Named {
  readonly id: PersonId
  readonly name: string
}

/** A grant with the names that stand beside it, as it is stored. `until` is exclusive. */
export interface Grant extends AccessGiven {
  readonly id: GrantId
  readonly number: number
  readonly customer: { readonly id: OrganizationId; readonly name: string; readonly timeZone: string }
  readonly partner: {
    readonly id: OrganizationId
    readonly name: string
    readonly side: 'partner' | 'vendor'
    /** Since when the vendor suspends it; null: it does not. */
    readonly suspendedAt: Instant | null
  }
  readonly person: { readonly id: PersonId; readonly name: string; readonly email: string } | null
  /** With no person and no group: everyone at the partner. */
  readonly group: { readonly id: string; readonly name: string } | null
  readonly from: Instant
  readonly until: Instant
  /** Null: imported, and nobody has confirmed it yet. */
  readonly confirmedAt: Instant | null
  readonly reason: string | null
  readonly givenBy: Named | null
  readonly givenAt: Instant
  readonly requestId: string | null
  readonly ended: { readonly at: Instant; readonly by: Named | null; readonly kind: EndKind; readonly reason: string | null } | null
}

/**
 * active · ending (within 30 days) · later · unconfirmed (imported, nobody confirmed it). Five words for five ways in which it gives nothing any more: expired (its
 * day came), removed (by the customer), relinquished (by the partner), replaced (by a newer one), suspended (the vendor suspends the whole partner; it may be lifted).
 */
export type GrantState = 'active' | 'ending' | 'later' | 'unconfirmed' | 'suspended' | 'expired' | 'removed' | 'relinquished' | 'replaced'

/** From how many days before its end a grant counts as ending. */
const endingWithin = 30

type Dated = Pick<Grant, 'from' | 'until' | 'confirmedAt' | 'ended'> & { readonly partner: Pick<Grant['partner'], 'suspendedAt'> }

/** The state at an instant; a comparison, never a column (OR-009). */
export function stateOf(grant: Dated, now: Instant): GrantState {
  // What was replaced after its day had come had ended before that.
  if (grant.ended !== null && grant.ended.at < grant.until) return grant.ended.kind
  if (grant.until <= now) return 'expired'
  if (grant.partner.suspendedAt !== null && grant.partner.suspendedAt <= now) return 'suspended'
  if (grant.confirmedAt === null) return 'unconfirmed'
  if (grant.from > now) return 'later'
  return Date.parse(grant.until) - Date.parse(now) <= endingWithin * 86_400_000 ? 'ending' : 'active'
}

/** Whether the grant gives something at the instant. */
export const gives = (grant: Dated, now: Instant): boolean => ['active', 'ending'].includes(stateOf(grant, now))

/** Whether the grant is neither over nor ended by somebody: it may still be changed or removed. */
export const stands = (grant: Dated, now: Instant): boolean => !isOver(stateOf(grant, now))

const isOver = (state: GrantState): boolean => ['expired', 'removed', 'relinquished', 'replaced'].includes(state)

/** Which grants a list asks for; `ending` is part of `active`. */
export type StateFilter = 'active' | 'ending' | 'ended' | 'all'

export function isAmong(state: GrantState, filter: StateFilter): boolean {
  if (filter === 'all') return true
  if (filter === 'ended') return isOver(state)
  return filter === 'ending' ? state === 'ending' : !isOver(state)
}

/** The last day of an access, in the customer's zone. */
export const endsOn = (grant: Pick<Grant, 'until' | 'customer'>): LocalDate => lastDayOf(grant.until, grant.customer.timeZone)

export interface Term {
  readonly endsOn: LocalDate
  readonly until: Instant
}

/**
 * The end of an access that starts now: the end of that day in the customer's zone (O-A12). Refuses (field `endsOn`) what is no
 * date, a day that is over there, and a day beyond the longest term of the definition.
 */
export function termUntil(text: string, zone: string, now: Instant, law: Pick<Law, 'term'>): Term {
  const date = parseDate(text) ?? refuseField('endsOn', 'The end date must be a day that exists, written as YYYY-MM-DD.')
  const today = localDateOf(now, zone)
  if (date < today)
    refuseField('endsOn', `${dayInWords(date)} is past: in ${zone} it is ${dayInWords(today)}. Choose today or a later day.`)
  const last = addPeriod(today, law.term.longest)
  if (date > last) {
    refuseField(
      'endsOn',
      `${dayInWords(date)} is too far away: access is given for at most ${law.term.longest}, so until ${dayInWords(last)}.`,
    )
  }
  return { endsOn: date, until: endOfDay(date, zone) }
}

/** The home roles of one side that allow an action, for choosing whom a letter reaches. */
export function rolesThatMay(law: Law, side: string, action: Action): string[] {
  return [...law.homeRoles.values()].filter((role) => role.side === side && role.may.has(action)).map((role) => role.role)
}

/** Characters of a reason, as the database keeps it. */
export const longestReason = 1000

/** Refuses (403) a kind of grantee that the portal does not let in. */
export function refuseGrantee(law: Pick<Law, 'grantees'>, grantee: Grantee): void {
  if (!law.grantees.includes(grantee))
    refuse('not-allowed', `This portal gives no access to ${unknownGrantee[grantee]}. Nothing was given.`)
}
const unknownGrantee: Record<Grantee, string> = {
  organization: 'everyone at a partner',
  group: 'groups',
  person: 'single people',
  vendor_person: 'people of the vendor',
}

/**
 * What the people whose access was removed still have: by one of their own, by a group, or by the one for everyone (screens 2.4).
 *
 * @param groups the groups that the person is in, where it was one person's
 */
export function leftInWords(law: Law, removed: Grant, standing: readonly Grant[], now: Instant, groups: readonly string[] = []): string[] {
  const { customer, partner, person } = removed
  const giving = standing.filter((grant) => grant.id !== removed.id && gives(grant, now))
  const until = (grant: Grant) => `${accessWords(law, grant)} until ${dayInWords(endsOn(grant))}`
  if (person !== null) {
    const own = giving.filter((grant) => grant.person?.id === person.id)
    if (own.length > 0) return own.map((grant) => `${person.name} still has: ${until(grant)} (a personal level).`)
    const ofGroups = giving.filter(({ group }) => group !== null && groups.includes(group.id))
    if (ofGroups.length > 0)
      return ofGroups.map((grant) => `${person.name} still has: ${until(grant)}, by the group “${grant.group?.name}”.`)
    const forAll = giving.find(isForEveryone)
    if (!forAll) return [`${person.name} has no access to ${customer.name} any more.`, ...letInStays(person, giving, until)]
    return [`${person.name} still has: ${until(forAll)}, like everyone at ${partner.name}.`]
  }
  if (giving.length === 0) return [`Nobody at ${partner.name} has access to ${customer.name} any more.`]
  return giving.map((grant) => {
    if (grant.person !== null) return `${grant.person.name} still has: ${until(grant)} (a personal level).`
    return `${grant.group === null ? `Everyone at ${partner.name}` : `The group “${grant.group.name}”`} still has: ${until(grant)}.`
  })
}

/** Whom somebody let in keeps what they were given (CD-017, CD-045): whoever ends the access of the one is told of the others. */
const letInStays = (by: NonNullable<Grant['person']>, giving: readonly Grant[], words: (grant: Grant) => string): string[] =>
  giving
    .filter(({ person, givenBy }) => person !== null && givenBy?.id === by.id)
    .map((grant) => `${grant.person?.name}, whom ${by.name} let in, still has: ${words(grant)}. That does not end with this.`)

export const isForEveryone = ({ person, group }: Pick<Grant, 'person' | 'group'>): boolean => person === null && group === null

/** Whom a grant is for, in the middle of a sentence. */
export function granteeWords({ person, group, partner }: Pick<Grant, 'person' | 'group' | 'partner'>): string {
  return person?.name ?? (group === null ? `everyone at ${partner.name}` : `the group “${group.name}” of ${partner.name}`)
}

/** Refuses (409) to touch what is over or was ended by somebody already. */
export function refuseOver(grant: Grant, now: Instant): void {
  if (stands(grant, now)) return
  const { ended } = grant
  const state = stateOf(grant, now)
  if (state === 'expired') refuse('stale', `This access ended on ${dayInWords(endsOn(grant))}. Give it again instead.`)
  const how = { replaced: 'replaced by a newer one', relinquished: 'given up', removed: 'removed' }[state as EndKind]
  refuse('stale', `This access was already ${how}${ended?.by ? ` by ${ended.by.name}` : ''}.`, {
    detail: { by: ended?.by?.name ?? null, at: ended?.at ?? null },
  })
}

/** What stands in a list instead of the state where a more specific grant decides (screens 2.4). */
export const replacedByPersonal = 'A personal level replaces this one.'
export const replacedByGroup = "A group's access replaces this one."

export const grantNumber = (number: number): string => `A-${number}`

export const peopleInWords = (count: number): string => (count === 1 ? '1 person' : `${count} people`)

/** Ana, Ben and 3 others. */
export function namesInWords(names: readonly string[], shown = 3): string {
  if (names.length <= 1) return names[0] ?? ''
  if (names.length <= shown) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  const rest = names.length - shown
  return `${names.slice(0, shown).join(', ')} and ${rest} ${rest === 1 ? 'other' : 'others'}`
}
