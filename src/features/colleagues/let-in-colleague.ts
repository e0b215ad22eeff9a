// A partner's administrator gives a colleague access at a customer that gave them that much, or changes it: at once, or by asking, as the customer chose.
import type { Context, WriteTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { putBefore } from '../access-requests/ask-steps.ts'
import { requestNumber } from '../access-requests/rules.ts'
import { waitingFor } from '../access-requests/steps.ts'
import { linesOfText } from '../conversations/rules.ts'
import { type AccessGiven, type AccessInput, sameAccess } from '../grants/access-rules.ts'
import { handOver } from '../grants/hand-over-steps.ts'
import { endsOn, type Grant, longestReason, refuseGrantee, type Term, termUntil } from '../grants/rules.ts'
import { accessChosen } from '../grants/scope-steps.ts'
import { giveGrant, givenInHistory } from '../grants/steps.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import type { PersonAt } from '../organizations/steps.ts'
import { letInLetter } from './letters.ts'
import { choiceOf, hasInWords, notAfterOwn, refuseBeyondOwn } from './rules.ts'
import { colleagueAmong, factsOf, hasByName, type Place, placeOf, tell } from './steps.ts'

export interface LetInInput extends AccessInput {
  readonly customerId: string
  readonly personId: string
  /** The last day, in the customer's zone; not after one's own. */
  readonly endsOn: string
  readonly reason: string
}

/** given: it counts from this instant · asked: it waits for the customer's answer. */
export type LetIn = { readonly outcome: 'given'; readonly grantId: string } | { readonly outcome: 'asked'; readonly requestId: string }

/**
 * CD-038, CD-043, CD-045, BX-15. What the colleague had there by name is replaced. Refuses, by the field, more than one's own level, rights, scope and end;
 * 403 where the customer forbids it or gave too little, 409 where a request for the colleague waits.
 */
export function letInColleague(ctx: Context, input: LetInInput): Promise<LetIn> {
  const home = homeOf(ctx.actor)
  return ctx.writing('colleague:let_in', { kind: 'customer', id: input.customerId }, async (tx) => {
    const place = await placeOf(tx, input.customerId, home)
    const { customer, partner, people, own } = place
    const colleague = colleagueAmong(tx, people, input.personId)
    refuseGrantee(tx.law, 'person')
    const access = await accessChosen(tx, customer, input)
    const term = notAfterOwn(own, termUntil(input.endsOn, customer.timeZone, tx.now, tx.law), customer.timeZone)
    const reason = linesOfText('reason', input.reason, longestReason)
    refuseBeyondOwn(tx.law, { own, access, until: term.until, customer })
    const waiting = await waitingFor(tx, partner.id, customer.id, colleague.id)
    if (waiting)
      refuse('overlaps', `A request for ${colleague.name} waits for an answer (${requestNumber(waiting.number)}). Nothing was given.`)
    const before = await hasByName(tx, place, colleague.id)
    const same = before.length === 1 && before.some((one) => sameAccess(one, access) && one.until === term.until)
    if (same) refuse('invalid-input', 'Nothing would change: they have that until this day already.')
    const choice = choiceOf(tx.law, tx.facts.thing?.customer ?? null)
    const wanted = { ...place, colleague, access, term, reason, before }
    return choice === 'ask' ? ask(tx, wanted) : give(tx, wanted)
  })
}

interface Wanted extends Place {
  readonly colleague: PersonAt
  readonly access: AccessGiven
  readonly term: Term
  readonly reason: string
  /** What the colleague has by name. */
  readonly before: readonly Grant[]
}

/** The customer is told, and nobody is asked (CD-017). */
async function give(tx: WriteTx, { customer, partner, colleague, access, term, reason, before: had }: Wanted): Promise<LetIn> {
  const given = await giveGrant(tx, { customer, partner, person: colleague, access, term, reason, requestId: null })
  const { grant } = given
  const handedOver = had.length === 0 ? [] : await handOver(tx, customer, partner, 'open', [colleague])
  tx.record({
    what: had.length === 0 ? 'colleague.let_in' : 'colleague.changed',
    customerId: customer.id,
    partnerId: partner.id,
    on: { kind: 'grant', id: grant.id },
    grantId: tx.decision.grant?.id ?? null,
    detail: givenInHistory(tx, given),
  })
  const was = had.map((one) => ({ ...one, endsOn: endsOn(one) }))
  const letter = letInLetter(factsOf(tx, grant, reason), had.length === 0 ? null : hasInWords(tx.law, was), handedOver)
  tell(tx, 'colleague-let-in', letter, grant)
  return { outcome: 'given', grantId: grant.id }
}

/** The customer chose to be asked: nothing is given before it answers. */
async function ask(tx: WriteTx, { customer, partner, people, colleague, access, term, reason }: Wanted): Promise<LetIn> {
  const asker = personOf(tx.actor) ?? refuse('not-allowed', 'Only a person can ask for access.')
  const request = await putBefore(tx, {
    partner,
    asker,
    items: [{ personId: colleague.id, ...access }],
    endsOn: term.endsOn,
    reason,
    addressedTo: customer.name,
    customerId: customer.id,
    toCustomer: true,
    headCount: people.length,
  })
  return { outcome: 'asked', requestId: request.id }
}
