// The customers by which one can filter, or for which one may open a record.
import type { Context } from '../../context/context.ts'
import { customersWhere } from './list-store.ts'
import { allowing, kindOf } from './rules.ts'

export interface CustomerChoice {
  readonly id: string
  readonly name: string
  /** The actor's own organization: first in the list (OR-079). */
  readonly own: boolean
}

/**
 * Every customer at whom the actor may read records of the kind, if only some (OR-091), or may open one (OR-080): by the actor's effective
 * access at this instant; where that is for sites or records only, a customer of whom something is there to be read. One's own organization
 * is first, the others follow by name.
 */
export async function listCustomers(ctx: Context, input: { kind: string; action: 'read' | 'open' }): Promise<{ items: CustomerChoice[] }> {
  const { kind } = kindOf(ctx.house.law, input.kind)
  const action = `${kind}:${input.action}` as const
  return ctx.reading(action, { kind: 'self' }, async (tx) => ({
    items: tx.actor.kind === 'person' ? await customersWhere(tx, allowing(tx.law, action), input.action === 'read' ? kind : null) : [],
  }))
}
