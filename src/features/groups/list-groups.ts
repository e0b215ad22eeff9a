// The groups of one's own partner: who is in them, and what they have at which customer.
import type { Context } from '../../context/context.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { type PersonAt, peopleWorkingAt } from '../organizations/steps.ts'
import { groupsWhere } from './store.ts'
import type { GroupView } from './view-rules.ts'
import { groupAt, viewOfOne, viewsOf } from './view-steps.ts'

/** By name; those that are over last. */
export function listGroups(ctx: Context): Promise<GroupView[]> {
  const home = homeOf(ctx.actor)
  return ctx.reading('group:read', { kind: 'partner', id: home }, async (tx) => viewsOf(tx, await groupsWhere(tx, { partnerId: home })))
}

export function readGroup(ctx: Context, input: { groupId: string }): Promise<GroupView> {
  const home = homeOf(ctx.actor)
  return ctx.reading('group:read', { kind: 'partner', id: home }, async (tx) => viewOfOne(tx, await groupAt(tx, home, input.groupId)))
}

/** The people of one's own organization who are not in it, by name: those who can be added (MI-012). */
export function listPeopleToAdd(ctx: Context, input: { groupId: string }): Promise<PersonAt[]> {
  const home = homeOf(ctx.actor)
  return ctx.reading('group:fill', { kind: 'partner', id: home }, async (tx) => {
    const { members } = await viewOfOne(tx, await groupAt(tx, home, input.groupId))
    return (await peopleWorkingAt(tx, home)).filter(({ id }) => !members.some((member) => member.id === id))
  })
}
