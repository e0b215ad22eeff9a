// What the use cases about colleagues have in common: whose access it is, what they have, and telling of it.

import type { ReadTx, WriteTx } from '../../context/context.ts'
import { dayInWords } from '../../kernel/instant.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import type { GrantFact } from '../../law/facts.ts'
import { standing } from '../../law/grants-in-force.ts'
import { accessSays, accessWords } from '../grants/access-rules.ts'
import { send, threadOf } from '../grants/letter-steps.ts'
import { standingGrants } from '../grants/preview-steps.ts'
import { endsOn, type Grant, rolesThatMay } from '../grants/rules.ts'
import { nameOf, personOf } from '../organizations/actor-rules.ts'
import { type Organization, organizationAt, type PersonAt, peopleWorkingAt } from '../organizations/steps.ts'
import type { ColleagueFacts } from './letters.ts'

export interface Place {
  readonly customer: Organization
  readonly partner: Organization
  readonly people: readonly PersonAt[]
  /** What decides for the acting person there. */
  readonly own: readonly GrantFact[]
}

/** The customer that the question was about, the acting person's partner, and who works there. */
export async function placeOf(tx: ReadTx, customerId: string, home: string): Promise<Place> {
  const customer = await organizationAt(tx, customerId)
  const partner = await organizationAt(tx, home)
  return { customer, partner, people: await peopleWorkingAt(tx, home), own: standing(tx.facts).used }
}

/** Somebody else of the acting person's partner (C-A11, CD-053). */
export function colleagueAmong(tx: ReadTx, people: readonly PersonAt[], personId: string): PersonAt {
  if (personId === personOf(tx.actor)) refuse('not-allowed', 'Nobody changes their own access. Nothing was changed.')
  return people.find(({ id }) => id === personId) ?? refuseField('personId', 'This is nobody of your organization.')
}

/** What the colleague was given by name and has still; what waits to be confirmed is the customer's to confirm. */
export async function hasByName(
  tx: ReadTx,
  { customer, partner }: Pick<Place, 'customer' | 'partner'>,
  personId: string,
): Promise<Grant[]> {
  const grants = (await standingGrants(tx, customer.id, partner.id)).filter(({ person }) => person?.id === personId)
  const unconfirmed = grants.find(({ confirmedAt }) => confirmedAt === null)
  if (unconfirmed)
    refuse('not-allowed', `What ${unconfirmed.person?.name} has waits for ${customer.name} to confirm it. Nothing was changed.`)
  return grants.filter(({ until }) => until > tx.now)
}

export function factsOf(tx: WriteTx, grant: Grant, reason: string | null): ColleagueFacts {
  return {
    customer: grant.customer.name,
    partner: grant.partner.name,
    by: nameOf(tx.actor),
    who: grant.person?.name ?? '',
    level: accessWords(tx.law, grant),
    says: accessSays(tx.law, grant),
    until: dayInWords(endsOn(grant)),
    zone: grant.customer.timeZone,
    reason,
    link: `${tx.settings.publicUrl}/access/${grant.id}`,
  }
}

/** To whoever manages access at the customer, and to the person. */
export function tell(tx: WriteTx, letter: string, content: Parameters<typeof send>[2], grant: Grant): void {
  const customers = { everyoneIn: grant.customer.id, roles: rolesThatMay(tx.law, 'customer', 'access:give') }
  const to = grant.person === null ? [customers] : [customers, { person: grant.person.id }]
  send(tx, letter, content, { ...grant, thread: threadOf(grant) }, to)
}
