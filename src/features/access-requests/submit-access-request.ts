// A partner's person asks for access, by the e-mail address of whoever may answer for the customer.
//
// Nobody learns from it who the address belongs to (O-A14): whatever it is, the same statements run, the same rows stand in the asker's
// list, and the same answer is given. Asking the same address twice for the same grantee is refused from what the asker already knows.
// Asking two addresses that answer for one customer must not be refused (it would say that they belong together), and yet a customer
// has one waiting request a grantee (O-A16): the newer one takes the older one's place before the customer, and the asker's list shows
// both as waiting until they are answered, withdrawn or lapse.
import type { Context, WriteTx } from '../../context/context.ts'
import { type EmailAddress, parseEmailAddress } from '../../kernel/email-address.ts'
import type { AccessRequestId, OrganizationId } from '../../kernel/ids.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import { linesOfText } from '../conversations/rules.ts'
import { standingInWords } from '../grants/preview-steps.ts'
import { longestReason, refuseGrantee, termUntil } from '../grants/rules.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import { nameIfKnown, organizationAt, type PersonAt, peopleWorkingAt } from '../organizations/steps.ts'
import { askedLetter, youAskedLetter } from './letters.ts'
import { type AccessRequest, askingActions, checkItems, type ItemInput, lapsesAt, refuseTooMany, requestNumber } from './rules.ts'
import { answerers, factsOf, recordForEachSide, requestAt, send } from './steps.ts'
import { addRequest, countAsked, customerAnsweredBy, makeRoom, waitingAlike } from './store.ts'

export interface SubmitInput {
  readonly contactManagerEmail: string
  readonly items: readonly ItemInput[]
  readonly endsOn: string
  readonly reason: string
}

export interface Submitted {
  readonly id: AccessRequestId
  readonly number: string
  readonly sentence: string
}

/** OR-048 to OR-058. */
export function submitAccessRequest(ctx: Context, input: SubmitInput): Promise<Submitted> {
  const home = homeOf(ctx.actor)
  const partnerOn = { kind: 'partner', id: home } as const
  const asker = personOf(ctx.actor)
  const [first = 'access_request:ask_for_self' as const, ...others] = askingActions(input.items, asker)
  return ctx.writing(first, partnerOn, async (tx) => {
    if (asker === null) refuse('not-allowed', 'Only a person can ask for access.')
    for (const action of others) if (!(await tx.can(action, partnerOn)).allowed) refuse('not-allowed', notForEveryone)
    const partner = await organizationAt(tx, home)
    const people = await peopleWorkingAt(tx, home)
    const asked = checkInput(tx, input, people, partner.timeZone)
    refuseTooMany(await countAsked(tx, home, asker))
    const alike = await waitingAlike(tx, home, asked.address, asked.items)
    if (alike)
      refuse(
        'overlaps',
        `You already asked ${asked.address} for this (${requestNumber(alike.number)}). Nothing was asked. Withdraw that one first.`,
      )
    const customerId = await customerAnsweredBy(tx, asked.address)
    await makeRoom(tx, home, customerId, asked.items)
    const { address, ...rest } = asked
    const { id } = await addRequest(tx, {
      ...rest,
      addressedTo: address,
      partnerId: home,
      askedBy: asker,
      customerId,
      lapsesAt: lapsesAt(tx.now, partner.timeZone, tx.law),
    })
    const request = await requestAt(tx, id)
    await announce(tx, request, customerId, people.length)
    const sentence = `If ${address} manages access for a customer, they have your request.`
    return { id, number: requestNumber(request.number), sentence }
  })
}

const notForEveryone = 'Only an administrator of your organization can ask for everyone there. Nothing was asked.'

function checkInput(tx: WriteTx, input: SubmitInput, people: readonly PersonAt[], zone: string) {
  const address: EmailAddress =
    parseEmailAddress(input.contactManagerEmail) ??
    refuseField('contactManagerEmail', 'This is no e-mail address. Write it like dana@example.com.')
  const items = checkItems(tx.law, input.items)
  for (const [index, { personId }] of items.entries()) {
    refuseGrantee(tx.law, personId === null ? 'organization' : 'person')
    if (personId !== null && !people.some(({ id }) => id === personId)) {
      refuseField(`items.${index}.personId`, 'This is nobody of your organization.')
    }
  }
  // The customer's zone is not known to the asker; whoever answers is held to it.
  const { endsOn } = termUntil(input.endsOn, zone, tx.now, tx.law)
  return { address, items, endsOn, reason: linesOfText('reason', input.reason, longestReason) }
}

async function announce(tx: WriteTx, request: AccessRequest, customerId: OrganizationId | null, headCount: number): Promise<void> {
  recordForEachSide(tx, 'access_request.asked', request)
  const facts = factsOf(tx, request, headCount)
  const customer = await nameIfKnown(tx, customerId)
  const has = await standingInWords(tx, customerId, request.partner.id)
  send(tx, 'access-request-asked', askedLetter(facts, customer, has), request, [answerers(tx, customerId)])
  send(tx, 'access-request-sent', youAskedLetter(facts), request, [{ person: request.askedBy.id }])
}
