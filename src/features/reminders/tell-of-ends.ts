// Tells both sides once that an access has ended by its date, and what is left. That it gives nothing depends on its date alone; open work is handed over here.
import type { Context, WriteTx } from '../../context/context.ts'
import { dropFromRecords, handOver } from '../grants/hand-over-steps.ts'
import { reachedByGrant } from '../grants/letter-steps.ts'
import { grantAt, grantInHistory } from '../grants/steps.ts'
import { organizationAt } from '../organizations/steps.ts'
import { postEnds, type Told } from './end-steps.ts'
import { portal, remindTask } from './remind-of-ends.ts'
import { hasEnded } from './rules.ts'
import { endedGrants, noteReminded } from './store.ts'

/** So many accesses in one transaction. */
const mostAtOnce = 100

/**
 * The server's own work, to be run now and then; answers of how many accesses it told. What was removed, given up, replaced or given again is told by
 * that; what ended longer ago than a month by nobody. Of two servers, and after a crash, one tells it once, with who has the open work now (O-A13).
 */
export async function tellOfEnds(ctx: Context): Promise<number> {
  const over = await ctx.reading(remindTask, portal, (tx) => endedGrants(tx))
  let told = 0
  for (let at = 0; at < over.length; at += mostAtOnce) {
    const batch = over.slice(at, at + mostAtOnce)
    told += await ctx.writing(remindTask, portal, (tx) => tell(tx, batch))
  }
  return told
}

async function tell(tx: WriteTx, ids: readonly string[]): Promise<number> {
  const told: Told[] = []
  for (const id of await endedGrants(tx, ids)) {
    if (!(await noteReminded(tx, 'access', id, hasEnded))) continue
    const grant = await grantAt(tx, id)
    const customer = await organizationAt(tx, grant.customer.id)
    const reached = await reachedByGrant(tx, grant)
    const handedOver = await handOver(tx, customer, grant.partner, 'open', reached)
    await dropFromRecords(tx, customer, grant.partner, reached)
    told.push({ grant, left: null, handedOver })
    tx.record({
      what: 'grant.ended',
      customerId: grant.customer.id,
      partnerId: grant.partner.id,
      on: { kind: 'grant', id: grant.id },
      detail: grantInHistory(tx, grant),
    })
  }
  await postEnds(tx, told)
  // Another server may have told all of it since; a write says what it did, even nothing.
  tx.record({ what: 'ends.told', detail: { accesses: told.length } })
  return told.length
}
