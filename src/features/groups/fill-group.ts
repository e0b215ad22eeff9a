// The partner's administrator says who is in a group. Its members have what the group has, from that instant and to that instant (MI-012 to MI-014).
import type { Context, WriteTx } from '../../context/context.ts'
import { takingAway } from '../../context/taking-away.ts'
import { refuse } from '../../kernel/refusal.ts'
import { givenToGroups, rolesToldOfAccess } from '../grants/group-steps.ts'
import { namesInWords } from '../grants/rules.ts'
import { homeOf, nameOf } from '../organizations/actor-rules.ts'
import { organizationAt, type PersonAt, peopleWorkingAt } from '../organizations/steps.ts'
import { addedLetter, takenOutLetter } from './letters.ts'
import { refuseEnded, toAdd } from './rules.ts'
import { membersOfGroups } from './steps.ts'
import { addMembers, endMembership, type Group } from './store.ts'
import type { GroupView } from './view-rules.ts'
import { groupAt, viewOfOne } from './view-steps.ts'

/** Adds people of one's own organization. Each customer at whom the group has access is told who it is. */
export function fillGroup(ctx: Context, input: { groupId: string; personIds: readonly string[] }): Promise<GroupView> {
  const home = homeOf(ctx.actor)
  return ctx.writing('group:fill', { kind: 'partner', id: home }, async (tx) => {
    const group = await groupAt(tx, home, input.groupId)
    refuseEnded(group)
    const members = (await membersOfGroups(tx, [group.id])).get(group.id) ?? []
    const added = toAdd(input.personIds, await peopleWorkingAt(tx, home), members)
    await addMembers(tx, group.id, added)
    await tell(tx, group, added, 'added')
    return viewOfOne(tx, group)
  })
}

/** Takes one person out; what they had by the group ends at once. */
export function takeOutOfGroup(ctx: Context, input: { groupId: string; personId: string }): Promise<GroupView> {
  const home = homeOf(ctx.actor)
  return takingAway(ctx).writing('group:fill', { kind: 'partner', id: home }, async (tx) => {
    const group = await groupAt(tx, home, input.groupId)
    refuseEnded(group)
    const person = ((await membersOfGroups(tx, [group.id])).get(group.id) ?? []).find(({ id }) => id === input.personId)
    if (!person || !(await endMembership(tx, group.id, person.id))) refuse('not-found', 'Nobody like that is in this group.')
    await tell(tx, group, [{ ...person, roles: [] }], 'removed')
    return viewOfOne(tx, group)
  })
}

/** Records it for the partner and for each customer, and writes to the customer's managers of access and to the people themselves. */
async function tell(tx: WriteTx, group: Group, people: readonly PersonAt[], what: 'added' | 'removed'): Promise<void> {
  const partner = await organizationAt(tx, group.partnerId)
  const who = namesInWords(
    people.map(({ name }) => name),
    10,
  )
  const detail = { group: group.name, person: who, partner: partner.name }
  const on = { kind: 'group', id: group.id }
  const given = (await givenToGroups(tx, group.partnerId)).get(group.id) ?? []
  if (given.length === 0) tx.record({ what: `group_member.${what}`, partnerId: partner.id, on, detail })
  for (const { grant, gives, until, link } of given) {
    const { customer } = grant
    tx.record({
      what: `group_member.${what}`,
      partnerId: partner.id,
      customerId: customer.id,
      on,
      detail: { ...detail, customer: customer.name, levelName: gives, until },
    })
    const facts = { customer: customer.name, partner: partner.name, group: group.name, by: nameOf(tx.actor), who, gives, until, link }
    const letter = what === 'added' ? 'group-member-added' : 'group-member-removed'
    const content = what === 'added' ? addedLetter(facts) : takenOutLetter(facts)
    const about = { customerId: customer.id, partnerId: partner.id, thread: `access/${customer.id}/${partner.id}` }
    const onlyIf = { action: 'access:read', on: { kind: 'grant', id: grant.id } } as const
    tx.post({ letter, to: { everyoneIn: customer.id, roles: rolesToldOfAccess(tx) }, ...content, ...about, onlyIf })
    tx.post(...people.map(({ id }) => ({ letter, to: { person: id }, ...content, ...about, onlyIf })))
  }
}
