// Which sites of a customer somebody of a partner can name when asking it for access.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { placesKnown } from '../grants/known-places-steps.ts'
import { isLinked } from '../links/steps.ts'
import { homeOf } from '../organizations/actor-rules.ts'

/** Those that the asker may know of, by name. A customer that their partner is not linked to is not found. */
export function listSitesToName(ctx: Context, input: { customerId: string }): Promise<{ siteNo: number; name: string }[]> {
  const home = homeOf(ctx.actor)
  return ctx.reading('access_request:read', { kind: 'partner', id: home }, async (tx) => {
    if (!(await isLinked(tx, input.customerId, home))) refuse('not-found', 'There is no such customer, or you cannot see it.')
    const { sites } = await placesKnown(tx, input.customerId)
    return sites.map(({ siteNo, name }) => ({ siteNo, name }))
  })
}
