// When access becomes less, open work must not stay with somebody who cannot do it: the customer's people take it over (O-A6, O-A13, BX-12).
import type { WriteTx } from '../../context/context.ts'
import type { Action } from '../../law/law.ts'
import { openStates } from '../../law/law.ts'
import type { Organization } from '../organizations/steps.ts'
import { type PersonAt, peopleWorkingAt } from '../organizations/steps.ts'
import { type AccessScope, heldAllows } from './access-rules.ts'
import {
  contactsOfOpen,
  dropContacts,
  dropOwnContacts,
  giveToCustomer,
  handOverRecords,
  type OpenRecord,
  ownContactsOfOpen,
} from './hand-over-store.ts'
import { type Holdings, heldBy } from './preview-rules.ts'
import { holdingsInForce, standingGrants } from './preview-steps.ts'
import { namesInWords, rolesThatMay } from './rules.ts'

type Partner = Pick<Organization, 'id' | 'name'>

/**
 * Looks at everybody of the partner as things stand now: whoever may not be point of contact any more hands over the customer's open
 * records. At the customer the acting person takes them; where the partner gives up, or an access ended by its day, the customer's own people do, each
 * record's requester first. Answers sentences for letters and pages.
 *
 * @param which of everything, closed records too, so that none of them leads back to who was named on it
 * @param among only these people: whoever acts for a partner need not see what their colleagues have
 */
export async function handOver(
  tx: WriteTx,
  customer: Organization,
  partner: Partner,
  which: 'open' | 'everything' = 'open',
  among: readonly { readonly id: string }[] | null = null,
): Promise<string[]> {
  const from = sideOf(tx, customer, partner)
  if (from === null) return []
  const people = (await peopleWorkingAt(tx, partner.id)).filter(({ id }) => among === null || among.some((one) => one.id === id))
  const holdings = await holdingsNow(tx, customer, partner)
  const words: string[] = []
  for (const kind of tx.law.kinds.values()) {
    const states = which === 'open' ? openStates(kind) : kind.states.map(({ code }) => code)
    const place = { kind: kind.kind, customerNo: customer.customerNo ?? -1, openStates: states, people: people.map(({ id }) => id) }
    const named = await (from === 'customer' ? contactsOfOpen(tx, place) : ownContactsOfOpen(tx, place))
    const over = named.filter((record) => !mayDo(tx, holdings, record, `${kind.kind}:be_point_of_contact`))
    if (over.length > 0) words.push(...(await (from === 'customer' ? toActor : toCustomer)(tx, { customer, partner, people, place, over })))
  }
  return words
}

/** Who hands over: the customer's acting person, or (the partner's, or the server after a day that came) nobody of the customer; others do not. */
function sideOf({ actor }: WriteTx, customer: Organization, partner: Partner): 'customer' | 'partner' | null {
  if (actor.kind === 'system') return 'partner'
  if (actor.kind !== 'person') return null
  return actor.organizationId === customer.id ? 'customer' : actor.organizationId === partner.id ? 'partner' : null
}

interface Handing {
  readonly customer: Organization
  readonly partner: Partner
  readonly people: readonly PersonAt[]
  readonly place: { readonly kind: string; readonly customerNo: number }
  readonly over: readonly OpenRecord[]
}

async function toActor(tx: WriteTx, handing: Handing): Promise<string[]> {
  const { actor } = tx
  if (actor.kind !== 'person') return []
  const to = { id: actor.personId, name: actor.name, organization: actor.organizationName }
  const moved = await handOverRecords(tx, { ...handing.place, records: handing.over, to })
  return [told(tx, handing, actor.name, moved)]
}

async function toCustomer(tx: WriteTx, handing: Handing): Promise<string[]> {
  const { kind } = handing.place
  const heirs = await giveToCustomer(tx, kind, handing.over, rolesThatMay(tx.law, 'customer', `${kind}:be_point_of_contact`))
  const byHeir = Map.groupBy(handing.over, ({ recordId }) => heirs.get(Number(recordId)) ?? null)
  return [...byHeir].map(([heir, moved]) =>
    heir === null ? `Nobody could take over ${numbersOf(moved)}: name a point of contact there.` : told(tx, handing, heir, moved),
  )
}

const numbersOf = (records: readonly OpenRecord[]): string =>
  namesInWords(
    records.map(({ number }) => number),
    10,
  )

/** Records it, and says it. */
function told(tx: WriteTx, { customer, partner, people, place }: Handing, heir: string, moved: readonly OpenRecord[]): string {
  const number = numbersOf(moved)
  const before = namesInWords(people.filter(({ id }) => moved.some((one) => one.personId === id)).map(({ name }) => name))
  tx.record({
    what: `${place.kind}.point_of_contact`,
    customerId: customer.id,
    partnerId: partner.id,
    detail: { number, person: heir, organization: customer.name, before },
  })
  return `${heir} is now the point of contact of ${number}, instead of ${before}.`
}

/** After an end: whoever of these (null: everybody there) has no access left is no longer copied in on any record of the customer. */
export async function dropFromRecords(
  tx: WriteTx,
  customer: Organization,
  partner: Partner,
  among: readonly { readonly id: string }[] | null = null,
): Promise<void> {
  const from = sideOf(tx, customer, partner)
  const holdings = await holdingsNow(tx, customer, partner)
  const gone = (among ?? (await peopleWorkingAt(tx, partner.id))).map(({ id }) => id).filter((id) => heldBy(holdings, id).length === 0)
  for (const kind of tx.law.kinds.keys())
    await (from === 'partner' ? dropOwnContacts : dropContacts)(tx, kind, customer.customerNo ?? -1, gone)
}

const holdingsNow = async (tx: WriteTx, customer: Organization, partner: Partner): Promise<Holdings> =>
  holdingsInForce(tx, await standingGrants(tx, customer.id, partner.id))

function mayDo({ law }: WriteTx, holdings: Holdings, record: OpenRecord, action: Action): boolean {
  return heldAllows(law, heldBy(holdings, record.personId), action, (scope) => isWithin(scope, record, action))
}

function isWithin(scope: AccessScope, record: OpenRecord, action: Action): boolean {
  if (scope.kind === 'sites') return scope.sites.some(({ siteNo }) => siteNo === record.siteNo)
  return scope.kind === 'all' || scope.records.some(({ kind, id }) => action.startsWith(`${kind}:`) && id === `${record.recordId}`)
}
