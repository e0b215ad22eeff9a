// A partner's administrator asks for the account of a customer to be linked to the partner's own (CD-010).
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { homeOf, nameOf, personOf } from '../organizations/actor-rules.ts'
import { organizationAt } from '../organizations/steps.ts'
import { contactsPage, toAnswerers, toAskers } from './letter-steps.ts'
import { linkAskedLetter } from './letters.ts'
import { refuseAskedTooOften } from './rules.ts'
import { linkBetween } from './steps.ts'
import { addAsked, countAsked, linksWhere } from './store.ts'
import { type LinkView, viewForPartner } from './view-steps.ts'

/**
 * Refuses `not-found` for every customer that the partner is not said to work with, known or not; 409 where it is asked for or linked already. Beyond 60 in
 * an hour for a person, or 500 in a day for a partner, it is `too-many`, whoever is asked: that is said before the customer is looked for.
 */
export function askForLink(ctx: Context, input: { customerId: string }): Promise<LinkView> {
  const home = homeOf(ctx.actor)
  return ctx.writing(
    'link:ask',
    { kind: 'partner', id: home },
    async (tx) => {
      const me = personOf(ctx.actor) ?? refuse('not-allowed', 'Only a person can ask for this.')
      const partner = await organizationAt(tx, home)
      refuseAskedTooOften(await countAsked(tx, home, me))
      const between = await linkBetween(tx, input.customerId, home)
      if (!between) refuse('not-found', 'There is no such customer, or you cannot see it.')
      const customer = await organizationAt(tx, input.customerId)
      const id =
        between.standing === 'available' || between.standing === 'denied' ? await addAsked(tx, customer.id, partner.id, me) : undefined
      if (id === undefined) {
        const already = between.standing === 'linked' ? 'linked' : 'asked for'
        refuse('overlaps', `${partner.name} and ${customer.name} are ${already} already. Nothing was changed.`)
      }
      const detail = { customer: customer.name, partner: partner.name }
      tx.record({ what: 'link.asked', customerId: customer.id, partnerId: partner.id, on: { kind: 'link', id }, detail })
      const facts = { ...detail, by: nameOf(ctx.actor) }
      await toAnswerers(tx, 'link-asked', linkAskedLetter({ ...facts, link: `${tx.settings.publicUrl}/links` }, 'answers'), {
        customer,
        partner,
      })
      toAskers(tx, 'link-asked', linkAskedLetter({ ...facts, link: contactsPage(tx, customer.id) }, 'waits'), { customer, partner })
      const [link] = await linksWhere(tx, { id })
      return viewForPartner({ customer: named(customer), partner: named(partner) }, 'asked', link, true)
    },
    'one customer',
  )
}

const named = ({ id, name }: { id: string; name: string }) => ({ id, name })
