// Notes down which requests lapsed and writes the letters about it. Nothing depends on it: that a request lapsed is a comparison of instants.
import type { Context } from '../../context/context.ts'
import { headCounts } from '../organizations/steps.ts'
import { lapsedLetter } from './letters.ts'
import { answerers, factsOf, recordForEachSide, send } from './steps.ts'
import { answer, lapsedRequests } from './store.ts'

/** So many at once that a night's work stays short; the next round takes the rest. */
const mostAtOnce = 200

/** The server's own work (task `lapse`), to be run now and then; answers how many it noted down (BX-18). */
export function lapseAccessRequests(ctx: Context): Promise<number> {
  return ctx.writing('system:lapse', { kind: 'portal' }, async (tx) => {
    const requests = await lapsedRequests(tx, mostAtOnce)
    let lapsed = 0
    for (const request of requests) {
      if (!(await answer(tx, request.id, { state: 'lapsed', by: null, reason: null }))) continue
      recordForEachSide(tx, 'access_request.lapsed', request)
      const heads = (await headCounts(tx, [request.partner.id])).get(request.partner.id) ?? 0
      send(tx, 'access-request-lapsed', lapsedLetter(factsOf(tx, request, heads)), request, [
        answerers(tx, request.customerId),
        { person: request.askedBy.id },
      ])
      lapsed++
    }
    tx.record({ what: 'access_request.lapse_checked', detail: { lapsed } })
    return lapsed
  })
}
