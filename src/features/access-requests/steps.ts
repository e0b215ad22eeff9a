// What the answers to a request have in common: finding it, telling of it, showing it.

import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { Letter, Recipient } from '../../context/post.ts'
import { asId, type OrganizationId } from '../../kernel/ids.ts'
import { dayInWords } from '../../kernel/instant.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Law } from '../../law/law.ts'
import { type AccessGiven, accessSays, accessWords } from '../grants/access-rules.ts'
import { standingGrants } from '../grants/preview-steps.ts'
import { endsOn, type Grant, gives, peopleInWords } from '../grants/rules.ts'
import { domainWarning } from '../grants/warning-rules.ts'
import { domainVerdict } from '../organizations/rules.ts'
import { type Dated, differenceInWords, differencesOf } from './difference-rules.ts'
import type { Part, RequestFacts } from './letters.ts'
import { type AccessRequest, askedAccess, lapsesOn, type RequestItem, requestNumber, stateOf } from './rules.ts'
import { requestsWhere, waitingAtCustomer } from './store.ts'

/** Whether the request still waits for an answer: nobody answered or withdrew it, and its time is not over. */
export async function isWaiting(tx: ReadTx, id: string): Promise<boolean> {
  const [request] = await requestsWhere(tx, { id })
  return request !== undefined && stateOf(request, tx.now) === 'waiting'
}

/** The request, or not-found. */
export async function requestAt(tx: ReadTx, id: string): Promise<AccessRequest> {
  return (await requestsWhere(tx, { id }))[0] ?? refuse('not-found', 'There is no such thing, or you cannot see it.')
}

/** The partner's requests that wait at a customer which it knows. */
export const waitingRequestsAt = (tx: ReadTx, partnerId: string, customerId: OrganizationId): Promise<AccessRequest[]> =>
  waitingAtCustomer(tx, partnerId, customerId)

/** The one of them that is for this person, if any. */
export async function waitingFor(
  tx: ReadTx,
  partnerId: string,
  customerId: OrganizationId,
  personId: string,
): Promise<AccessRequest | undefined> {
  const waiting = await waitingAtCustomer(tx, partnerId, customerId)
  return waiting.find(({ items }) => items.some(({ person }) => person?.id === personId))
}

export function partOf(
  law: Law,
  person: { readonly name: string } | null,
  access: Pick<AccessGiven, 'level' | 'rights'> & Partial<AccessGiven>,
  partner: string,
  headCount: number,
): Part {
  const who = person?.name ?? `Everyone at ${partner} (${peopleInWords(headCount)} today)`
  return { who, level: accessWords(law, access), says: accessSays(law, access) }
}

const oddAddress = ({ askedBy: { email }, partner: { name, emailDomain } }: AccessRequest): string | null =>
  domainWarning(domainVerdict(email, emailDomain), email, name, emailDomain)?.text ?? null

/** The facts of a request as its letters tell them. */
export function factsOf(tx: WriteTx, request: AccessRequest, headCount: number): RequestFacts {
  return {
    partner: request.partner.name,
    asker: request.askedBy.name,
    askerEmail: request.askedBy.email,
    addressedTo: request.addressedTo,
    parts: request.items.map((item) => partOf(tx.law, item.person, item, request.partner.name, headCount)),
    until: dayInWords(request.endsOn),
    reason: request.reason,
    lapsesOn: dayInWords(lapsesOn(request)),
    link: `${tx.settings.publicUrl}/asks/${request.id}`,
    addressSays: oddAddress(request),
  }
}

/** Nobody works here: letters to "the customer" of an unknown address take the same way as all others, and reach no one. */
const noOrganization: OrganizationId = asId('00000000-0000-0000-0000-000000000000')

/** Everybody who may answer for the customer; for an address that answers for none, nobody. */
export const answerers = (tx: WriteTx, customerId: OrganizationId | null): Recipient => ({
  everyoneIn: customerId ?? noOrganization,
  roles: tx.law.requests.answeredBy,
})

