// Brings back, one by one, what a removal ended and what may still be; of what may not, it says why.

import type { WriteTx } from '../../context/context.ts'
import { dayInWords } from '../../kernel/instant.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { askAgain } from '../access-requests/removal-steps.ts'
import { firstApprovalOf } from '../access-requests/second-approval-steps.ts'
import { accessNamed, accessWords } from '../grants/access-rules.ts'
import { standingGrants } from '../grants/preview-steps.ts'
import { endsOn, type Grant, granteeWords, refuseGrantee } from '../grants/rules.ts'
import { grantAt, grantInHistory } from '../grants/steps.ts'
import { codesForTwo } from '../grants/two-approver-rules.ts'
import { bringBackGroup } from '../groups/reopening-steps.ts'
import { groupsMadeFor } from '../groups/steps.ts'
import { inviteAgain } from '../invitations/removal-steps.ts'
import { personOf } from '../organizations/actor-rules.ts'
import { type Organization, peopleWorkingAt } from '../organizations/steps.ts'
import { worksWith } from '../relationships/steps.ts'
import type { Ended, NamedOnRecord } from './rules.ts'
import { dropNamed, giveAnew, nameAgain, restoreSubscriptions } from './store.ts'

interface Place {
  readonly removalId: string
  readonly customer: Organization
  readonly partner: Organization
}

/** Groups first, so that what they had finds them. Answers a sentence for each, what did not come back included. */
export async function comeBack(tx: WriteTx, place: Place, ended: readonly Ended[]): Promise<string[]> {
  const words: string[] = []
  for (const one of ended.filter(({ what }) => what === 'group')) words.push(...(await oneBack(tx, place, one)))
  for (const one of ended.filter(({ what }) => what !== 'group')) words.push(...(await oneBack(tx, place, one)))
  return words
}

async function oneBack(tx: WriteTx, place: Place, one: Ended): Promise<string[]> {
  const { customer, partner } = place
  const nowOr = (back: boolean, why: string) => [back ? `Came back: ${one.says}` : `Did not come back: ${one.says} ${why}`]
  switch (one.what) {
    case 'grant':
      return [await grantBack(tx, place, one.id)]
    case 'group':
      return nowOr(await bringBackGroup(tx, customer.id, partner.id, one.id), 'Another group for the same was made meanwhile.')
    case 'request':
      return nowOr(await askAgain(tx, one), 'It lapsed meanwhile, or a newer one waits.')
    case 'named':
      return namesBack(tx, place, one)
    case 'invitation':
      return nowOr(await inviteAgain(tx, one.id), 'It lapsed meanwhile, or a newer one waits.')
    case 'subscription':
      return [`Came back: ${await restoreSubscriptions(tx, place.removalId)} choices of what to get by mail.`]
  }
}

async function grantBack(tx: WriteTx, place: Place, id: string): Promise<string> {
  const old = await grantAt(tx, id)
  const who = granteeWords(old)
  const says = `${who.charAt(0).toUpperCase()}${who.slice(1)}: ${accessWords(tx.law, old)} until ${dayInWords(endsOn(old))}`
  const against = await hindrance(tx, place, old)
  if (against !== null) return `Did not come back: ${says}. ${against}`
  const grant = await grantAt(tx, await giveAnew(tx, old.id, personOf(tx.actor)))
  tx.record({
    what: 'grant.restored',
    customerId: place.customer.id,
    partnerId: place.partner.id,
    on: { kind: 'grant', id: grant.id },
    detail: { ...grantInHistory(tx, grant), was: `A-${old.number}` },
  })
  return `Came back: ${says} (A-${grant.number}, before A-${old.number}).`
}

/** Why it may not be given any more, or null. */
async function hindrance(tx: WriteTx, { customer, partner }: Place, old: Grant): Promise<string | null> {
  if (old.until <= tx.now) return 'Its last day is over.'
  if (!(await worksTogether(tx, customer, partner))) return `${partner.name} does not work with you any more.`
  const { person, group } = old
  if (person !== null && !(await peopleWorkingAt(tx, partner.id)).some(({ id }) => id === person.id))
    return `${person.name} does not work there any more.`
  if (group !== null && !(await groupStands(tx, customer, partner, group.id))) return 'Its group is gone.'
  const others = await standingGrants(tx, customer.id, partner.id)
  const same = others.some((one) => one.scope.kind === 'all' && one.person?.id === person?.id && one.group?.id === group?.id)
  if (old.scope.kind === 'all' && same) return 'Another access was given instead meanwhile.'
  return notKnownAnyMore(tx, old) ?? (await notApprovedByTwo(tx, old))
}

