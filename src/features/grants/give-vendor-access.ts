// The customer lets in a person of the vendor, named by e-mail address (OR-046, OR-047).

import type { Context } from '../../context/context.ts'
import { parseEmailAddress } from '../../kernel/email-address.ts'
import { dayInWords } from '../../kernel/instant.ts'
import { refuseField } from '../../kernel/refusal.ts'
import { linesOfText } from '../conversations/rules.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { organizationAt, personWorkingAt, theVendor } from '../organizations/steps.ts'
import { type AccessInput, accessWords } from './access-rules.ts'
import { announceGiven } from './announce-steps.ts'
import { forPeople } from './preview-rules.ts'
import { previewAccess, refuseUnlessUnderstood } from './preview-steps.ts'
import { longestReason, refuseGrantee, termUntil } from './rules.ts'
import { accessChosen } from './scope-steps.ts'
import { giveGrant } from './steps.ts'
import { refuseForTwo } from './two-approver-rules.ts'

export interface GiveVendorInput extends AccessInput {
  readonly email: string
  readonly endsOn: string
  readonly reason: string
  readonly understood?: boolean | undefined
}

/**
 * Answers the same sentence whether or not somebody of the vendor has the address. What the customer gave stands in its own list,
 * as everything does that it gave; the neutral answer keeps the form from being a directory.
 */
export function giveVendorAccess(ctx: Context, input: GiveVendorInput): Promise<{ sentence: string }> {
  const home = homeOf(ctx.actor)
  return ctx.writing('access:give', { kind: 'customer', id: home }, async (tx) => {
    refuseGrantee(tx.law, 'vendor_person')
    const customer = await organizationAt(tx, home)
    const vendor = await theVendor(tx)
    const email = parseEmailAddress(input.email) ?? refuseField('email', 'This is no e-mail address. Write it like ana@example.com.')
    const access = await accessChosen(tx, customer, input)
    // Before anybody is looked for, so that a refusal tells nothing about the address.
    refuseForTwo(tx.law, access)
    const term = termUntil(input.endsOn, customer.timeZone, tx.now, tx.law)
    const reason = linesOfText('reason', input.reason, longestReason)
    const person = await personWorkingAt(tx, vendor.id, email)
    // The warning is about what is given, so that it appears for an unknown address too.
    const somebody = person ?? { id: unknownPerson, name: email, email, roles: [] }
    const { warnings } = await previewAccess(tx, {
      customer,
      partner: vendor,
      people: [{ ...somebody, id: somebody.id as never, name: email }],
      proposed: forPeople([somebody], access),
    })
    refuseUnlessUnderstood(warnings, input.understood)
    if (person)
      await announceGiven(tx, [await giveGrant(tx, { customer, partner: vendor, person, access, term, reason, requestId: null })], 1)
    else
      tx.record({
        what: 'grant.not_given',
        customerId: customer.id,
        partnerId: vendor.id,
        detail: { email, level: access.level, rights: access.rights, levelName: accessWords(tx.law, access), endsOn: term.endsOn },
      })
    const until = dayInWords(term.endsOn)
    return {
      sentence: `If somebody at ${vendor.name} has the address ${email}, they have access until ${until}, and a letter tells them so.`,
    }
  })
}

const unknownPerson = '00000000-0000-0000-0000-000000000000'
