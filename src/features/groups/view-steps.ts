// Finding a group of one's own, and showing it.
import type { ReadTx } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import { givenToGroups } from '../grants/group-steps.ts'
import { organizationAt } from '../organizations/steps.ts'
import { namesShown } from './rules.ts'
import { lastMembersOfGroups } from './steps.ts'
import { type Group, groupsWhere } from './store.ts'
import type { GroupView } from './view-rules.ts'

/** The partner's group, or not-found: another's looks like none. */
export async function groupAt(tx: ReadTx, partnerId: string, id: string): Promise<Group> {
  const [group] = isUuid(id) ? await groupsWhere(tx, { id, partnerId }) : []
  return group ?? refuse('not-found', 'There is no such group, or you cannot see it.')
}

export async function viewOfOne(tx: ReadTx, group: Group): Promise<GroupView> {
  return (await viewsOf(tx, [group]))[0] as GroupView
}

export async function viewsOf(tx: ReadTx, groups: readonly Group[]): Promise<GroupView[]> {
  const [first] = groups
  if (!first) return []
  const fill = (await tx.can('group:fill', { kind: 'partner', id: first.partnerId })).allowed
  const given = await givenToGroups(tx, first.partnerId)
  const ids = groups.map(({ id }) => id)
  const members = await lastMembersOfGroups(tx, ids)
  const names = await namesOf(tx, groups)
  return groups.map((group) => ({
    id: group.id,
    name: names.get(group.id) ?? group.name,
    state: group.endedAt === null ? 'standing' : 'ended',
    endedAt: group.endedAt,
    members: (members.get(group.id) ?? []).map(({ id, name, email, since }) => ({ id, name, email, since })),
    access: (given.get(group.id) ?? []).map(({ grant, gives, until }) => ({
      grantId: grant.id,
      customer: { id: grant.customer.id, name: grant.customer.name },
      gives,
      until,
    })),
    abilities: { fill: fill && group.endedAt === null },
  }))
}

async function namesOf(tx: ReadTx, groups: readonly Group[]): Promise<Map<string, string>> {
  const standing = await groupsWhere(tx, { partnerId: groups[0]?.partnerId ?? '' })
  const customers = [...new Set(standing.flatMap(({ customerId }) => customerId ?? []))]
  const numbers = new Map<string, number | null>()
  for (const id of customers) numbers.set(id, (await organizationAt(tx, id)).customerNo)
  return namesShown(
    standing
      .filter(({ endedAt }) => endedAt === null)
      .map(({ id, name, customerId }) => ({ id, name, customerNo: numbers.get(customerId ?? '') ?? null })),
  )
}
