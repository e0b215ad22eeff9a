// Giving, replacing and reading grants inside an open door: what the customer's own pages and an approved request have in common.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import type { Organization } from '../organizations/steps.ts'
import { headCounts } from '../organizations/steps.ts'
import { endsOn, type Grant, gives, levelName, type Term } from './rules.ts'
import { addGrant, endGrant, grantsWhere, lastUses } from './store.ts'
import { type GrantView, viewOf } from './view-rules.ts'

export interface Giving {
  readonly customer: Organization
  readonly partner: Organization
  /** Null: everyone at the partner. */
  readonly person: { readonly id: PersonId; readonly name: string } | null
  readonly level: string
  readonly term: Term
  readonly reason: string | null
  readonly requestId: string | null
}

export interface Given {
  readonly grant: Grant
  /** What the same grantee had before, in force or not; it is replaced. */
  readonly before: Grant | null
}

/** Gives an access from now on. What the same grantee had is ended as replaced, in the same transaction (O-A16). */
export async function giveGrant(tx: WriteTx, giving: Giving): Promise<Given> {
  const { customer, partner, person } = giving
  const standing = await grantsWhere(tx, { customerId: customer.id, partnerId: partner.id, standing: true })
  const before = standing.find((grant) => (grant.person?.id ?? null) === (person?.id ?? null)) ?? null
  const by = personOf(tx.actor)
  if (before !== null && !(await endGrant(tx, before.id, { kind: 'replaced', by, reason: null }))) refuseChanged()
  const id = await addGrant(tx, {
    customerId: customer.id,
    partnerId: partner.id,
    personId: person?.id ?? null,
    level: giving.level,
    until: giving.term.until,
    reason: giving.reason,
    givenBy: by,
    requestId: giving.requestId,
    replaces: before?.id ?? null,
  })
  const grant = (await grantsWhere(tx, { id }))[0]
  if (!grant) throw new Error('a grant that was just given cannot be read back')
  // What had ended by its date had nothing left to replace: nobody is told that it was there until now.
  return { grant, before: before !== null && before.until > tx.now ? before : null }
}

export const refuseChanged = (): never =>
  refuse('stale', 'Somebody else changed this access at the same moment. Nothing was changed. Look again.')

/** The grant, or not-found. */
export async function grantAt(tx: ReadTx, id: string): Promise<Grant> {
  return (await grantsWhere(tx, { id }))[0] ?? refuse('not-found', 'There is no such access, or you cannot see it.')
}

/** What the history keeps of a grant: names as they were. */
export function grantInHistory(tx: ReadTx, grant: Grant): Record<string, unknown> {
  return {
    number: grant.number,
    customer: grant.customer.name,
    partner: grant.partner.name,
    person: grant.person?.name ?? null,
    level: grant.level,
    levelName: levelName(tx.law, grant.level),
    endsOn: endsOn(grant),
    reason: grant.reason,
  }
}

/** The grants as the actor sees them: with what may be done, when they were last used, and what is used instead. */
export async function viewsOf(tx: ReadTx, grants: readonly Grant[]): Promise<GrantView[]> {
  const counts = await headCounts(tx, [...new Set(grants.map((grant) => grant.partner.id))])
  const uses = await lastUses(tx, grants)
  const may = await abilitiesAtHome(tx)
  const personal = await personalOfActor(tx, grants)
  return grants.map((grant) =>
    viewOf(grant, {
      now: tx.now,
      peopleCount: counts.get(grant.partner.id) ?? 0,
      lastUsedAt: uses.get(grant.id) ?? null,
      replacedForReader: grant.person === null && gives(grant, tx.now) && personal.has(grant.customer.id),
      may,
    }),
  )
}

export async function viewOfOne(tx: ReadTx, grant: Grant): Promise<GrantView> {
  return (await viewsOf(tx, [grant]))[0] as GrantView
}

async function abilitiesAtHome(tx: ReadTx): Promise<{ give: boolean; change: boolean; remove: boolean }> {
  const on = { kind: 'customer', id: homeOf(tx.actor) } as const
  if (tx.actor.kind !== 'person' || tx.actor.side !== 'customer') return { give: false, change: false, remove: false }
  const may = async (action: 'access:give' | 'access:change' | 'access:remove') => (await tx.can(action, on)).allowed
  return { give: await may('access:give'), change: await may('access:change'), remove: await may('access:remove') }
}

/** The customers that gave the acting person a level of their own. */
async function personalOfActor(tx: ReadTx, grants: readonly Grant[]): Promise<Set<string>> {
  const { actor } = tx
  if (actor.kind !== 'person' || actor.side === 'customer' || !grants.some((grant) => grant.person === null)) return new Set()
  const mine = await grantsWhere(tx, { partnerId: actor.organizationId, seenBy: actor.personId })
  return new Set(mine.filter((grant) => grant.person?.id === actor.personId && gives(grant, tx.now)).map((grant) => grant.customer.id))
}
