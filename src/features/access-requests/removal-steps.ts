// Requests that wait when a customer removes everything of a partner: they are declined with it, and wait again if that is undone.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { accessWords } from '../grants/access-rules.ts'
import { personOf } from '../organizations/actor-rules.ts'
import { waitAgain } from './removal-store.ts'
import { type AccessRequest, requestNumber, stateOf } from './rules.ts'
import { requestInHistory } from './steps.ts'
import { answer, requestsWhere } from './store.ts'

export interface WaitingRequest {
  readonly id: string
  readonly says: string
  /** The parts of it that wait; a newer request took the place of the others. */
  readonly itemIds: readonly string[]
}

async function waitingOf(tx: ReadTx, customerId: string, partnerId: string): Promise<AccessRequest[]> {
  const all = await requestsWhere(tx, { customerId })
  return all.filter((request) => request.partner.id === partnerId && stateOf(request, tx.now) === 'waiting')
}

/** What the partner waits for at the customer, one sentence each. */
export async function waitingRequests(tx: ReadTx, customerId: string, partnerId: string): Promise<WaitingRequest[]> {
  return (await waitingOf(tx, customerId, partnerId)).map((request) => waitingAs(tx, request))
}

const waitingAs = (tx: ReadTx, request: AccessRequest): WaitingRequest => ({
  id: request.id,
  says: saysOf(tx, request),
  itemIds: request.items.filter(({ waits }) => waits).map(({ id }) => id),
})

const saysOf = ({ law }: ReadTx, request: AccessRequest): string =>
  `Request ${requestNumber(request.number)} of ${request.askedBy.name}: ${request.items
    .filter(({ waits }) => waits)
    .map((item) => `${accessWords(law, item)} for ${item.person?.name ?? `everyone at ${request.partner.name}`}`)
    .join(', ')}`

/** Declines all of them, for the reason of the removal. */
export async function declineWaiting(
  tx: WriteTx,
  customer: { id: string; name: string },
  partnerId: string,
  reason: string | null,
): Promise<WaitingRequest[]> {
  const declined: WaitingRequest[] = []
  for (const request of await waitingOf(tx, customer.id, partnerId)) {
    if (!(await answer(tx, request.id, { state: 'denied', by: personOf(tx.actor), reason }))) continue
    tx.record({
      what: 'access_request.denied',
      customerId: request.customerId,
      partnerId: request.partner.id,
      on: { kind: 'access_request', id: request.id },
      detail: { ...requestInHistory(tx, request), customer: customer.name, why: reason },
    })
    declined.push(waitingAs(tx, request))
  }
  return declined
}

/** Puts it before the customer again; false where it lapsed meanwhile, or another one for the same people waits. */
export async function askAgain(tx: WriteTx, { id: requestId, itemIds }: Pick<WaitingRequest, 'id' | 'itemIds'>): Promise<boolean> {
  const [request] = await requestsWhere(tx, { id: requestId })
  if (request?.state !== 'denied' || request.lapsesAt <= tx.now || request.customerId === null) return false
  const waiting = await waitingOf(tx, request.customerId, request.partner.id)
  const grantees = new Set(waiting.flatMap(({ items }) => items.filter(({ waits }) => waits).map(({ person }) => person?.id ?? null)))
  const again = request.items.filter(({ id }) => itemIds.includes(id))
  if (again.length === 0 || again.some(({ person }) => grantees.has(person?.id ?? null))) return false
  return waitAgain(tx, { id: request.id, customerId: request.customerId, partnerId: request.partner.id, itemIds })
}
