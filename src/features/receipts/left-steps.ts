// What is left after everything of a partner was removed: asked of the law, person by person, and not concluded from what ended.
import type { ReadTx } from '../../context/context.ts'
import { contactsAt } from '../contacts/steps.ts'
import type { Contact } from '../contacts/view-rules.ts'
import { namesInWords } from '../grants/rules.ts'
import { domainVerdict } from '../organizations/rules.ts'
import { type Organization, peopleWorkingAt } from '../organizations/steps.ts'

/** So many people of the partner are asked about one by one, and so many records counted of each. */
const mostPeople = 200
const mostRecords = 100

/** What the partner's people may still read of the customer's, one sentence for all of whom the same is true; or that it is nothing. */
export async function leftByLaw(tx: ReadTx, customer: Organization, partner: Organization): Promise<string[]> {
  const people = await peopleWorkingAt(tx, partner.id)
  const found: { name: string; reads: string }[] = []
  for (const { id, name } of people.slice(0, mostPeople)) {
    const reads = await stillReads(tx, customer, id)
    if (reads.length > 0) found.push({ name, reads: reads.join(', ') })
  }
  const unasked = people.length > mostPeople ? [`Only the first ${mostPeople} people of ${partner.name} were asked about one by one.`] : []
  if (found.length === 0) return [`Nobody at ${partner.name} has access to ${customer.name} any more.`, ...unasked]
  const alike = Map.groupBy(found, ({ reads }) => reads)
  return [
    ...[...alike].map(
      ([reads, some]) =>
        `${namesInWords(
          some.map(({ name }) => name),
          10,
        )} can still read ${reads}, which the portal itself allows.`,
    ),
    ...unasked,
  ]
}

async function stillReads(tx: ReadTx, customer: Organization, personId: string): Promise<string[]> {
  const reads: string[] = []
  for (const { kind, names } of tx.law.kinds.values()) {
    const search = { limit: mostRecords, after: null, within: { customerId: customer.id }, keep: () => true }
    const { items, more } = await tx.whichThings({ personId }, `${kind}:read`, kind, search)
    if (items.length > 0)
      reads.push(more ? `more than ${mostRecords} ${names.many}` : `${items.length} ${items.length === 1 ? names.one : names.many}`)
  }
  return reads
}

/** The customer's own people whose addresses are the partner's, or whom the partner's people added: a path that no removal of access ends. For the customer alone. */
export async function ownWithTheirAddresses(tx: ReadTx, customer: Organization, partner: Organization): Promise<string[]> {
  const own = (await peopleWorkingAt(tx, customer.id)).filter(({ email }) => domainVerdict(email, partner.emailDomain) === 'match')
  const added = (await addedBy(tx, customer, partner)).filter(({ email }) => !own.some((one) => one.email === email))
  return [
    ...own.map(
      ({ name, email }) =>
        `${name} (${email}) is one of your own people and has an address of ${partner.name}. Look at that under your people.`,
    ),
    ...added.map(
      ({ name, email }) =>
        `${name} (${email}) is among your people and was added by somebody of ${partner.name}. Look at that under your people.`,
    ),
  ]
}

/** Contacts that stand, and that people of the partner added: as the customer's own history has it. */
async function addedBy(tx: ReadTx, customer: Organization, partner: Organization): Promise<Contact[]> {
  const rows = await tx.sql
    .selectFrom('audit_entries')
    .select('on_id')
    .where('customer_id', '=', customer.id)
    .where('what', '=', 'person.added')
    .where('actor_organization_id', '=', partner.id)
    .execute()
  const ids = new Set(rows.map(({ on_id }) => on_id))
  return (await contactsAt(tx, customer)).filter(({ id, state }) => state !== 'disabled' && ids.has(id))
}
