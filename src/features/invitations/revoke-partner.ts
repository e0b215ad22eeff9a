// The customer ends its work with a partner that it chose itself: everything that the partner has there ends at once (MI-034).
import type { Context, WriteTx } from '../../context/context.ts'
import { takingAway } from '../../context/taking-away.ts'
import { refuse } from '../../kernel/refusal.ts'
import { linesOfText } from '../conversations/rules.ts'
import { standingGrants } from '../grants/preview-steps.ts'
import { endAccess } from '../grants/removal-steps.ts'
import { longestReason, stands } from '../grants/rules.ts'
import { homeOf, nameOf, personOf } from '../organizations/actor-rules.ts'
import { type Organization, organizationAt } from '../organizations/steps.ts'
import { endRelationship, worksAsOfRecord, worksWith } from '../relationships/steps.ts'
import { revokedLetter } from './letters.ts'
import { stateOf } from './rules.ts'
import { recordIt, tellBoth } from './steps.ts'
import { answer, invitationsWhere } from './store.ts'

export interface Revoked {
  readonly partner: { readonly id: string; readonly name: string }
  /** How many accesses ended. */
  readonly ended: number
}

/**
 * Every access that partner has at the customer, its groups, an invitation that waits, and that the two work together. A partner of record is refused
 * (409): what it may do is disabled role by role, and that it is of record the vendor alone takes back. Access of the vendor's people is none of this.
 */
export function revokePartner(ctx: Context, input: { partnerId: string; reason?: string | undefined }): Promise<Revoked> {
  const home = homeOf(ctx.actor)
  return takingAway(ctx).writing('access:remove', { kind: 'customer', id: home }, async (tx) => {
    const customer = await organizationAt(tx, home)
    const partner = await chosenPartner(tx, customer, input.partnerId)
    const reason = input.reason === undefined ? null : linesOfText('reason', input.reason, longestReason)
    const standing = (await standingGrants(tx, home, partner.id)).filter((grant) => stands(grant, tx.now))
    for (const grant of standing) await endAccess(tx, customer, grant, reason)
    await withdrawWaiting(tx, customer, partner)
    await endRelationship(tx, customer, partner, reason)
    const facts = { customer: customer.name, partner: partner.name, link: `${tx.settings.publicUrl}/history` }
    tellBoth(tx, 'partner-revoked', revokedLetter(facts, nameOf(tx.actor), reason), { id: partner.id, customer, partner })
    return { partner: { id: partner.id, name: partner.name }, ended: standing.length }
  })
}

/** A partner that the customer works with by its own choice. */
async function chosenPartner(tx: WriteTx, customer: Organization, id: string): Promise<Organization> {
  const partner = await organizationAt(tx, id)
  if (partner.side !== 'partner' || !(await worksWith(tx, customer.id, partner.id)))
    refuse('not-found', 'There is no such organization, or you cannot see it.')
  if (await worksAsOfRecord(tx, customer.id, partner.id))
    refuse('not-allowed', `${partner.name} is your partner of record, which stays. Nothing was changed. Take its roles away instead.`)
  return partner
}

async function withdrawWaiting(tx: WriteTx, customer: Organization, partner: Organization): Promise<void> {
  for (const invitation of await invitationsWhere(tx, { customerId: customer.id, partnerId: partner.id })) {
    if (stateOf(invitation, tx.now) !== 'waiting') continue
    await answer(tx, invitation.id, { state: 'withdrawn', by: personOf(tx.actor), reason: null })
    recordIt(tx, 'withdrawn', invitation)
  }
}
