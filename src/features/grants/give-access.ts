// The customer gives a partner access: to everyone there, or to named people, until a day.
import type { Context } from '../../context/context.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import { linesOfText } from '../conversations/rules.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { organizationAt, type PersonAt, peopleWorkingAt } from '../organizations/steps.ts'
import { worksWith } from '../relationships/steps.ts'
import type { AccessInput } from './access-rules.ts'
import { announceGiven } from './announce-steps.ts'
import { handOver } from './hand-over-steps.ts'
import { forEveryone, forPeople } from './preview-rules.ts'
import { previewAccess, refuseUnlessUnderstood } from './preview-steps.ts'
import { longestReason, refuseGrantee, termUntil } from './rules.ts'
import { accessChosen } from './scope-steps.ts'
import { giveGrant, viewsOf } from './steps.ts'
import type { GrantView } from './view-rules.ts'

export interface GiveInput extends AccessInput {
  readonly partnerId: string
  /** Null: everyone at the partner. An empty list gives nothing to anybody and is refused. */
  readonly personIds: readonly string[] | null
  readonly endsOn: string
  readonly reason: string
  readonly understood?: boolean | undefined
}

/** OR-002, OR-006, OR-007. What a grantee had before is replaced. */
export function giveAccess(ctx: Context, input: GiveInput): Promise<GrantView[]> {
  const home = homeOf(ctx.actor)
  return ctx.writing('access:give', { kind: 'customer', id: home }, async (tx) => {
    const customer = await organizationAt(tx, home)
    const partner = await partnerToGive(tx, home, input.partnerId)
    const people = await peopleWorkingAt(tx, partner.id)
    const named = namedPeople(input.personIds, people, partner.name)
    refuseGrantee(tx.law, named === null ? 'organization' : 'person')
    const access = await accessChosen(tx, customer, input)
    const term = termUntil(input.endsOn, customer.timeZone, tx.now, tx.law)
    const reason = linesOfText('reason', input.reason, longestReason)
    const proposed = named === null ? forEveryone(access) : forPeople(named, access)
    const { warnings } = await previewAccess(tx, { customer, partner, people, proposed })
    refuseUnlessUnderstood(warnings, input.understood)
    const given = []
    for (const person of named ?? [null])
      given.push(await giveGrant(tx, { customer, partner, person, access, term, reason, requestId: null }))
    await announceGiven(tx, given, people.length, await handOver(tx, customer, partner))
    return viewsOf(
      tx,
      given.map(({ grant }) => grant),
    )
  })
}

type Tx = Parameters<typeof organizationAt>[0]

/** A partner that the customer works with; every other id, known or not, is answered alike. */
export async function partnerToGive(tx: Tx, customerId: string, partnerId: string) {
  const partner = await organizationAt(tx, partnerId)
  if (partner.side === 'partner' && (await worksWith(tx, customerId, partner.id))) return partner
  return refuse('not-found', 'There is no such organization, or you cannot see it.')
}

/** The named people, all of whom work at the partner; null for everyone. */
export function namedPeople(ids: readonly string[] | null, people: readonly PersonAt[], partner: string): PersonAt[] | null {
  if (ids === null) return null
  if (ids.length === 0) refuseField('personIds', 'Choose at least one person, or everyone.')
  const distinct = [...new Set(ids)]
  return distinct.map(
    (id) => people.find((person) => person.id === id) ?? refuseField('personIds', `Somebody chosen here does not work at ${partner}.`),
  )
}
