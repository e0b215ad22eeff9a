// Reminds both sides of accesses that end soon, each 30, 7 and 1 days before its end. Nothing depends on it: an access ends by its date, reminded or not.
import type { Context, WriteTx } from '../../context/context.ts'
import { grantAt, grantInHistory } from '../grants/steps.ts'
import { postEnds, type Told } from './end-steps.ts'
import { dueReminder } from './rules.ts'
import { endingGrants, noteReminded } from './store.ts'

export const remindTask = 'system:remind'
export const portal = { kind: 'portal' } as const
/** So many accesses in one transaction. */
const mostAtOnce = 100

/**
 * The server's own work, to be run now and then; answers of how many accesses it reminded. Each reminder is noted down with its letters in one
 * transaction, so that of two servers, and after a crash, one writes it once.
 */
export async function remindOfEnds(ctx: Context): Promise<number> {
  const due = await ctx.reading(remindTask, portal, async (tx) =>
    (await endingGrants(tx)).filter((grant) => dueReminder('access', grant, tx.now) !== null).map(({ id }) => id),
  )
  let reminded = 0
  for (let at = 0; at < due.length; at += mostAtOnce) {
    const batch = due.slice(at, at + mostAtOnce)
    reminded += await ctx.writing(remindTask, portal, (tx) => remind(tx, batch))
  }
  return reminded
}

async function remind(tx: WriteTx, ids: readonly string[]): Promise<number> {
  const reminded: Told[] = []
  for (const ending of await endingGrants(tx, ids)) {
    const due = dueReminder('access', ending, tx.now)
    if (due === null || !(await noteReminded(tx, 'access', ending.id, due.days))) continue
    const grant = await grantAt(tx, ending.id)
    reminded.push({ grant, left: due.left })
    tx.record({
      what: 'grant.reminded',
      customerId: grant.customer.id,
      partnerId: grant.partner.id,
      on: { kind: 'grant', id: grant.id },
      detail: { ...grantInHistory(tx, grant), days: due.days, left: due.left },
    })
  }
  await postEnds(tx, reminded)
  // Another server may have reminded of all of them since; a write says what it did, even nothing.
  tx.record({ what: 'reminders.written', detail: { accesses: reminded.length } })
  return reminded.length
}
