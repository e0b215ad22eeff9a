// Ending an access inside an open door: what follows from it, what is left, and who is told.
import type { WriteTx } from '../../context/context.ts'
import { endGroupOf } from '../groups/steps.ts'
import { personOf } from '../organizations/actor-rules.ts'
import { headCounts, type Organization, organizationAt } from '../organizations/steps.ts'
import { dropFromRecords, handOver } from './hand-over-steps.ts'
import { bothSides, factsOf, reachedByGrant, send, threadOf } from './letter-steps.ts'
import { relinquishedLetter, removedLetter } from './letters.ts'
import { standingGrants } from './preview-steps.ts'
import { type Grant, leftInWords } from './rules.ts'
import { grantInHistory, groupsOfPerson, refuseChanged } from './steps.ts'
import { endGrant } from './store.ts'

/** Ends it, and the group that it made; what follows from that is the caller's. */
export async function endAtOnce(tx: WriteTx, grant: Grant, reason: string | null): Promise<void> {
  if (!(await endGrant(tx, grant.id, { kind: 'removed', by: personOf(tx.actor), reason }))) refuseChanged()
  if (grant.group) await endGroupOf(tx, grant.customer.id, grant.partner.id, grant.group.id)
}

/**
 * Ends it at once, with the group that it made (MI-025, MI-026); open work is handed over, both sides are told. Answers what the same people still
 * have and what was handed over, one sentence each.
 */
export async function endAccess(tx: WriteTx, customer: Organization, grant: Grant, reason: string | null): Promise<string[]> {
  const reached = await reachedByGrant(tx, grant)
  await endAtOnce(tx, grant, reason)
  const left = await leftAfter(tx, customer, grant, reached)
  await recordAndTell(tx, grant, { how: 'removed', reason, left, reached })
  return left
}

/**
 * The partner gives it up, at once. Open work goes to the customer's own people; a group that the customer's access made stays with the customer, which
 * ends it, and gives nothing meanwhile. Answers what the same people still have and what was handed over, one sentence each.
 */
export async function relinquish(tx: WriteTx, grant: Grant, reason: string | null): Promise<string[]> {
  const customer = await organizationAt(tx, grant.customer.id)
  const reached = await reachedByGrant(tx, grant)
  if (!(await endGrant(tx, grant.id, { kind: 'relinquished', by: personOf(tx.actor), reason }))) refuseChanged()
  const left = await leftAfter(tx, customer, grant, reached)
  await recordAndTell(tx, grant, { how: 'relinquished', reason, left, reached })
  return left
}

/** What follows from an end: open work is handed over, who has nothing left is copied in nowhere; both and what is left in words. */
async function leftAfter(tx: WriteTx, customer: Organization, grant: Grant, reached: Reached): Promise<string[]> {
  const handedOver = await handOver(tx, customer, grant.partner, 'open', reached)
  await dropFromRecords(tx, customer, grant.partner, reached)
  const standing = await standingGrants(tx, customer.id, grant.partner.id)
  const groups = grant.person === null ? [] : await groupsOfPerson(tx, standing, grant.person.id)
  return [...leftInWords(tx.law, grant, standing, tx.now, groups), ...handedOver]
}

interface Ending {
  readonly how: 'removed' | 'relinquished'
  readonly reason: string | null
  readonly left: readonly string[]
  /** Whom it reached before. */
  readonly reached: Reached
}

type Reached = Awaited<ReturnType<typeof reachedByGrant>>

const endLetters = { removed: removedLetter, relinquished: relinquishedLetter }

/** The entry in the history, and a letter to both sides with what is left. */
async function recordAndTell(tx: WriteTx, grant: Grant, { how, reason, left, reached }: Ending): Promise<void> {
  tx.record({
    what: `grant.${how}`,
    customerId: grant.customer.id,
    partnerId: grant.partner.id,
    on: { kind: 'grant', id: grant.id },
    detail: { ...grantInHistory(tx, grant), why: reason, left },
  })
  const heads = (await headCounts(tx, [grant.partner.id])).get(grant.partner.id) ?? 0
  const content = endLetters[how](factsOf(tx, [grant], heads), reason, left)
  send(tx, `access-${how}`, content, { ...grant, thread: threadOf(grant) }, await bothSides(tx, grant, reached))
}
