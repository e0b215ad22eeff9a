// The customer takes a removal back within ten minutes: exactly what ended comes back from now on, if it may still be.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { standingGrants } from '../grants/preview-steps.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import { organizationAt } from '../organizations/steps.ts'
import { comeBack } from './coming-back-steps.ts'
import { readOne, removalAt } from './read-steps.ts'
import { refuseUnlessUndoable, removalNumber } from './rules.ts'
import { noteUndone } from './store.ts'
import { holdersOf, tellUndone } from './telling-steps.ts'
import type { RemovalView } from './view-rules.ts'

/** Needs the right to give, which is what it does. Once; of two at the same moment the second is refused (409), as everybody is after ten minutes. */
export function undoRemoval(ctx: Context, input: { removalId: string }): Promise<RemovalView> {
  const home = homeOf(ctx.actor)
  return ctx.writing('access:give', { kind: 'customer', id: home }, async (tx) => {
    const removal = await removalAt(tx, home, input.removalId)
    refuseUnlessUndoable(removal, tx.now)
    const [customer, partner] = [await organizationAt(tx, home), await organizationAt(tx, removal.partner.id)]
    const cameBack = await comeBack(tx, { customer, partner, removalId: removal.id }, removal.ended)
    if (!(await noteUndone(tx, removal.id, personOf(tx.actor), cameBack)))
      refuse('stale', 'Somebody else undid this removal at the same moment. Look again.')
    tx.record({
      what: 'removal.undone',
      customerId: customer.id,
      partnerId: partner.id,
      on: { kind: 'removal', id: removal.id },
      detail: { number: removalNumber(removal.number), customer: customer.name, partner: partner.name, cameBack },
    })
    const holders = await holdersOf(tx, await standingGrants(tx, customer.id, partner.id))
    await tellUndone(tx, { customer, partner, holders, cameBack, removalId: removal.id })
    return readOne(tx, home, removal.id)
  })
}
