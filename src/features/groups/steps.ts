// What other features ask about groups, and do with them, inside their own open door.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { Organization } from '../organizations/steps.ts'
import { groupName } from './rules.ts'
import { addGroup, endGroup, type Group, groupsWhere, hasAccess, type Member, membersOf } from './store.ts'

export type { Group, Member }

/** Who is in each of the groups today: nobody in one that is over. */
export async function membersOfGroups(tx: ReadTx, groupIds: readonly string[]): Promise<Map<string, Member[]>> {
  return Map.groupBy(await membersOf(tx, groupIds, 'standing'), ({ groupId }) => groupId)
}

/** The same, and of a group that is over who was in it to the end (M-A8). */
export async function lastMembersOfGroups(tx: ReadTx, groupIds: readonly string[]): Promise<Map<string, Member[]>> {
  return Map.groupBy(await membersOf(tx, groupIds, 'all'), ({ groupId }) => groupId)
}

/** The groups that accesses of the customer made at the partner, those that are over included. */
export const groupsMadeFor = (tx: ReadTx, customerId: string, partnerId: string): Promise<Group[]> =>
  groupsWhere(tx, { customerId, partnerId })

/** The groups of the partner that the actor may know: to a customer those that were made for it, or that it gave something. */
export const groupsAtPartner = (tx: ReadTx, partnerId: string): Promise<Group[]> => groupsWhere(tx, { partnerId })

export interface Making {
  readonly customer: Organization
  readonly partner: Pick<Organization, 'id'>
  /** The role, level or right, and its name. */
  readonly gives: { readonly code: string; readonly name: string }
}

/** The group that was made for what is given and has access today; one whose access is over counts for nothing, whoever is in it. */
export async function groupInUse(tx: ReadTx, customerId: string, partnerId: string, code: string): Promise<Group | undefined> {
  const standing = await standingFor(tx, customerId, partnerId, code)
  return standing && (await hasAccess(tx, standing.id)) ? standing : undefined
}

const standingFor = async (tx: ReadTx, customerId: string, partnerId: string, code: string): Promise<Group | undefined> =>
  (await groupsMadeFor(tx, customerId, partnerId)).find((group) => group.endedAt === null && group.gives === code)

/**
 * The group for what is given at the customer: the one in use, or else a new and empty one (MI-009, MI-010, M-A8). One whose access was given up or ran out
 * is over by this: its people were put in it for an access that is over, and get nothing by a new one.
 */
export async function groupFor(tx: WriteTx, { customer, partner, gives }: Making): Promise<Group> {
  const standing = await standingFor(tx, customer.id, partner.id, gives.code)
  if (standing && (await hasAccess(tx, standing.id))) return standing
  if (standing) await endGroup(tx, standing.id)
  const name = groupName(customer.name, gives.name)
  const id = await addGroup(tx, { name, partnerId: partner.id, customerId: customer.id, gives: gives.code })
  return { id, name, partnerId: partner.id, customerId: customer.id, gives: gives.code, endedAt: null }
}

/** The access that the group was made for is over: so is the group, and nobody has anything by it any more (MI-025, MI-026). Others stay. */
export async function endGroupOf(tx: WriteTx, customerId: string, partnerId: string, groupId: string): Promise<boolean> {
  const made = (await groupsMadeFor(tx, customerId, partnerId)).some((group) => group.id === groupId && group.endedAt === null)
  if (made) await endGroup(tx, groupId)
  return made
}
