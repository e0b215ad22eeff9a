// An invitation of a partner by a customer: where it stands at an instant, how often one may invite, and how a partner's ID is written.

import type { OrganizationId, PersonId } from '../../kernel/ids.ts'
import { addPeriod, dayInWords, endOfDay, type Instant, type LocalDate, lastDayOf, localDateOf } from '../../kernel/instant.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { AllowanceLaw, Law } from '../../law/law.ts'

export type StoredState = 'waiting' | 'accepted' | 'declined' | 'withdrawn' | 'lapsed'

export interface Invitation {
  readonly id: string
  readonly number: number
  readonly customer: { readonly id: OrganizationId; readonly name: string; readonly timeZone: string }
  readonly partner: { readonly id: OrganizationId; readonly name: string; readonly emailDomain: string | null }
  /** The codes of the roles that it gives; none: the two work together, and no more. */
  readonly gives: readonly string[]
  /** The end of what it gives. */
  readonly until: Instant
  readonly state: StoredState
  /** A name is null where the reader may not know the person. */
  readonly invitedBy: { readonly id: PersonId; readonly name: string | null }
  readonly invitedAt: Instant
  readonly lapsesAt: Instant
  readonly answered: { readonly at: Instant; readonly byName: string | null; readonly reason: string | null } | null
}

/** Where it stands: that nobody answered in time is a comparison, which waits for no job. */
export const stateOf = ({ state, lapsesAt }: Pick<Invitation, 'state' | 'lapsesAt'>, now: Instant): StoredState =>
  state === 'waiting' && lapsesAt <= now ? 'lapsed' : state

export const invitationNumber = (number: number): string => `I-${number}`

/** The last day on which it can be accepted, as the customer counts days. */
export const lapsesOn = ({ lapsesAt, customer }: Pick<Invitation, 'lapsesAt' | 'customer'>): LocalDate =>
  lastDayOf(lapsesAt, customer.timeZone)

/** The last day of what it gives. */
export const endsOn = ({ until, customer }: Pick<Invitation, 'until' | 'customer'>): LocalDate => lastDayOf(until, customer.timeZone)

/** What the definition says of invitations; refuses (403) where the portal knows none. */
export function invitationsOf({ invitations }: Pick<Law, 'invitations'>): NonNullable<Law['invitations']> {
  return invitations ?? refuse('not-allowed', 'In this portal partners are not invited. Nothing was changed.')
}

/** Until when it waits: as long as the definition says, to the end of a day, and never longer than what it would give. */
export function lapsesAt(now: Instant, zone: string, until: Instant, law: Pick<Law, 'invitations'>): Instant {
  const lapse = endOfDay(addPeriod(localDateOf(now, zone), invitationsOf(law).lapseAfter), zone)
  return lapse < until ? lapse : until
}

/** The roles that it gives, where the definition of today still gives them to groups, and by one person; null where it does not. */
export function rolesGiven(
  { shape, grantees, rights, requests }: Pick<Law, 'shape' | 'grantees' | 'rights' | 'requests'>,
  gives: readonly string[],
): AllowanceLaw[] | null {
  if (gives.length > 0 && !(shape === 'roles' && grantees.includes('group'))) return null
  const roles = rights.filter(({ code }) => gives.includes(code) && !requests.secondFor.includes(code))
  return roles.length === gives.length ? roles : null
}

/** Whether the end lies within the longest term of today's definition. */
export const withinTerm = (until: Instant, zone: string, now: Instant, { term }: Pick<Law, 'term'>): boolean =>
  until <= endOfDay(addPeriod(localDateOf(now, zone), term.longest), zone)

/** Refuses (409) to answer what waits no more, and says how it ended. */
export function refuseUnlessWaiting(invitation: Invitation, now: Instant): void {
  const state = stateOf(invitation, now)
  if (state === 'waiting') return
  if (state === 'lapsed')
    refuse(
      'stale',
      `Nobody accepted this until ${dayInWords(lapsesOn(invitation))}, so it lapsed. Nothing was changed. ${invitation.customer.name} can invite again.`,
    )
  const { byName, at } = invitation.answered ?? { byName: null, at: now }
  refuse(
    'already-answered',
    `${byName ?? (state === 'withdrawn' ? invitation.customer.name : invitation.partner.name)} already ${words[state]} this invitation. Nothing more to do.`,
    {
      detail: { state, by: byName, at },
    },
  )
}

const words = { accepted: 'accepted', declined: 'declined', withdrawn: 'withdrew' } as const

/** A partner's ID is twelve hexadecimal digits (48 bits, drawn): whoever tries ten an hour does not find one in an age. */
const codeShape = /^[0-9A-F]{12}$/

/** The ID in what somebody typed (spaces and dashes do not count, nor does case), or undefined. */
export function partnerCodeIn(text: string): string | undefined {
  const code = text.replace(/[\s-]/g, '').toUpperCase()
  return codeShape.test(code) ? code : undefined
}

/** As people read it: 3F9A-07C2-B41D. */
export const showPartnerCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')

/** What a person and their customer did in the last hour. */
export interface Invited {
  readonly hourlyOfPerson: number
  readonly wrongHourlyOfCustomer: number
}

const invitationsAnHour = 20
const wrongIdsAnHour = 10
const linksAnHour = 20

/** Refuses (429) more invitations, or tries of IDs that nobody has, than somebody in earnest makes. Each one writes letters to people elsewhere. */
export function refuseTooMany({ hourlyOfPerson, wrongHourlyOfCustomer }: Invited): void {
  if (wrongHourlyOfCustomer >= wrongIdsAnHour)
    refuse('too-many', 'Too many partner IDs were tried that nobody has. Nobody was invited. Wait an hour, and ask the partner for its ID.')
  if (hourlyOfPerson >= invitationsAnHour)
    refuse('too-many', `You invited ${invitationsAnHour} partners in one hour. Nobody was invited now. Wait a while.`)
}

export function refuseTooManyLinks(hourlyOfPerson: number): void {
  if (hourlyOfPerson >= linksAnHour) refuse('too-many', `You made ${linksAnHour} links in one hour. None was made now. Wait a while.`)
}

/** One answer to every link that does not count: made up, of somebody else, used, ended, too old, or of a partner that was suspended. */
export const refuseLink = (): never =>
  refuse('link-ended', 'This link does not count, or not any more. Nothing was changed. Ask the partner who sent it for a new one.')
