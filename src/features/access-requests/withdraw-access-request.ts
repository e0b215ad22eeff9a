// The partner takes a waiting request back: whoever asked, or an administrator there.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { nameOf, personOf } from '../organizations/actor-rules.ts'
import { headCounts } from '../organizations/steps.ts'
import { refuseAsAnswered } from './approve-access-request.ts'
import { withdrawnLetter } from './letters.ts'
import { refuseUnlessWaiting } from './rules.ts'
import { answerers, factsOf, recordForEachSide, refuseUnconcerned, requestAt, send, speaksForPartner } from './steps.ts'
import { answer } from './store.ts'
import { type RequestView, viewOfOne } from './view-steps.ts'

/** O-A15. The same for a request that stands before nobody. */
export function withdrawAccessRequest(ctx: Context, input: { requestId: string }): Promise<RequestView> {
  return ctx.writing('access_request:withdraw', { kind: 'access_request', id: input.requestId }, async (tx) => {
    const request = await requestAt(tx, input.requestId)
    await refuseUnconcerned(tx, request)
    const own = request.askedBy.id === personOf(tx.actor)
    if (!own && !(await speaksForPartner(tx, request.partner.id))) {
      refuse(
        'not-allowed',
        `Only ${request.askedBy.name} or an administrator of ${request.partner.name} can withdraw this. Nothing was changed.`,
      )
    }
    refuseUnlessWaiting(request, tx.now)
    if (!(await answer(tx, request.id, { state: 'withdrawn', by: personOf(tx.actor), reason: null })))
      await refuseAsAnswered(tx, request.id)
    recordForEachSide(tx, 'access_request.withdrawn', request)
    const heads = (await headCounts(tx, [request.partner.id])).get(request.partner.id) ?? 0
    const letter = withdrawnLetter(factsOf(tx, request, heads), nameOf(tx.actor))
    send(tx, 'access-request-withdrawn', letter, request, [answerers(tx, request.customerId), { person: request.askedBy.id }])
    return viewOfOne(tx, await requestAt(tx, request.id))
  })
}
