// An access request: who may ask for whom, how many may wait, what state it is in, and what an answer may say.
import type { AccessRequestId, OrganizationId, PersonId } from '../../kernel/ids.ts'
import { addPeriod, dayInWords, endOfDay, type Instant, type LocalDate, lastDayOf, localDateOf } from '../../kernel/instant.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import type { Action, Law } from '../../law/law.ts'
import {
  type AccessGiven,
  type AccessInput,
  accessNamed,
  accessWords,
  covers,
  type ScopeInput,
  sameAccess,
  scopeInputOf,
} from '../grants/access-rules.ts'
import { type Holdings, nothingHeld } from '../grants/preview-rules.ts'
import { type AskedLately, refuseAskedTooOften } from '../links/rules.ts'

/** As stored. `pending` is called waiting, or lapsed once its time is over: a comparison, whoever has noted it down or not (BX-18). */
export type StoredState = 'pending' | 'approved' | 'denied' | 'withdrawn' | 'lapsed'
export type RequestState = 'waiting' | 'approved' | 'denied' | 'withdrawn' | 'lapsed'
export type RequestFilter = 'waiting' | 'answered' | 'lapsed' | 'all'

export interface RequestItem extends AccessGiven {
  readonly id: string
  /** Null: everyone at the partner. */
  readonly person: { readonly id: PersonId; readonly name: string; readonly email: string } | null
  /** What the answer gave; null: not given, or not answered. */
  readonly granted: AccessGiven | null
  readonly grantId: string | null
  /** False where a newer request took its place before the customer, or the request is answered. */
  readonly waits: boolean
}

export interface AccessRequest {
  readonly id: AccessRequestId
  readonly number: number
  readonly partner: { readonly id: OrganizationId; readonly name: string; readonly emailDomain: string | null; readonly timeZone: string }
  readonly askedBy: { readonly id: PersonId; readonly name: string; readonly email: string }
  readonly addressedTo: string
  /** Null: the address answers for no customer. The asker is never told. */
  readonly customerId: OrganizationId | null
  /** Whether it was put before a customer that the partner knows, and not before whoever an address belongs to. */
  readonly toCustomer: boolean
  readonly endsOn: LocalDate
  readonly reason: string
  readonly state: StoredState
  readonly askedAt: Instant
  readonly lapsesAt: Instant
  readonly answered: {
    readonly at: Instant
    readonly by: { readonly id: PersonId; readonly name: string } | null
    readonly reason: string | null
  } | null
  readonly items: readonly RequestItem[]
}

/** The people by name for whom somebody else asked, as those whom a letter reaches. */
export const othersAskedFor = ({ askedBy, items }: AccessRequest): { readonly person: PersonId }[] => {
  const people = new Set(items.flatMap(({ person }) => (person && person.id !== askedBy.id ? [person.id] : [])))
  return [...people].map((person) => ({ person }))
}

export function stateOf(request: Pick<AccessRequest, 'state' | 'lapsesAt'>, now: Instant): RequestState {
  if (request.state !== 'pending') return request.state
  return request.lapsesAt <= now ? 'lapsed' : 'waiting'
}

export function isAmong(state: RequestState, filter: RequestFilter): boolean {
  if (filter === 'all') return true
  return filter === 'answered' ? ['approved', 'denied', 'withdrawn'].includes(state) : state === filter
}

/** A request lapses with the end of a day, so that its last day can be said in words. Which zone is the asker's: theirs is known. */
export function lapsesAt(now: Instant, zone: string, law: Pick<Law, 'requests'>): Instant {
  return endOfDay(addPeriod(localDateOf(now, zone), law.requests.lapseAfter), zone)
}

/** How much may wait, and be asked at once; how often one asks is limited as it is for links. All count what a person or partner did itself. */
export const limits = {
  waitingOfPerson: 100,
  waitingOfPartner: 1000,
  itemsOfRequest: 100,
  requestsAtOnce: 100,
} as const

export interface Asked extends AskedLately {
  readonly waitingOfPerson: number
  readonly waitingOfPartner: number
}

