// The customer, or the vendor where the definition lets it, answers a partner who asks to be linked (C-A4). By a link alone nobody sees anything.
import type { Context, WriteTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { homeOf, nameOf, personOf } from '../organizations/actor-rules.ts'
import { contactsPage, toAnswerers, toAskers } from './letter-steps.ts'
import { linkAnsweredLetter } from './letters.ts'
import { sideOf } from './list-links.ts'
import { type Link, refuseUnlessAsked } from './rules.ts'
import { answerLink, linksWhere } from './store.ts'
import { type LinkView, viewForAnswerer } from './view-steps.ts'

/** Refuses `already-answered` where somebody else was first. */
export function answerLinkRequest(ctx: Context, input: { linkId: string; answer: 'standing' | 'denied' }): Promise<LinkView> {
  const on = sideOf(ctx.actor) === 'vendor' ? ({ kind: 'portal' } as const) : ({ kind: 'customer', id: homeOf(ctx.actor) } as const)
  return ctx.writing(
    'link:answer',
    on,
    async (tx) => {
      const link = await linkAt(tx, input.linkId)
      if (on.kind === 'customer' && link.customer.id !== on.id) refuse('not-found', none)
      refuseUnlessAsked(link)
      if (!(await answerLink(tx, link.id, input.answer, personOf(ctx.actor)))) refuseUnlessAsked(await linkAt(tx, link.id))
      const { customer, partner } = link
      const detail = { customer: customer.name, partner: partner.name }
      const what = input.answer === 'standing' ? 'link.made' : 'link.denied'
      tx.record({ what, customerId: customer.id, partnerId: partner.id, on: { kind: 'link', id: link.id }, detail })
      const facts = { ...detail, by: nameOf(ctx.actor) }
      await toAnswerers(tx, 'link-answered', linkAnsweredLetter({ ...facts, link: `${tx.settings.publicUrl}/links` }, input.answer), link)
      toAskers(tx, 'link-answered', linkAnsweredLetter({ ...facts, link: contactsPage(tx, customer.id) }, input.answer), link)
      return viewForAnswerer(await linkAt(tx, link.id))
    },
    'one customer',
  )
}

const none = 'There is no such request, or you cannot see it.'

async function linkAt(tx: WriteTx, id: string): Promise<Link> {
  return (await linksWhere(tx, { id }))[0] ?? refuse('not-found', none)
}
