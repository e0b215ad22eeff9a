// Giving, replacing and reading grants inside an open door: what the customer's own pages and an approved request have in common.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { GrantId, PersonId } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import { administering } from '../../law/law.ts'
import { membersOfGroups } from '../groups/steps.ts'
import { linkByGiving } from '../links/steps.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import type { Organization } from '../organizations/steps.ts'
import { headCounts } from '../organizations/steps.ts'
import { type AccessGiven, accessWords } from './access-rules.ts'
import { endsOn, type Grant, gives, replacedByGroup, replacedByPersonal, type Term } from './rules.ts'
import { addGrant, endGrant, grantsWhere, lastUses } from './store.ts'
import { codesForTwo, refuseAlone } from './two-approver-rules.ts'
import { type GrantView, viewOf } from './view-rules.ts'

export interface Giving {
  readonly customer: Organization
  readonly partner: Pick<Organization, 'id'>
  /** With no person and no group: everyone at the partner. */
  readonly person: { readonly id: PersonId; readonly name: string } | null
  readonly group?: { readonly id: string; readonly name: string } | null
  readonly access: AccessGiven
  readonly term: Term
  readonly reason: string | null
  readonly requestId: string | null
  /** It answers a request, which as many people approved as it takes. */
  readonly approved?: true
  /** Who gave it, where that is not the acting person: the sender of an invitation that is accepted. */
  readonly givenBy?: PersonId
  /** The one that this changes; left out, it takes the place of all that the grantee has. */
  readonly replacing?: GrantId
}

export interface Given {
  readonly grant: Grant
  /** What the same grantee had before that still counted for something; it is replaced. */
  readonly before: readonly Grant[]
}

/** Gives an access from now on. What the same grantee had is ended as replaced, in the same transaction (O-A16). */
export async function giveGrant(tx: WriteTx, giving: Giving): Promise<Given> {
  const { customer, partner, person, access } = giving
  const group = giving.group ?? null
  await linkByGiving(tx, customer, partner.id)
  const standing = await grantsWhere(tx, { customerId: customer.id, partnerId: partner.id, standing: true })
  const held = standing.filter((grant) => isOf(grant, person, group))
  if (!giving.approved) refuseAlone(tx.law, access, giving.term.until, held, tx.now)
  const replaced = held.filter((grant) => isReplaced(grant, giving))
  const by = personOf(tx.actor)
  for (const { id } of replaced) if (!(await endGrant(tx, id, { kind: 'replaced', by, reason: null }))) refuseChanged()
  const id = await addGrant(tx, {
    ...access,
    customerId: customer.id,
    partnerId: partner.id,
    personId: person?.id ?? null,
    groupId: group?.id ?? null,
    until: giving.term.until,
    reason: giving.reason,
    givenBy: giving.givenBy ?? by,
    requestId: giving.requestId,
    replaces: giving.replacing ?? replaced[0]?.id ?? null,
  })
  const grant = (await grantsWhere(tx, { id }))[0]
  if (!grant) throw new Error('a grant that was just given cannot be read back')
  // What had ended by its date had nothing left to replace: nobody is told that it was there until now.
  return { grant, before: replaced.filter(({ until }) => until > tx.now) }
}

const isOf = (grant: Grant, person: { id: string } | null, group: { id: string } | null): boolean =>
  (grant.person?.id ?? null) === (person?.id ?? null) && (grant.group?.id ?? null) === (group?.id ?? null)

/** Of one grantee there is at most one access for the whole customer, beside any number of narrower ones. */
const isReplaced = (grant: Grant, { replacing, access }: Giving): boolean =>
  replacing === undefined || grant.id === replacing || (grant.scope.kind === 'all' && access.scope.kind === 'all')

export const refuseChanged = (): never =>
  refuse('stale', 'Somebody else changed this access at the same moment. Nothing was changed. Look again.')

/** Everything that the customer ever gave, newest first. */
export const grantsOf = (tx: ReadTx, customerId: string): Promise<Grant[]> => grantsWhere(tx, { customerId })

/** The grant, or not-found. */
export async function grantAt(tx: ReadTx, id: string): Promise<Grant> {
  return (await grantsWhere(tx, { id }))[0] ?? refuse('not-found', 'There is no such thing, or you cannot see it.')
}

/** Of what a partner received, the acting person sees what is for everyone, for groups and for themselves; all of it (null) whoever administers it there. */
export async function narrowedTo(tx: ReadTx, partnerId: string): Promise<PersonId | null> {
  for (const action of administering) if ((await tx.can(action, { kind: 'partner', id: partnerId })).allowed) return null
  return personOf(tx.actor)
}

