// The customer takes a partner out: one action ends every path that the partner has, and the receipt lists what ended and what is left (BX-03).
import type { Context, ReadTx, WriteTx } from '../../context/context.ts'
import { takingAway } from '../../context/taking-away.ts'
import { refuse } from '../../kernel/refusal.ts'
import { declineWaiting, waitingRequests } from '../access-requests/removal-steps.ts'
import { linesOfText } from '../conversations/rules.ts'
import { dropFromRecords, handOver } from '../grants/hand-over-steps.ts'
import { standingGrants } from '../grants/preview-steps.ts'
import { endAtOnce } from '../grants/removal-steps.ts'
import { type Grant, longestReason, stands } from '../grants/rules.ts'
import { grantInHistory } from '../grants/steps.ts'
import { waitingInvitations, withdrawWaiting } from '../invitations/removal-steps.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { type Organization, organizationAt } from '../organizations/steps.ts'
import { leftByLaw, ownWithTheirAddresses } from './left-steps.ts'
import { readOne } from './read-steps.ts'
import { type Ended, namedSentences } from './rules.ts'
import { endingWith, keepRemoval, namedNow } from './steps.ts'
import { endSubscriptions } from './store.ts'
import { holdersOf, tellRemoved } from './telling-steps.ts'
import type { RemovalView } from './view-rules.ts'

export interface RemovePartnerInput {
  readonly partnerId: string
  readonly reason?: string | undefined
}

/** What the removal would end, one sentence each; ends nothing. A partner that the customer does not know is not found. */
export function previewRemoval(
  ctx: Context,
  input: { partnerId: string },
): Promise<{ partner: { id: string; name: string }; ends: readonly string[] }> {
  const home = homeOf(ctx.actor)
  return ctx.reading('access:remove', { kind: 'customer', id: home }, async (tx) => {
    const [customer, partner] = [await organizationAt(tx, home), await partnerAt(tx, input.partnerId)]
    const grants = await standing(tx, customer, partner)
    const waiting = [...(await waitingRequests(tx, customer.id, partner.id)), ...(await waitingInvitations(tx, customer.id, partner.id))]
    const ending = [...(await endingWith(tx, customer, partner, grants)), ...waiting]
    const me = tx.actor.kind === 'person' ? tx.actor.personId : ''
    const named = namedSentences(await namedNow(tx, customer, partner), (id) => id !== me).map((words) =>
      words.replace('is no longer named', 'is named'),
    )
    return { partner: { id: partner.id, name: partner.name }, ends: [...ending.map(({ says }) => says), ...named] }
  })
}

/** Refuses (409) where there is nothing to end. Open work goes to the acting person (BX-12), who is told so in the receipt. */
export function removePartner(ctx: Context, input: RemovePartnerInput): Promise<RemovalView> {
  const home = homeOf(ctx.actor)
  return takingAway(ctx).writing('access:remove', { kind: 'customer', id: home }, async (tx) => {
    const [customer, partner] = [await organizationAt(tx, home), await partnerAt(tx, input.partnerId)]
    const reason = input.reason === undefined ? null : linesOfText('reason', input.reason, longestReason)
    const grants = await standing(tx, customer, partner)
    const named = await namedNow(tx, customer, partner)
    const holders = await holdersOf(tx, grants)
    const ended = [...(await endingWith(tx, customer, partner, grants)), ...(await endAll(tx, customer, partner, grants, reason))]
    if (ended.length === 0 && !named.some(({ personId }) => personId !== (tx.actor.kind === 'person' ? tx.actor.personId : '')))
      refuse('stale', `${partner.name} has nothing here that could be removed. Nothing was changed.`)
    const handedOver = await handOver(tx, customer, partner, 'everything')
    await dropFromRecords(tx, customer, partner)
    const left = [...(await leftByLaw(tx, customer, partner)), ...handedOver]
    const own = await ownWithTheirAddresses(tx, customer, partner)
    const kept = await keepRemoval(tx, { customer, partner, grantId: null, reason, ended, named, left: [...left, ...own] })
    tx.record({
      what: 'partner.removed',
      customerId: customer.id,
      partnerId: partner.id,
      on: { kind: 'removal', id: kept.id },
      detail: {
        number: kept.number,
        customer: customer.name,
        partner: partner.name,
        why: reason,
        ended: kept.ended.map(({ says }) => says),
        left,
      },
    })
    await tellRemoved(tx, {
      customer,
      partner,
      holders,
      reason,
      ended: kept.ended.map(({ says }) => says),
      left,
      onlyCustomer: own,
      removalId: kept.id,
    })
    return readOne(tx, customer.id, kept.id)
  })
}

/** Ends the grants with their groups, what waits for an answer, and what was chosen to get by mail; answers what ended besides the grants. */
async function endAll(
  tx: WriteTx,
  customer: Organization,
  partner: Organization,
  grants: readonly Grant[],
  reason: string | null,
): Promise<Ended[]> {
  for (const grant of grants) {
    await endAtOnce(tx, grant, reason)
    tx.record({
      what: 'grant.removed',
      customerId: customer.id,
      partnerId: partner.id,
      on: { kind: 'grant', id: grant.id },
      detail: { ...grantInHistory(tx, grant), why: reason },
    })
  }
  const requests = await declineWaiting(tx, customer, partner.id, reason)
  const invitations = await withdrawWaiting(tx, customer.id, partner.id)
  const rows = await endSubscriptions(tx, partner.id)
  const says = rows.length === 1 ? 'One choice of what to get by mail.' : `${rows.length} choices of what to get by mail.`
  return [
    ...requests.map((request): Ended => ({ what: 'request', ...request })),
    ...invitations.map((invitation): Ended => ({ what: 'invitation', ...invitation })),
    ...(rows.length > 0 ? [{ what: 'subscription', rows, says } as const] : []),
  ]
}

const standing = async (tx: ReadTx, customer: Organization, partner: Organization): Promise<Grant[]> =>
  (await standingGrants(tx, customer.id, partner.id)).filter((grant) => stands(grant, tx.now))

/** The partner, or the vendor, whose named people may have access too. */
async function partnerAt(tx: ReadTx, id: string): Promise<Organization> {
  const partner = await organizationAt(tx, id)
  return partner.side === 'customer' ? refuse('not-found', 'There is no such organization, or you cannot see it.') : partner
}