type Content = Pick<Letter, 'subject' | 'text' | 'html'>

/** One letter to each recipient, in the request's thread. Whoever may not see the request any more when it is sent gets none. */
export function send(tx: WriteTx, letter: string, content: Content, request: AccessRequest, to: readonly Recipient[]): void {
  const about = { customerId: request.customerId, partnerId: request.partner.id, thread: `access_request/${request.id}` }
  const onlyIf = { action: 'access_request:read', on: { kind: 'access_request', id: request.id } } as const
  tx.post(...to.map((recipient) => ({ letter, to: recipient, ...content, ...about, onlyIf, notice: 'asked' })))
}

/** What the history keeps of one part of a request or of its answer. */
export function accessInHistory(tx: ReadTx, person: { readonly name: string } | null, access: Pick<AccessGiven, 'level' | 'rights'>) {
  const { level, rights } = access
  return { person: person?.name ?? null, level, rights, levelName: accessWords(tx.law, access) }
}

/** What the history keeps of a request: names as they were. */
export function requestInHistory(tx: ReadTx, request: AccessRequest): Record<string, unknown> {
  return {
    number: requestNumber(request.number),
    partner: request.partner.name,
    askedBy: request.askedBy.name,
    addressedTo: request.addressedTo,
    asked: request.items.map(({ person, ...access }) => accessInHistory(tx, person, access)),
    endsOn: request.endsOn,
    reason: request.reason,
  }
}

/**
 * Records what happened to a request that nobody has answered, once for each side: the partner's line does not name the customer,
 * which it is not told before an answer.
 */
export function recordForEachSide(tx: WriteTx, what: string, request: AccessRequest): void {
  const entry = { what, on: { kind: 'access_request', id: request.id }, detail: requestInHistory(tx, request) }
  tx.record({ ...entry, partnerId: request.partner.id }, { ...entry, customerId: request.customerId })
}

/** Refuses (404) whoever of the partner is not concerned by a colleague's request and does not speak for the whole partner. */
export async function refuseUnconcerned(tx: ReadTx, request: AccessRequest): Promise<void> {
  const { actor } = tx
  if (actor.kind !== 'person' || actor.organizationId !== request.partner.id) return
  const concerned =
    request.askedBy.id === actor.personId || request.items.some(({ person }) => person === null || person.id === actor.personId)
  if (!concerned && !(await speaksForPartner(tx, request.partner.id))) refuse('not-found', 'There is no such thing, or you cannot see it.')
}

/** Whether the actor may see and withdraw what others of the partner asked for. */
export async function speaksForPartner(tx: ReadTx, partnerId: string): Promise<boolean> {
  return (await tx.can('access_request:ask_for_organization', { kind: 'partner', id: partnerId })).allowed
}

/** Whether the access is the one that the part of a request would change. */
export const isOf = ({ person, group }: Pick<Grant, 'person' | 'group'>, item: Pick<RequestItem, 'person'>): boolean =>
  group === null && (person?.id ?? null) === (item.person?.id ?? null)

/** An access with its last day, as it is compared with what is asked. */
export const datedOf = (grant: Grant): Dated => ({ ...grant, endsOn: endsOn(grant) })

/** What the request would change of what the partner's people have, one sentence for each that has something (BX-05). */
export async function differencesInWords(tx: ReadTx, request: AccessRequest): Promise<string[]> {
  const { customerId, partner, items } = request
  const grants = (await standingGrants(tx, customerId ?? noOrganization, partner.id)).filter((grant) => gives(grant, tx.now))
  return items.flatMap((item) => {
    const has = grants.filter((grant) => isOf(grant, item)).map(datedOf)
    const differences = differencesOf(tx.law, has, { ...askedAccess(item), endsOn: request.endsOn })
    return differences.length === 0 ? [] : [differenceInWords(item.person?.name ?? `Everyone at ${partner.name}`, differences)]
  })
}