/** What the history keeps of a grant: names as they were. */
export function grantInHistory(tx: ReadTx, grant: Grant): Record<string, unknown> {
  return {
    number: grant.number,
    customer: grant.customer.name,
    partner: grant.partner.name,
    person: grant.person?.name ?? null,
    group: grant.group?.name ?? null,
    level: grant.level,
    rights: grant.rights,
    levelName: accessWords(tx.law, grant),
    endsOn: endsOn(grant),
    reason: grant.reason,
  }
}

/** The same of an access that was given, with what it took the place of. */
export function givenInHistory(tx: ReadTx, { grant, before: [first, ...more] }: Given): Record<string, unknown> {
  const before = first ? grantInHistory(tx, first) : null
  return { ...grantInHistory(tx, grant), before, ...(more.length > 0 ? { alsoBefore: more.map((one) => grantInHistory(tx, one)) } : {}) }
}

/** The grants as the actor sees them: with what may be done, when they were last used, and what is used instead. */
export async function viewsOf(tx: ReadTx, grants: readonly Grant[]): Promise<GrantView[]> {
  const counts = await headCounts(tx, [...new Set(grants.map((grant) => grant.partner.id))])
  const uses = await lastUses(tx, grants)
  const may = await abilitiesAtHome(tx)
  const deciding = await decidingForActor(tx, grants)
  return grants.map((grant) =>
    viewOf(grant, {
      now: tx.now,
      peopleCount: counts.get(grant.partner.id) ?? 0,
      lastUsedAt: uses.get(grant.id) ?? null,
      gives: accessWords(tx.law, grant),
      usedInstead: gives(grant, tx.now) ? usedInstead(grant, deciding) : null,
      may,
      own: grant.person !== null && grant.person.id === personOf(tx.actor),
      takesTwo: codesForTwo(tx.law, grant).length > 0,
    }),
  )
}

export async function viewOfOne(tx: ReadTx, grant: Grant): Promise<GrantView> {
  return (await viewsOf(tx, [grant]))[0] as GrantView
}

async function abilitiesAtHome(tx: ReadTx): Promise<{ give: boolean; change: boolean; remove: boolean; relinquish: boolean }> {
  const on = { kind: 'customer', id: homeOf(tx.actor) } as const
  const no = { give: false, change: false, remove: false, relinquish: false }
  if (tx.actor.kind !== 'person') return no
  if (tx.actor.side !== 'customer')
    return { ...no, relinquish: (await tx.can('access:relinquish', { kind: 'partner', id: on.id })).allowed }
  const may = async (action: 'access:give' | 'access:change' | 'access:remove') => (await tx.can(action, on)).allowed
  return { give: await may('access:give'), change: await may('access:change'), remove: await may('access:remove'), relinquish: false }
}

/** The customers at which the acting person has something of their own, and those at which a group of theirs has. */
interface Deciding {
  readonly personal: ReadonlySet<string>
  readonly byGroup: ReadonlySet<string>
}

function usedInstead({ person, group, customer }: Grant, { personal, byGroup }: Deciding): string | null {
  if (person !== null) return null
  if (personal.has(customer.id)) return replacedByPersonal
  return group === null && byGroup.has(customer.id) ? replacedByGroup : null
}

async function decidingForActor(tx: ReadTx, grants: readonly Grant[]): Promise<Deciding> {
  const { actor } = tx
  if (actor.kind !== 'person' || actor.side === 'customer' || !grants.some(({ person }) => person === null))
    return { personal: new Set(), byGroup: new Set() }
  const received = (await grantsWhere(tx, { partnerId: actor.organizationId, seenBy: actor.personId })).filter((one) => gives(one, tx.now))
  const groups = await groupsOfPerson(tx, received, actor.personId)
  const customers = (some: readonly Grant[]) => new Set(some.map(({ customer }) => customer.id as string))
  return {
    personal: customers(received.filter(({ person }) => person?.id === actor.personId)),
    byGroup: customers(received.filter(({ group }) => group !== null && groups.includes(group.id))),
  }
}

/** Of the groups that the grants are for, those that the person is in today. */
export async function groupsOfPerson(tx: ReadTx, grants: readonly Grant[], personId: string): Promise<string[]> {
  const ids = [...new Set(grants.flatMap(({ group }) => (group ? [group.id] : [])))]
  const members = await membersOfGroups(tx, ids)
  return ids.filter((id) => members.get(id)?.some((one) => one.id === personId) === true)
}
