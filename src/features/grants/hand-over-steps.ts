// When access becomes less, open work must not stay with somebody who cannot do it: the customer's acting person takes it over (O-A6, O-A13).
import type { WriteTx } from '../../context/context.ts'
import type { Action } from '../../law/law.ts'
import { openStates } from '../../law/law.ts'
import type { Organization } from '../organizations/steps.ts'
import { peopleWorkingAt } from '../organizations/steps.ts'
import { type AccessScope, heldAllows } from './access-rules.ts'
import { contactsOfOpen, dropContacts, handOverRecords, type OpenRecord } from './hand-over-store.ts'
import { type Holdings, heldBy } from './preview-rules.ts'
import { holdingsInForce, standingGrants } from './preview-steps.ts'
import { namesInWords } from './rules.ts'

/**
 * Looks at everybody of the partner as things stand now: whoever may not be point of contact any more hands over the customer's open
 * records to the acting person. Answers sentences for letters and pages.
 *
 * @param which of everything, closed records too, so that none of them leads back to who was named on it
 */
export async function handOver(
  tx: WriteTx,
  customer: Organization,
  partner: Pick<Organization, 'id' | 'name'>,
  which: 'open' | 'everything' = 'open',
): Promise<string[]> {
  const { actor, law } = tx
  if (actor.kind !== 'person' || actor.organizationId !== customer.id) return []
  const people = await peopleWorkingAt(tx, partner.id)
  const holdings = await holdingsNow(tx, customer, partner)
  const to = { id: actor.personId, name: actor.name, organization: actor.organizationName }
  const words: string[] = []
  for (const kind of law.kinds.values()) {
    const place = {
      kind: kind.kind,
      customerNo: customer.customerNo ?? -1,
      openStates: which === 'open' ? openStates(kind) : kind.states.map(({ code }) => code),
    }
    const action: Action = `${kind.kind}:be_point_of_contact`
    const named = await contactsOfOpen(tx, { ...place, people: people.map(({ id }) => id) })
    const over = named.filter((record) => !mayDo(tx, holdings, record, action))
    const moved = over.length === 0 ? [] : await handOverRecords(tx, { kind: kind.kind, customerNo: place.customerNo, records: over, to })
    if (moved.length === 0) continue
    const numbers = namesInWords(
      moved.map(({ number }) => number),
      10,
    )
    const before = namesInWords(people.filter(({ id }) => moved.some((one) => one.personId === id)).map(({ name }) => name))
    words.push(`${actor.name} is now the point of contact of ${numbers}, instead of ${before}.`)
    tx.record({
      what: `${kind.kind}.point_of_contact`,
      customerId: customer.id,
      partnerId: partner.id,
      detail: { number: numbers, person: actor.name, organization: actor.organizationName, before },
    })
  }
  return words
}

/** After a removal: whoever it was for and has no access left is no longer copied in on any record of the customer. */
export async function dropFromRecords(
  tx: WriteTx,
  customer: Organization,
  partner: Pick<Organization, 'id' | 'name'>,
  personId: string | null = null,
): Promise<void> {
  const holdings = await holdingsNow(tx, customer, partner)
  const people = personId === null ? (await peopleWorkingAt(tx, partner.id)).map(({ id }) => id as string) : [personId]
  const gone = people.filter((id) => heldBy(holdings, id).length === 0)
  for (const kind of tx.law.kinds.keys()) await dropContacts(tx, kind, customer.customerNo ?? -1, gone)
}

const holdingsNow = async (tx: WriteTx, customer: Organization, partner: Pick<Organization, 'id' | 'name'>): Promise<Holdings> =>
  holdingsInForce(tx, await standingGrants(tx, customer.id, partner.id))

function mayDo({ law }: WriteTx, holdings: Holdings, record: OpenRecord, action: Action): boolean {
  return heldAllows(law, heldBy(holdings, record.personId), action, (scope) => isWithin(scope, record, action))
}

function isWithin(scope: AccessScope, record: OpenRecord, action: Action): boolean {
  if (scope.kind === 'sites') return scope.sites.some(({ siteNo }) => siteNo === record.siteNo)
  return scope.kind === 'all' || scope.records.some(({ kind, id }) => action.startsWith(`${kind}:`) && id === `${record.recordId}`)
}