/**
 * BX-14. Undoing restores exactly what stood, for the same, on the same, to the same end, within ten minutes: what two people approved comes back without two
 * more, because nothing is given that they did not choose. What takes two and was never approved by two (given or imported under an older definition) does not.
 */
async function notApprovedByTwo(tx: WriteTx, old: Grant): Promise<string | null> {
  if (codesForTwo(tx.law, old).length === 0) return null
  const byTwo = old.requestId !== null && (await firstApprovalOf(tx, old.requestId)) !== null
  return byTwo ? null : 'It takes two people who approve it: let the partner ask for it.'
}

/** The vendor's own people may have access at every customer. */
const worksTogether = async (tx: WriteTx, customer: Organization, partner: Organization): Promise<boolean> =>
  partner.side === 'vendor' || (await worksWith(tx, customer.id, partner.id))

async function groupStands(tx: WriteTx, customer: Organization, partner: Organization, id: string): Promise<boolean> {
  const made = (await groupsMadeFor(tx, customer.id, partner.id)).find((group) => group.id === id)
  // A group that no access made is the partner's own, and did not end with this one.
  return made === undefined || made.endedAt === null
}

/** The definition may have changed since: what it does not give any more does not come back. */
function notKnownAnyMore(tx: WriteTx, { level, rights, person, group, partner }: Grant): string | null {
  try {
    accessNamed(tx.law, { level, rights })
    refuseGrantee(
      tx.law,
      person === null ? (group === null ? 'organization' : 'group') : partner.side === 'vendor' ? 'vendor_person' : 'person',
    )
    return null
  } catch (error) {
    if (isRefusal(error)) return 'The portal does not give that any more.'
    throw error
  }
}

/**
 * Whoever came instead goes, where nobody changed that meanwhile; then whoever was named is named again, if they still work at the customer, or at the partner and
 * that with the customer. In the place of somebody who does not, whoever came instead stays.
 */
async function namesBack(tx: WriteTx, place: Place, { gone: all, come }: Extract<Ended, { what: 'named' }>): Promise<string[]> {
  const there = await peopleThere(tx, place)
  const gone = all.filter(({ personId }) => there.has(personId))
  const left = all.filter(({ personId }) => !there.has(personId))
  const kept = new Set(left.map(placeOn))
  for (const row of gone) kept.delete(placeOn(row))
  for (const row of come) if (!kept.has(placeOn(row))) await dropNamed(tx, row)
  const by = personOf(tx.actor)
  const back: NamedOnRecord[] = []
  const not: NamedOnRecord[] = []
  for (const row of gone) (await nameAgain(tx, row, by)) ? back.push(row) : not.push(row)
  return [
    ...namedWords('is named again on', back),
    ...namedWords('is not named again on', not, ' Somebody else was named there meanwhile.'),
    ...namedWords('is not named again on', left, ' They do not work there, or with you, any more.'),
  ]
}

const placeOn = ({ kind, recordId, relation }: Pick<NamedOnRecord, 'kind' | 'recordId' | 'relation'>): string =>
  `${kind} ${recordId} ${relation}`

async function peopleThere(tx: WriteTx, { customer, partner }: Place): Promise<Set<string>> {
  const theirs = (await worksTogether(tx, customer, partner)) ? await peopleWorkingAt(tx, partner.id) : []
  return new Set([...(await peopleWorkingAt(tx, customer.id)), ...theirs].map(({ id }) => id as string))
}

function namedWords(verb: string, rows: readonly NamedOnRecord[], why = ''): string[] {
  return [...Map.groupBy(rows, ({ personId }) => personId).values()].map(
    (some) => `${some[0]?.person} ${verb} ${[...new Set(some.map(({ number }) => number))].join(', ')}.${why}`,
  )
}
