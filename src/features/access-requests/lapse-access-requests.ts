// Notes down which requests lapsed and writes the letters about it. Nothing depends on it: that a request lapsed is a comparison of instants.
import type { Context, WriteTx } from '../../context/context.ts'
import { headCounts } from '../organizations/steps.ts'
import { lapsedLetter } from './letters.ts'
import type { AccessRequest } from './rules.ts'
import { answerers, factsOf, recordForEachSide, send } from './steps.ts'
import { answer, lapsedRequests } from './store.ts'

/** So many at once that a night's work stays short; the next round takes the rest. */
const mostAtOnce = 200

/** The server's own work (task `lapse`), to be run now and then; answers how many it noted down (BX-18). */
export async function lapseAccessRequests(ctx: Context): Promise<number> {
  const due = await ctx.reading('system:lapse', { kind: 'portal' }, async (tx) => (await lapsedRequests(tx, 1)).length)
  if (due === 0) return 0
  return ctx.writing('system:lapse', { kind: 'portal' }, async (tx) => {
    let lapsed = 0
    for (const request of await lapsedRequests(tx, mostAtOnce)) if (await lapse(tx, request)) lapsed++
    // Another server may have noted all of them down since; a write says what it did, even nothing.
    if (lapsed === 0) tx.record({ what: 'access_request.lapse_checked', detail: { lapsed } })
    return lapsed
  })
}

async function lapse(tx: WriteTx, request: AccessRequest): Promise<boolean> {
  if (!(await answer(tx, request.id, { state: 'lapsed', by: null, reason: null }))) return false
  recordForEachSide(tx, 'access_request.lapsed', request)
  const heads = (await headCounts(tx, [request.partner.id])).get(request.partner.id) ?? 0
  const to = [answerers(tx, request.customerId), { person: request.askedBy.id }]
  send(tx, 'access-request-lapsed', lapsedLetter(factsOf(tx, request, heads)), request, to)
  return true
}
