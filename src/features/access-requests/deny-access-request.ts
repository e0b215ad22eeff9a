// The customer declines a request, with a reason if it wants; the reason is sent.
import type { Context } from '../../context/context.ts'
import type { OrganizationId } from '../../kernel/ids.ts'
import { linesOfText } from '../conversations/rules.ts'
import { longestReason } from '../grants/rules.ts'
import { nameOf, personOf } from '../organizations/actor-rules.ts'
import { headCounts, organizationAt } from '../organizations/steps.ts'
import { refuseAsAnswered, waitingRequest } from './approve-access-request.ts'
import { deniedLetter } from './letters.ts'
import { othersAskedFor } from './rules.ts'
import { answerers, factsOf, requestAt, requestInHistory, send } from './steps.ts'
import { answer } from './store.ts'
import { type RequestView, viewOfOne } from './view-steps.ts'

export interface DenyInput {
  readonly requestId: string
  readonly reason?: string | undefined
}

/** O-A15. What the partner had before stays as it was (OR-066). Whoever it was asked for is told as well as whoever asked (CD-034). */
export function denyAccessRequest(ctx: Context, input: DenyInput): Promise<RequestView> {
  return ctx.writing('access_request:answer', { kind: 'access_request', id: input.requestId }, async (tx) => {
    const request = await waitingRequest(tx, input.requestId)
    const customer = await organizationAt(tx, request.customerId as OrganizationId)
    const reason = input.reason === undefined ? null : linesOfText('reason', input.reason, longestReason)
    if (!(await answer(tx, request.id, { state: 'denied', by: personOf(tx.actor), reason }))) await refuseAsAnswered(tx, request.id)
    tx.record({
      what: 'access_request.denied',
      customerId: customer.id,
      partnerId: request.partner.id,
      on: { kind: 'access_request', id: request.id },
      detail: { ...requestInHistory(tx, request), customer: customer.name, why: reason },
    })
    const heads = (await headCounts(tx, [request.partner.id])).get(request.partner.id) ?? 0
    const letter = deniedLetter(factsOf(tx, request, heads), customer.name, nameOf(tx.actor), reason)
    const asker = { person: request.askedBy.id }
    send(tx, 'access-request-denied', letter, request, [answerers(tx, customer.id), asker, ...othersAskedFor(request)])
    return viewOfOne(tx, await requestAt(tx, request.id))
  })
}
