// The customers of a partner with how they are linked; or the links that somebody asked for, before whoever answers.
import type { Context, ReadTx } from '../../context/context.ts'
import type { Actor } from '../../law/actors.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { organizationAt } from '../organizations/steps.ts'
import { linksAccounts, standingOf } from './rules.ts'
import { customersAround, customersGiving, linksWhere } from './store.ts'
import { type LinkView, mayAskForLinks, viewForAnswerer, viewForPartner } from './view-steps.ts'

/** A partner's customers by name; a customer's links, newest first; the vendor's that wait. */
export function listLinks(ctx: Context): Promise<LinkView[]> {
  const home = homeOf(ctx.actor)
  const side = sideOf(ctx.actor)
  if (side === 'partner') return ctx.reading('access:read', { kind: 'partner', id: home }, (tx) => customersOf(tx, home))
  const on = side === 'vendor' ? ({ kind: 'portal' } as const) : ({ kind: 'customer', id: home } as const)
  return ctx.reading('link:answer', on, async (tx) =>
    (await linksWhere(tx, side === 'vendor' ? { state: 'asked' } : { customerId: home })).map(viewForAnswerer),
  )
}

export const sideOf = (actor: Actor): 'customer' | 'partner' | 'vendor' => ('side' in actor ? actor.side : 'customer')

async function customersOf(tx: ReadTx, home: string): Promise<LinkView[]> {
  const partner = await organizationAt(tx, home)
  const links = await linksWhere(tx, { partnerId: home })
  const giving = await customersGiving(tx, home)
  const mayAsk = await mayAskForLinks(tx, home)
  return (await customersAround(tx, home)).map((customer) => {
    const own = links.filter((one) => one.customer.id === customer.id)
    const link = own.find(({ state }) => state !== 'denied') ?? own[0]
    const linked = link?.state === 'standing' || giving.has(customer.id) || !linksAccounts(tx.law)
    return viewForPartner({ customer, partner: { id: partner.id, name: partner.name } }, standingOf(link, linked), link, mayAsk)
  })
}
