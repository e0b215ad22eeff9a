// Several customers are asked at once: each gets a request and a letter of its own and hears nothing of the others, and each has its own answer here.
import type { Context } from '../../context/context.ts'
import { eachPart, type PartDone } from '../../context/parts.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { type SubmitInput, type Submitted, submitAccessRequest } from './submit-access-request.ts'

/** New access, or more or longer than there is (BX-05). Limits count each request as if it were asked alone; what is beyond them is refused by itself. */
export async function submitManyRequests(ctx: Context, input: { requests: readonly SubmitInput[] }): Promise<PartDone<Submitted>[]> {
  await ctx.reading('access_request:read', { kind: 'partner', id: homeOf(ctx.actor) }, async () => undefined)
  return eachPart(ctx, input.requests, submitAccessRequest)
}