export function refuseTooMany(asked: Asked): void {
  if (asked.waitingOfPerson >= limits.waitingOfPerson) {
    refuse(
      'too-many',
      `You have ${asked.waitingOfPerson} requests waiting for an answer. Nothing was asked. Withdraw one, or wait for answers.`,
    )
  }
  if (asked.waitingOfPartner >= limits.waitingOfPartner) {
    refuse(
      'too-many',
      `Your organization has ${asked.waitingOfPartner} requests waiting for an answer. Nothing was asked. Withdraw some, or wait for answers.`,
    )
  }
  refuseAskedTooOften(asked)
}

export interface AskedItem extends AccessGiven {
  readonly personId: PersonId | null
}

export interface ItemInput extends AccessInput {
  readonly personId: string | null
}

/** Whose sites and records are meant is still to be found. */
export interface CheckedItem extends Omit<AskedItem, 'scope'> {
  readonly scope: ScopeInput | undefined
}

/** The items with what the definition knows, each grantee once; refuses the rest and names the field. */
export function checkItems(law: Law, items: readonly ItemInput[]): CheckedItem[] {
  if (items.length === 0) refuseField('items', 'Say for whom you ask: everyone, yourself or named people.')
  if (items.length > limits.itemsOfRequest) refuseField('items', `At most ${limits.itemsOfRequest} people can be named in one request.`)
  const seen = new Set<string>()
  return items.map(({ personId, ...access }, index) => {
    const grantee = personId ?? 'everyone'
    if (seen.has(grantee)) refuseField(`items.${index}.personId`, 'Each person, and everyone, can stand in a request only once.')
    seen.add(grantee)
    return { personId: personId as PersonId | null, ...accessNamed(law, access, `items.${index}.`), scope: access.scope }
  })
}

/** The actions that asking for these takes: for everyone, for oneself, for others of one's organization (O-A20). */
export function askingActions(items: readonly Pick<ItemInput, 'personId'>[], asker: PersonId | null): Action[] {
  const actions: Action[] = []
  if (items.some(({ personId }) => personId === asker)) actions.push('access_request:ask_for_self')
  if (items.some(({ personId }) => personId !== null && personId !== asker)) actions.push('access_request:ask_for_people')
  if (items.some(({ personId }) => personId === null)) actions.push('access_request:ask_for_organization')
  return actions
}

/** An answer to one part of a request. Nothing said of level and rights: as asked. Neither a level nor a right: not given. */
export interface Answer extends Omit<AccessInput, 'scope'> {
  readonly itemId: string
  /** Left out: as asked; null: the whole customer. */
  readonly scope?: AccessInput['scope'] | null
}

export interface AnsweredItem {
  readonly item: RequestItem
  readonly access: AccessGiven
}

/**
 * What an approval gives: every waiting item as asked, unless the answer says something else or leaves it out (OR-063, BX-19).
 * Refuses an item that is not of the request, one named twice, what the definition does not know, what covers more than was asked for, and an approval
 * of nothing at all.
 *
 * @param chosen checks what was chosen, and finds what it covers
 */
export async function itemsGiven(
  items: readonly RequestItem[],
  answers: readonly Answer[] | undefined,
  chosen: (input: AccessInput, field: string) => Promise<AccessGiven>,
): Promise<AnsweredItem[]> {
  const waiting = items.filter((item) => item.waits)
  const places = placesOf(waiting, answers ?? [])
  const given: AnsweredItem[] = []
  for (const item of waiting) {
    const index = places.get(item.id)
    const answer = index === undefined ? undefined : answers?.[index]
    const input = answer === undefined ? asAsked(item) : inputOf(item, answer)
    const field = index === undefined ? '' : `items.${index}.`
    if (input !== null) given.push({ item, access: noWider(item, await chosen(input, field), field) })
  }
  if (given.length === 0)
    refuseField('items', 'An approval gives at least one of the things asked for. To give nothing, decline the request.')
  return given
}

/** An answer may cover less than was asked for, and never more (BX-19). */
const noWider = (item: RequestItem, access: AccessGiven, field: string): AccessGiven =>
  covers(item.scope, access.scope) ? access : refuseField(`${field}scope`, wider)

const wider = 'This covers more than was asked for. Give what was asked for, or less of it; to give more, give access yourself.'

