// Tells both sides, and the history, of access that was given or changed.
import type { WriteTx } from '../../context/context.ts'
import { sameAccess } from './access-rules.ts'
import { beforeOf, bothSides, factsOf, reachedByGrant, send, threadOf } from './letter-steps.ts'
import { changedLetter, extendedLetter, givenLetter } from './letters.ts'
import type { Grant } from './rules.ts'
import { type Given, givenInHistory, grantInHistory } from './steps.ts'

/** Records each grant, and writes one letter a recipient for all that were given together, the same and to one day. */
export async function announceGiven(
  tx: WriteTx,
  given: readonly Given[],
  headCount: number,
  handedOver: readonly string[] = [],
): Promise<void> {
  for (const { grant, before } of given) {
    tx.record({
      what: 'grant.given',
      customerId: grant.customer.id,
      partnerId: grant.partner.id,
      on: { kind: 'grant', id: grant.id },
      detail: givenInHistory(tx, { grant, before }),
    })
  }
  const [first, ...others] = given.map(({ grant }) => grant)
  if (!first) return
  const people =
    first.person === null ? await reachedByGrant(tx, first) : [first, ...others].flatMap(({ person }) => (person ? [person] : []))
  const before = given.length === 1 ? (given[0]?.before ?? []) : []
  const content = givenLetter(
    factsOf(tx, [first, ...others], headCount),
    before.map((one) => beforeOf(tx, one)),
    handedOver,
  )
  send(tx, 'access-given', content, { ...first, thread: threadOf(first) }, await bothSides(tx, first, people))
}

/** Records a change and tells both sides what was and what is. */
export async function announceChanged(
  tx: WriteTx,
  grant: Grant,
  before: Grant,
  headCount: number,
  handedOver: readonly string[],
): Promise<void> {
  const extended = sameAccess(grant, before) && grant.until > before.until
  tx.record({
    what: extended ? 'grant.extended' : 'grant.changed',
    customerId: grant.customer.id,
    partnerId: grant.partner.id,
    on: { kind: 'grant', id: grant.id },
    detail: { ...grantInHistory(tx, grant), before: grantInHistory(tx, before) },
  })
  const facts = factsOf(tx, [grant], headCount)
  const content = extended ? extendedLetter(facts, beforeOf(tx, before)) : changedLetter(facts, beforeOf(tx, before), handedOver)
  const to = await bothSides(tx, grant, await reachedByGrant(tx, grant))
  send(tx, extended ? 'access-extended' : 'access-changed', content, { ...grant, thread: threadOf(grant) }, to)
}
