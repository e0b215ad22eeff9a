// Lets somebody go, or takes them in again: a customer's contact, or a partner's person who leaves at all customers at once (OR-102, BX-04).
import type { Context, WriteTx } from '../../context/context.ts'
import { takingAway } from '../../context/taking-away.ts'
import { parseEmailAddress } from '../../kernel/email-address.ts'
import { asId, type OrganizationId } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Action } from '../../law/law.ts'
import { openStates } from '../../law/law.ts'
import { rolesThatMay } from '../grants/rules.ts'
import { takePlace } from './add-person.ts'
import { aboutOf, postToAddress, tellStandIns } from './announce-steps.ts'
import { changingOne, type One } from './change-one.ts'
import { endEntry } from './entry-store.ts'
import { letGo } from './leave-store.ts'
import { leaverLetter, letGoLetter } from './letters.ts'
import { atCustomer, atHome, customersShown, type LetGo, type Receipt } from './receipt-rules.ts'
import { nothingHeld, type Place, refuseUngiven, refuseWithoutAdministrator } from './rules.ts'
import { currentMembers, powersAt, recordOf, refuseGone, viewOfOne } from './steps.ts'
import type { Contact, ContactView } from './view-rules.ts'

export interface Gone extends Receipt {
  readonly contact: ContactView
  /** What ended and what is left, customer by customer. */
  readonly customers: readonly (Receipt & { readonly id: string; readonly name: string })[]
}

/** Everything that they had by the organization ends in one transaction; each customer that it concerned is told once. */
export function disablePerson(ctx: Context, input: One): Promise<Gone> {
  return changingOne(takingAway(ctx), input, async (tx, place, contact) => {
    refuseGone(contact)
    refuseUngiven(tx.law, await powersAt(tx, place), contact, nothingHeld)
    const before = await currentMembers(tx, place.id)
    const gone = contact.member === null ? await endOfEntry(tx, contact) : await letGo(tx, contact.member.personId, place.id, openWork(tx))
    if (!gone) refuse('stale', 'Somebody else changed this entry at the same moment. Nothing was changed. Look again.')
    const after = await currentMembers(tx, place.id)
    refuseWithoutAdministrator(tx.law, before, after)
    tellStandIns(tx, place, before, after)
    // An entry alone opened nothing, so to whoever has the address nothing ended.
    if (contact.member !== null) postToAddress(tx, 'people-let-go', contact.email, letGoLetter(aboutOf(tx, place)))
    const names = { person: contact.name, organization: place.name }
    const home = atHome(names, gone)
    recordOf(tx, place, 'person.disabled', contact, { ended: home.ended, left: home.left })
    const told = Object.keys(gone.customers).filter((id) => id !== place.id)
    for (const id of told) tellCustomer(tx, place, contact, gone, id)
    const shown = [...customersShown(gone)].filter((id) => gone.customers[id] !== undefined)
    const customers = shown.map((id) => ({ id, name: gone.customers[id] as string, ...atCustomer(tx.law, names, gone, id) }))
    return { contact: await viewOfOne(tx, place, contact.id), ...home, customers }
  })
}

/** Somebody who is only written down has nothing that could end. */
async function endOfEntry(tx: WriteTx, { id }: Contact): Promise<LetGo | null> {
  if (!(await endEntry(tx, id))) return null
  return {
    sessions: 0,
    keys: [],
    keysLeft: [],
    groups: [],
    everyone: [],
    grants: [],
    requests: [],
    handedOver: [],
    withoutHeir: [],
    copied: [],
    customers: {},
  }
}

const openWork = ({ law }: WriteTx) =>
  [...law.kinds.values()].map((kind) => ({
    kind: kind.kind,
    open: openStates(kind),
    roles: rolesThatMay(law, 'customer', `${kind.kind}:be_point_of_contact` as Action),
  }))

function tellCustomer(tx: WriteTx, place: Place, contact: Contact, gone: LetGo, id: string): void {
  const name = gone.customers[id] as string
  const { ended, left } = atCustomer(tx.law, { person: contact.name, organization: place.name }, gone, id)
  const withdrawn = gone.requests
    .filter(({ customer }) => customer === id)
    .map(({ number }) => `The request R-${number} for access is withdrawn.`)
  const customerId = asId<OrganizationId>(id)
  // What the partner may not know stands in the customer's history alone (O-A14).
  const partnerMayKnow = place.side !== 'customer' && customersShown(gone).has(id)
  const about = { customerId, ...(partnerMayKnow ? { partnerId: place.id } : {}) }
  tx.post({
    letter: 'partner-person-left',
    to: { everyoneIn: customerId, roles: rolesThatMay(tx.law, 'customer', 'access:give') },
    ...leaverLetter(aboutOf(tx, place), contact.name, name, { ended: [...ended, ...withdrawn], left }),
    ...about,
    onlyIf: { action: 'access:give', on: { kind: 'customer', id } },
    thread: `access/${id}/${place.id}`,
  })
  tx.record({
    what: 'person.left',
    ...about,
    on: { kind: 'person', id: contact.id },
    detail: { person: contact.name, organization: place.name, customer: name, ended, left },
  })
  for (const grant of gone.grants.filter(({ customer }) => customer === id))
    tx.record({
      what: 'grant.relinquished',
      ...about,
      on: { kind: 'grant', id: grant.id },
      detail: { number: grant.number, person: contact.name, partner: place.name, customer: name, level: grant.level, rights: grant.rights },
    })
}

/** They come back with the roles that they had, as whoever takes them in may give them. Who meanwhile is at home elsewhere is answered like anybody. */
export function enablePerson(ctx: Context, input: One): Promise<ContactView> {
  return changingOne(ctx, input, async (tx, place, contact) => {
    if (contact.state !== 'disabled') refuse('stale', `${contact.name} is among these people already. Nothing was changed.`)
    refuseUngiven(tx.law, await powersAt(tx, place), nothingHeld, contact)
    const email = parseEmailAddress(contact.email) ?? refuse('stale', 'This address cannot be used any more. Add them anew.')
    const { name, roles, siteRoles, signsIn, member } = contact
    const held = { roles, siteRoles }
    return viewOfOne(tx, place, await takePlace(tx, place, { email, name, held, switches: member?.switches, signsIn }))
  })
}