/** Which answer is about which item. */
function placesOf(waiting: readonly RequestItem[], answers: readonly Answer[]): Map<string, number> {
  const places = new Map<string, number>()
  for (const [index, { itemId }] of answers.entries()) {
    if (!waiting.some(({ id }) => id === itemId)) refuseField(`items.${index}.id`, 'This is not part of the request.')
    if (places.has(itemId)) refuseField(`items.${index}.id`, 'Each part of the request can be answered only once.')
    places.set(itemId, index)
  }
  return places
}

const asAsked = ({ level, rights, scope }: RequestItem): AccessInput => ({ level, rights, scope: scopeInputOf(scope) })

function inputOf(item: RequestItem, { level, rights, scope }: Answer): AccessInput | null {
  const asked = asAsked(item)
  const narrowed = scope === undefined ? asked.scope : (scope ?? undefined)
  if (level === undefined && rights === undefined) return { ...asked, scope: narrowed }
  if (!level && (rights ?? []).length === 0) return null
  return { level, rights, scope: narrowed }
}

export const requestNumber = (number: number): string => `R-${number}`

/** Refuses (409) to answer what waits no more, and says who answered and when (screens 2.4). */
export function refuseUnlessWaiting(request: AccessRequest, now: Instant): void {
  const state = stateOf(request, now)
  if (state === 'waiting') return
  if (state === 'lapsed')
    refuse(
      'stale',
      `Nobody answered this until ${dayInWords(lapsesOn(request))}, so it lapsed. Nothing was changed. The partner can ask again.`,
    )
  const { by, at } = request.answered ?? { by: null, at: now }
  const who = by?.name ?? 'The customer'
  refuse('already-answered', `${who} already ${answerWords[state]} this ${agoInWords(at, now)}. Nothing more to do.`, {
    detail: { state, by: by?.name ?? null, at },
  })
}

const answerWords = { approved: 'approved', denied: 'declined', withdrawn: 'withdrew' } as const

/** Refuses (409) where a newer request of the same partner took the place of every part. */
export function refuseTakenOver(request: AccessRequest): void {
  if (request.items.some(({ waits }) => waits)) return
  refuse('stale', 'A newer request of the same partner took the place of this one. Nothing was changed. Look at the newer one.')
}

export const lapsesOn = (request: Pick<AccessRequest, 'lapsesAt' | 'partner'>): LocalDate =>
  lastDayOf(request.lapsesAt, request.partner.timeZone)

/** just now · 2 minutes ago · 3 hours ago · 5 days ago. */
function agoInWords(at: Instant, now: Instant): string {
  const minutes = Math.floor((Date.parse(now) - Date.parse(at)) / 60_000)
  const [count, unit] =
    minutes < 60 ? [minutes, 'minute'] : minutes < 1440 ? [Math.floor(minutes / 60), 'hour'] : [Math.floor(minutes / 1440), 'day']
  return count < 1 ? 'just now' : `${count} ${unit}${count === 1 ? '' : 's'} ago`
}

/** What a request, or an approval of it, would give. */
export function holdingsOf(items: readonly AnsweredItem[]): Holdings {
  const personal = items.flatMap(({ item, access }): [string, AccessGiven[]][] => (item.person ? [[item.person.id, [access]]] : []))
  const everyone = items.filter(({ item }) => item.person === null).map(({ access }) => access)
  return { ...nothingHeld, everyone, personal: new Map(personal) }
}

/** What is asked for one grantee, as if it were given. */
export const askedAccess = ({ level, rights, scope }: AccessGiven): AccessGiven => ({ level, rights, scope })

/** What an approval gives otherwise than asked, one sentence each; nothing where it gives exactly that (OR-063, BX-19). */
export function changesInWords(law: Law, request: AccessRequest, given: readonly AnsweredItem[], endsOn: LocalDate): string[] {
  const who = (item: RequestItem) => item.person?.name ?? `Everyone at ${request.partner.name}`
  const ofItems = request.items.flatMap((item) => {
    const answer = given.find((one) => one.item.id === item.id)
    if (!answer) return [`${who(item)}: asked ${accessWords(law, item)}, not given.`]
    if (sameAccess(answer.access, askedAccess(item))) return []
    return [`${who(item)}: asked ${accessWords(law, item)}, given ${accessWords(law, answer.access)}.`]
  })
  const ofEnd = endsOn === request.endsOn ? [] : [`Asked until ${dayInWords(request.endsOn)}, given until ${dayInWords(endsOn)}.`]
  return [...ofItems, ...ofEnd]
}
