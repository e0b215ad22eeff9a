// What a customer can choose when it gives access: its sites, and the groups at a partner that it may know.
import type { Context } from '../../context/context.ts'
import { groupsAtPartner, membersOfGroups } from '../groups/steps.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { partnerToGive } from './give-access.ts'
import { sitesOfCustomer } from './scope-store.ts'

/** The customer's own sites, by name. */
export function listSites(ctx: Context): Promise<{ siteNo: number; name: string }[]> {
  const home = homeOf(ctx.actor)
  return ctx.reading('access:give', { kind: 'customer', id: home }, async (tx) =>
    (await sitesOfCustomer(tx, home)).map(({ siteNo, name }) => ({ siteNo, name })),
  )
}

export interface GroupChoice {
  readonly id: string
  readonly name: string
  readonly members: readonly string[]
}

/** The groups that stand and that the customer may know, with who is in them: those that its accesses made, or that it gave something. */
export function listPartnerGroups(ctx: Context, input: { partnerId: string }): Promise<GroupChoice[]> {
  const home = homeOf(ctx.actor)
  return ctx.reading('access:give', { kind: 'customer', id: home }, async (tx) => {
    const partner = await partnerToGive(tx, home, input.partnerId)
    const groups = (await groupsAtPartner(tx, partner.id)).filter(({ endedAt }) => endedAt === null)
    const members = await membersOfGroups(
      tx,
      groups.map(({ id }) => id),
    )
    return groups.map(({ id, name }) => ({ id, name, members: (members.get(id) ?? []).map((one) => one.name) }))
  })
}
