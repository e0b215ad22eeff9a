// A partner's person asks for access, by the e-mail address of whoever may answer for the customer.
//
// Nobody learns from it who the address belongs to (O-A14): whatever it is, the same statements run, the same rows stand in the asker's
// list, and the same answer is given. Asking the same address twice for the same grantee is refused from what the asker already knows.
// Asking two addresses that answer for one customer must not be refused (it would say that they belong together), and yet a customer
// has one waiting request a grantee (O-A16): the newer one takes the older one's place before the customer, and the asker's list shows
// both as waiting until they are answered, withdrawn or lapse.
//
// A customer that the partner is linked to is known to it by name: it can be asked as such, and nothing of that is hidden (CD-011, CD-020).
import type { Context, WriteTx } from '../../context/context.ts'
import { type EmailAddress, parseEmailAddress } from '../../kernel/email-address.ts'
import type { AccessRequestId, OrganizationId } from '../../kernel/ids.ts'
import type { LocalDate } from '../../kernel/instant.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import { linesOfText } from '../conversations/rules.ts'
import { wholeCustomer } from '../grants/access-rules.ts'
import { placesKnown, scopeKnown } from '../grants/known-places-steps.ts'
import { longestReason, refuseGrantee, termUntil } from '../grants/rules.ts'
import { isLinked } from '../links/steps.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import { type Organization, organizationAt, type PersonAt, peopleWorkingAt } from '../organizations/steps.ts'
import { putBefore } from './ask-steps.ts'
import { customerAnsweredBy } from './asking-store.ts'
import { type AskedItem, askingActions, type CheckedItem, checkItems, type ItemInput, requestNumber } from './rules.ts'

export interface SubmitInput {
  /** The address of whoever may answer for a customer; or else the customer, which one's partner is linked to. */
  readonly contactManagerEmail?: string | undefined
  readonly customerId?: string | undefined
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
    const { address, zone, ...before } = await addressee(tx, input, partner)
    const { items, ...asked } = checkInput(tx, input, people, zone)
    const scoped = await withScopes(tx, items, before.customerId)
    const customerId = address === null ? before.customerId : await customerAnsweredBy(tx, address)
    const request = await putBefore(tx, { ...asked, ...before, items: scoped, customerId, partner, asker, headCount: people.length })
    const { addressedTo } = before
    const sentence =
      address === null
        ? `Whoever manages access at ${addressedTo} has your request.`
        : `If ${addressedTo} manages access for a customer, they have your request.`
    return { id: request.id, number: requestNumber(request.number), sentence }
  })
}

interface Addressee {
  /** Null: a customer that is known. */
  readonly address: EmailAddress | null
  readonly addressedTo: string
  readonly customerId: OrganizationId | null
  readonly toCustomer: boolean
  /** In whose zone the last day is judged: the asker's where the customer's is not known to them; whoever answers is held to it. */
  readonly zone: string
}

async function addressee(tx: WriteTx, { contactManagerEmail, customerId }: SubmitInput, partner: Organization): Promise<Addressee> {
  if (customerId !== undefined) {
    if (contactManagerEmail !== undefined) refuseField('contactManagerEmail', 'Name a customer or an address, and not both.')
    // One that is there and not linked looks like none.
    if (!(await isLinked(tx, customerId, partner.id))) refuse('not-found', 'There is no such customer, or you cannot see it.')
    const customer = await organizationAt(tx, customerId)
    return { address: null, addressedTo: customer.name, customerId: customer.id, toCustomer: true, zone: customer.timeZone }
  }
  const address =
    parseEmailAddress(contactManagerEmail ?? '') ??
    refuseField('contactManagerEmail', 'This is no e-mail address. Write it like dana@example.com.')
  return { address, addressedTo: address, customerId: null, toCustomer: false, zone: partner.timeZone }
}

const notForEveryone = 'Only an administrator of your organization can ask for everyone there. Nothing was asked.'

interface Asked {
  readonly items: readonly CheckedItem[]
  readonly endsOn: LocalDate
  readonly reason: string
}

function checkInput(tx: WriteTx, input: SubmitInput, people: readonly PersonAt[], zone: string): Asked {
  const items = checkItems(tx.law, input.items)
  for (const [index, { personId }] of items.entries()) {
    refuseGrantee(tx.law, personId === null ? 'organization' : 'person')
    if (personId !== null && !people.some(({ id }) => id === personId)) {
      refuseField(`items.${index}.personId`, 'This is nobody of your organization.')
    }
  }
  const { endsOn } = termUntil(input.endsOn, zone, tx.now, tx.law)
  return { items, endsOn, reason: linesOfText('reason', input.reason, longestReason) }
}

/** With what each covers. Whoever asks an address names no sites or records: whose they would be is not known, and finding out must tell nothing. */
async function withScopes(tx: WriteTx, items: readonly CheckedItem[], customerId: OrganizationId | null): Promise<AskedItem[]> {
  const first = items.findIndex(({ scope }) => scope !== undefined)
  if (first < 0) return items.map((item) => ({ ...item, scope: wholeCustomer }))
  if (customerId === null) refuseField(`items.${first}.scope`, onlyOfKnown)
  const customer = await organizationAt(tx, customerId)
  const known = await placesKnown(tx, customerId)
  const scoped: AskedItem[] = []
  for (const [index, item] of items.entries()) {
    const scope = item.scope ? await scopeKnown(tx, customer, known, item.scope, `items.${index}.scope`) : wholeCustomer
    scoped.push({ ...item, scope })
  }
  return scoped
}

const onlyOfKnown =
  'Single sites and records can be named only at a customer that you know, by its name and not by an address. Leave them out; the customer can give less.'
