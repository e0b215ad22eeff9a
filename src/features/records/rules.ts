// Records as people meet them in a list: the part one has, the mark that a partner works on it, and which states a filter means.
import { asId, type RecordId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import type { Actor } from '../../law/actors.ts'
import { type Action, allowancesOf, closedStates, type KindLaw, type Law, openStates, type Side } from '../../law/law.ts'
import type { Relation } from '../../rows/expression.ts'

/** The part that one has in a record, the strongest first; `can_see` is none of the three. */
export type Part = 'point_of_contact' | 'additional_contact' | 'requester' | 'can_see'
const parts: readonly Exclude<Part, 'can_see'>[] = ['point_of_contact', 'additional_contact', 'requester']

/** How a person is named on a record, and where the person works. */
export interface NamedPerson {
  readonly recordId: string
  readonly relation: Relation
  readonly personId: string
  readonly name: string
  readonly organizationId: string | null
  readonly organizationName: string | null
  readonly side: Side | null
}

/** The id of a record that is about to be opened. */
export const recordToBeId = asId<RecordId>('0')

export interface PointOfContact {
  readonly name: string
  /** Empty where the person belongs nowhere any more. */
  readonly organization: string
  /** Whether the person works elsewhere than at the record's customer. */
  readonly outside: boolean
}

export interface RecordRow {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly state: string
  /** Null: of no customer, such as an announcement. */
  readonly customer: { readonly id: string; readonly name: string } | null
  readonly pointOfContact: PointOfContact | null
  /** The P mark (OR-089): a partner's person is point of contact or additional contact, or a partner is assigned. */
  readonly partnerManaged: boolean
  readonly part: Part
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** The kind of the definition, or not-found: a kind that the portal does not have looks like any other unknown address. */
export function kindOf(law: Law, kind: string): KindLaw {
  return law.kinds.get(kind) ?? refuse('not-found', nothingThere)
}

/** What is said of what is absent and of what may not be seen: the same as the door says (OR-020). */
export const nothingThere = 'There is no such thing, or you cannot see it.'

/** What can be given, and the home roles, that allow an action on at least some rows. */
export function allowing(law: Law, action: Action): { gives: string[]; homeRoles: string[] } {
  return {
    gives: allowancesOf(law)
      .filter(({ may }) => may.has(action))
      .map(({ code }) => code),
    homeRoles: [...law.homeRoles.values()].filter(({ may }) => may.has(action)).map(({ role }) => role),
  }
}

export const nameOfActor = (actor: Actor): string => (actor.kind === 'person' || actor.kind === 'key' ? actor.name : actor.kind)

/** The states that a filter means: `open`, `closed` or one state of the definition. Refuses others (400, field `state`). */
export function statesMeant(kind: KindLaw, filter: string): string[] {
  if (filter === 'open') return openStates(kind)
  if (filter === 'closed') return closedStates(kind)
  const state = kind.states.find(({ code }) => code === filter)
  return state
    ? [state.code]
    : refuseField('state', `"state" is open, closed or one of: ${kind.states.map(({ code }) => code).join(', ')}.`)
}

export const isClosed = (kind: KindLaw, state: string): boolean => closedStates(kind).includes(state)

export function partOf(people: readonly NamedPerson[], personId: string | null): Part {
  const mine = people.filter((person) => person.personId === personId).map(({ relation }) => relation)
  return parts.find((part) => mine.includes(part)) ?? 'can_see'
}

export function isPartnerManaged(people: readonly NamedPerson[], partnersAssigned: 0 | 1): boolean {
  return partnersAssigned > 0 || people.some(({ relation, side }) => relation !== 'requester' && side === 'partner')
}

export const isOutside = (organizationId: string | null, customerId: string | null): boolean => organizationId !== customerId

export function pointOfContactOf(people: readonly NamedPerson[], customerId: string | null): PointOfContact | null {
  const person = people.find(({ relation }) => relation === 'point_of_contact')
  return person
    ? { name: person.name, organization: person.organizationName ?? '', outside: isOutside(person.organizationId, customerId) }
    : null
}
