// Tells partners of customers that are new on the portal: at once, or after the partner's first sign-in, and once for each customer.
import type { Context } from '../../context/context.ts'
import { rolesThatMay } from '../grants/rules.ts'
import { contactsPage, toAskers } from './letter-steps.ts'
import { newCustomerLetter } from './letters.ts'
import { noteTold, untold } from './notices-store.ts'
import { linksAccounts } from './rules.ts'

/** The next round takes the rest. */
const mostAtOnce = 200

/** The server's own work (task `new-customers`), to be run every minute; answers how many letters' worth it told (CD-005 to CD-007, C-A12). */
export async function tellOfNewCustomers(ctx: Context): Promise<number> {
  const due = await ctx.reading('system:new-customers', { kind: 'portal' }, async (tx) =>
    linksAccounts(tx.law) ? (await untold(tx, rolesThatMay(tx.law, 'partner', 'link:ask'), 1)).length : 0,
  )
  if (due === 0) return 0
  return ctx.writing('system:new-customers', { kind: 'portal' }, async (tx) => {
    let told = 0
    for (const one of await untold(tx, rolesThatMay(tx.law, 'partner', 'link:ask'), mostAtOnce)) {
      const { customer, partner, asks } = one
      // Whoever has access there already needs no notice, now or later.
      if (!(await noteTold(tx, one)) || !asks) continue
      const facts = { customer: customer.name, partner: partner.name }
      tx.record({ what: 'partner.told_of_customer', customerId: customer.id, partnerId: partner.id, detail: facts })
      toAskers(tx, 'new-customer', newCustomerLetter({ ...facts, link: contactsPage(tx, customer.id) }), one)
      told++
    }
    // Another server may have told all of them since; a write says what it did, even nothing.
    if (told === 0) tx.record({ what: 'partner.customers_looked_at', detail: { told } })
    return told
  })
}
