// The customer approves a request: as asked, or with something else, for other people or to another end. In one transaction it is answered and given.

import type { Context, WriteTx } from '../../context/context.ts'
import type { OrganizationId } from '../../kernel/ids.ts'
import { dayInWords } from '../../kernel/instant.ts'
import { refuseField } from '../../kernel/refusal.ts'
import { accessWords } from '../grants/access-rules.ts'
import { handOver } from '../grants/hand-over-steps.ts'
import { partnerSide } from '../grants/letter-steps.ts'
import { previewAccess, refuseUnlessUnderstood } from '../grants/preview-steps.ts'
import { endsOn, type Grant, granteeWords, type Term, termUntil } from '../grants/rules.ts'
import { accessChosen } from '../grants/scope-steps.ts'
import { giveGrant, givenInHistory } from '../grants/steps.ts'
import { nameOf, personOf } from '../organizations/actor-rules.ts'
import { type Organization, organizationAt, type PersonAt, peopleWorkingAt } from '../organizations/steps.ts'
import { beginRelationship } from '../relationships/steps.ts'
import { noteGiven } from './item-store.ts'
import { approvedLetter } from './letters.ts'
import {
  type AccessRequest,
  type Answer,
  type AnsweredItem,
  changesInWords,
  holdingsOf,
  itemsGiven,
  refuseTakenOver,
  refuseUnlessWaiting,
} from './rules.ts'
import { firstApprovalOf, waitsForSecond } from './second-approval-steps.ts'
import { accessInHistory, answerers, factsOf, partOf, requestAt, requestInHistory, send } from './steps.ts'
import { answer } from './store.ts'
import { type RequestView, viewOfOne, warnAboutDomain } from './view-steps.ts'

export interface ApproveInput {
  readonly requestId: string
  /** Left out: as asked. */
  readonly endsOn?: string | undefined
  /** Parts that are not named are given as asked; without a level and a right that part is not given. */
  readonly items?: readonly Answer[] | undefined
  readonly understood?: boolean | undefined
}

/** OR-060, OR-062, OR-063. The access counts from this instant; what the same grantee had until now is replaced. */
export function approveAccessRequest(ctx: Context, input: ApproveInput): Promise<RequestView> {
  return ctx.writing('access_request:answer', { kind: 'access_request', id: input.requestId }, async (tx) => {
    const request = await waitingRequest(tx, input.requestId)
    const customer = await organizationAt(tx, request.customerId as OrganizationId)
    const partner = await organizationAt(tx, request.partner.id)
    const people = await peopleWorkingAt(tx, partner.id)
    const choice = await choiceIn(tx, input)
    const term = termUntil(choice.endsOn ?? request.endsOn, customer.timeZone, tx.now, tx.law)
    const given = await itemsGiven(request.items, choice.items, (chosen, field) => accessChosen(tx, customer, chosen, field))
    refuseLeavers(given, people, partner.name)
    const { warnings } = await previewAccess(tx, { customer, partner, people, proposed: holdingsOf(given) })
    refuseUnlessUnderstood(await warnAboutDomain(tx, request, warnings), input.understood)
    if (await waitsForSecond(tx, { request, given, endsOn: term.endsOn, headCount: people.length })) return viewOfOne(tx, request)
    if (!(await answer(tx, request.id, { state: 'approved', by: personOf(tx.actor), reason: null }))) await refuseAsAnswered(tx, request.id)
    await beginRelationship(tx, customer, partner)
    const before = await give(tx, { request, customer, partner, given, term })
    const handedOver = await handOver(tx, customer, partner)
    await announce(tx, { request, customer, partner, given, term }, people.length, { before, handedOver })
    return viewOfOne(tx, await requestAt(tx, request.id))
  })
}

/** What was chosen now; where nothing was, what the first of two approvers chose. */
const choiceIn = async (tx: WriteTx, { requestId, endsOn, items }: ApproveInput): Promise<Pick<ApproveInput, 'endsOn' | 'items'>> =>
  endsOn === undefined && items === undefined ? ((await firstApprovalOf(tx, requestId))?.choice ?? {}) : { endsOn, items }

/** The request, if an answer can still be given. */
export async function waitingRequest(tx: WriteTx, id: string): Promise<AccessRequest> {
  const request = await requestAt(tx, id)
  refuseUnlessWaiting(request, tx.now)
  refuseTakenOver(request)
  return request
}

/** Somebody else's answer came first, although it waited when this transaction began. */
export async function refuseAsAnswered(tx: WriteTx, id: string): Promise<never> {
  refuseUnlessWaiting(await requestAt(tx, id), tx.now)
  throw new Error('a request that waits could not be answered')
}

function refuseLeavers(given: readonly AnsweredItem[], people: readonly PersonAt[], partner: string): void {
  for (const { item } of given) {
    if (item.person === null || people.some(({ id }) => id === item.person?.id)) continue
    refuseField('items', `${item.person.name || 'Somebody named here'} does not work at ${partner} any more. Leave that part out.`)
  }
}

interface Approved {
  readonly request: AccessRequest
  readonly customer: Organization
  readonly partner: Organization
  readonly given: readonly AnsweredItem[]
  readonly term: Term
}

/** Gives each part, and says what it took the place of (BX-05). */
async function give(tx: WriteTx, { request, customer, partner, given, term }: Approved): Promise<string[]> {
  const before: string[] = []
  for (const { item, access } of given) {
    const one = await giveGrant(tx, {
      customer,
      partner,
      person: item.person,
      access,
      term,
      reason: request.reason,
      requestId: request.id,
      approved: true,
    })
    const { grant } = one
    await noteGiven(tx, item.id, access, grant.id)
    tx.record({
      what: 'grant.given',
      customerId: customer.id,
      partnerId: partner.id,
      on: { kind: 'grant', id: grant.id },
      detail: givenInHistory(tx, one),
    })
    before.push(...one.before.map((old) => beforeInWords(tx, old)))
  }
  return before
}

const beforeInWords = ({ law }: WriteTx, old: Grant): string =>
  `Until now: ${granteeWords(old)} had ${accessWords(law, old)} until ${dayInWords(endsOn(old))}.`

async function announce(
  tx: WriteTx,
  { request, customer, partner, given, term }: Approved,
  headCount: number,
  also: { readonly before: readonly string[]; readonly handedOver: readonly string[] },
): Promise<void> {
  const changes = changesInWords(tx.law, request, given, term.endsOn)
  tx.record({
    what: 'access_request.approved',
    customerId: customer.id,
    partnerId: partner.id,
    on: { kind: 'access_request', id: request.id },
    detail: {
      ...requestInHistory(tx, request),
      customer: customer.name,
      given: given.map(({ item, access }) => accessInHistory(tx, item.person, access)),
      until: term.endsOn,
      changes,
    },
  })
  const parts = given.map(({ item, access }) => partOf(tx.law, item.person, access, partner.name, headCount))
  const approval = {
    customer: customer.name,
    by: nameOf(tx.actor),
    given: parts,
    until: dayInWords(term.endsOn),
    zone: customer.timeZone,
    changes,
    ...also,
  }
  const people = given.some(({ item }) => item.person === null) ? null : given.flatMap(({ item }) => (item.person ? [item.person] : []))
  const asker = people === null ? null : [...people.filter(({ id }) => id !== request.askedBy.id), request.askedBy]
  const to = [answerers(tx, customer.id), ...(await partnerSide(tx, partner, asker))]
  send(tx, 'access-request-approved', approvedLetter(factsOf(tx, request, headCount), approval), request, to)
}
