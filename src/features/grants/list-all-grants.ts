// Everything that was given on the whole portal, for whoever runs it.
import type { Context } from '../../context/context.ts'
import { isAmong, type StateFilter, stateOf } from './rules.ts'
import { viewsOf } from './steps.ts'
import { grantsWhere } from './store.ts'
import type { GrantView } from './view-rules.ts'

export interface AllGrantsWanted {
  /** A customer or partner by its id, its id in the import, or its name. */
  readonly customer?: string | undefined
  readonly partner?: string | undefined
  readonly state: StateFilter
}

/** So many at most; narrow it to see others. */
const mostListed = 1000

/** Newest first. Needs `portal:operate`. */
export function listAllGrants(ctx: Context, { customer, partner, state }: AllGrantsWanted): Promise<GrantView[]> {
  return ctx.reading('portal:operate', { kind: 'portal' }, async (tx) => {
    const grants = await grantsWhere(tx, { portal: { customer, partner } })
    return viewsOf(tx, grants.filter((grant) => isAmong(stateOf(grant, tx.now), state)).slice(0, mostListed))
  })
}
