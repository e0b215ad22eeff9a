// Who could be named on a customer's records, and what each of them could be there, inside an open door.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'
import { refuseField } from '../../kernel/refusal.ts'
import type { Facts } from '../../law/facts.ts'
import { type Action, levelOf } from '../../law/law.ts'
import { kindOf } from '../records/rules.ts'
import { actingPerson, factsOfPeople, levelNow, mayThey, nameableAt, type RecordThere } from '../records/steps.ts'
import type { About } from './letters.ts'
import { hasNoAccess, type Standing, whyNotPointOfContact } from './rules.ts'

/** How the people stand to the customer at this instant; who has nothing to do with it is left out. */
async function standingOf(tx: ReadTx, there: RecordThere, people: readonly string[]): Promise<Map<string, Standing>> {
  const facts = await factsOfPeople(tx, there, people, [])
  const standings = [...facts.values()].flatMap((person) => standingFrom(tx, there, person) ?? [])
  return new Map(standings.map((standing) => [standing.personId, standing]))
}

function standingFrom(tx: ReadTx, { record, customer }: RecordThere, facts: Facts): Standing | undefined {
  const { subject } = facts
  if (!subject?.personId || !subject.organizationId || subject.suspended) return undefined
  const own = subject.organizationId === customer.id
  const now = levelNow(facts)
  if (!own && !now) return undefined
  return {
    personId: subject.personId,
    name: subject.name,
    organizationId: subject.organizationId,
    organizationName: subject.organizationName,
    own,
    level: now ? (levelOf(tx.law, now.level)?.name ?? now.level) : null,
    mayBePointOfContact: own || mayThey(tx, `${record.kind}:be_point_of_contact`, facts),
  }
}

export interface ContactChoice {
  readonly personId: string
  readonly name: string
  readonly organization: string
  readonly mayBePointOfContact: boolean
  /** Why not, in one line; null where they may. */
  readonly why: string | null
}

export interface ContactChoices {
  /** The customer's own people, first (OR-084). */
  readonly own: ContactChoice[]
  readonly partners: ContactChoice[]
}

/** Most people offered at once; a search narrows. */
const mostChoices = 500

/** Who could be named on the customer's records: its own people, then people with access, those who cannot be point of contact with the reason. */
export async function contactChoices(tx: ReadTx, there: RecordThere, search: string | undefined): Promise<ContactChoices> {
  const ids = await nameableAt(tx, there.customer, search?.trim() || undefined, mostChoices)
  const standings = await standingOf(tx, there, ids)
  const sufficient = levelNameFor(tx, `${there.record.kind}:be_point_of_contact`)
  const choices = ids.flatMap((id) => standings.get(id) ?? [])
  const choice = (standing: Standing): ContactChoice => ({
    personId: standing.personId,
    name: standing.name,
    organization: standing.organizationName,
    mayBePointOfContact: standing.mayBePointOfContact,
    why: whyNotPointOfContact(standing, sufficient),
  })
  return { own: choices.filter(({ own }) => own).map(choice), partners: choices.filter(({ own }) => !own).map(choice) }
}

/** The name of the lowest level that allows an action. */
const levelNameFor = (tx: ReadTx, action: Action): string | undefined => tx.law.levels.find(({ may }) => may.has(action))?.name

/**
 * Somebody who may be named on the customer's records (O-A7, O-A22): one of its own people, or a person with access; a partner names only the
 * customer's and its own people. Refuses everybody else with one sentence, whether there is such a person or not (field as given).
 */
export async function nameable(tx: ReadTx, there: RecordThere, personId: string, field: string): Promise<Standing> {
  const { customer } = there
  const standing = isUuid(personId) ? (await standingOf(tx, there, [personId])).get(personId) : undefined
  const home = tx.facts.subject?.organizationId
  const mayKnow = standing && (standing.own || home === customer.id || home === standing.organizationId)
  return mayKnow ? standing : refuseField(field, hasNoAccess(customer.name))
}

/** Somebody who may be point of contact (OR-075, OR-086). */
export async function nameableAsPointOfContact(tx: ReadTx, there: RecordThere, personId: string, field: string): Promise<Standing> {
  const standing = await nameable(tx, there, personId, field)
  const why = whyNotPointOfContact(standing, levelNameFor(tx, `${there.record.kind}:be_point_of_contact`))
  return why === null ? standing : refuseField(field, `${standing.name} cannot be point of contact. ${why}`)
}

/** What the letters about a record need of it, and the name of whoever acts: "Priya Raman (Larkfield) for Acme Robotics". */
export function aboutLetters(tx: WriteTx, { record, customer }: RecordThere): { about: About; by: string } {
  const { name, organizationName, side } = actingPerson(tx)
  return {
    about: { record, customer, one: kindOf(tx.law, record.kind).names.one, publicUrl: tx.settings.publicUrl },
    by: `${name} (${organizationName})${side === 'partner' ? ` for ${customer.name}` : ''}`,
  }
}
