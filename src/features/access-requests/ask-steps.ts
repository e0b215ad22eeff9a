// Putting a request before whoever answers for a customer, inside an open door: by an address that may be anybody's, or before a customer that the
// partner knows by name, when nothing of it is hidden.
import type { WriteTx } from '../../context/context.ts'
import type { OrganizationId, PersonId } from '../../kernel/ids.ts'
import type { LocalDate } from '../../kernel/instant.ts'
import { refuse } from '../../kernel/refusal.ts'
import { standingInWords } from '../grants/preview-steps.ts'
import { nameIfKnown, type Organization } from '../organizations/steps.ts'
import { countAsked } from './asking-store.ts'
import { askedForYouLetter, askedLetter, youAskedLetter } from './letters.ts'
import { type AccessRequest, type AskedItem, lapsesAt, othersAskedFor, refuseTooMany, requestNumber } from './rules.ts'
import { answerers, differencesInWords, factsOf, recordForEachSide, requestAt, send } from './steps.ts'
import { addRequest, makeRoom, waitingAlike } from './store.ts'

export interface Asking {
  readonly partner: Pick<Organization, 'id' | 'timeZone'>
  readonly asker: PersonId
  readonly items: readonly AskedItem[]
  readonly endsOn: LocalDate
  readonly reason: string
  /** The address, or the name of the customer. */
  readonly addressedTo: string
  /** Null: the address answers for nobody. */
  readonly customerId: OrganizationId | null
  /** Whether the partner knows which customer it is. */
  readonly toCustomer: boolean
  /** How many people the partner has. */
  readonly headCount: number
}

/** Refuses too many, and what waits already; then it stands before the customer, and both sides are told. */
export async function putBefore(tx: WriteTx, { headCount, ...asking }: Asking): Promise<AccessRequest> {
  const { partner, asker, items, customerId } = asking
  refuseTooMany(await countAsked(tx, partner.id, asker))
  const alike = await waitingAlike(tx, partner.id, asking)
  if (alike)
    refuse(
      'overlaps',
      `You already asked ${asking.addressedTo} for this (${requestNumber(alike.number)}). Nothing was asked. Withdraw that one first.`,
    )
  await makeRoom(tx, partner.id, customerId, items)
  const { id } = await addRequest(tx, {
    ...asking,
    partnerId: partner.id,
    askedBy: asker,
    lapsesAt: lapsesAt(tx.now, partner.timeZone, tx.law),
  })
  const request = await requestAt(tx, id)
  await announce(tx, request, headCount)
  return request
}

/** To whoever answers, to the asker, and to the people it is for where the customer is known (C-A8). */
async function announce(tx: WriteTx, request: AccessRequest, headCount: number): Promise<void> {
  recordForEachSide(tx, 'access_request.asked', request)
  const { customerId, toCustomer, askedBy } = request
  const facts = factsOf(tx, request, headCount)
  const customer = await nameIfKnown(tx, customerId)
  const has = await standingInWords(tx, customerId, request.partner.id)
  send(tx, 'access-request-asked', askedLetter(facts, customer, has, await differencesInWords(tx, request)), request, [
    answerers(tx, customerId),
  ])
  send(tx, 'access-request-sent', youAskedLetter(facts, toCustomer ? 'a customer' : 'an address'), request, [{ person: askedBy.id }])
  if (toCustomer) send(tx, 'access-request-sent', askedForYouLetter(facts), request, othersAskedFor(request))
}
