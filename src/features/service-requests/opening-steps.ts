// Opening a record inside an open door: kept, named, told of and written about, whatever it was opened for.
import type { WriteTx } from '../../context/context.ts'
import { asId, type PersonId } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { KindLaw } from '../../law/law.ts'
import { postTo, threadOf } from '../conversations/steps.ts'
import { nothingThere } from '../records/rules.ts'
import { actingPerson, type RecordThere, tell } from '../records/steps.ts'
import { openedLetter } from './letters.ts'
import { recordToBe, rolesThatReadAll, type Standing } from './rules.ts'
import { aboutLetters, nameableAsPointOfContact } from './steps.ts'
import { keepNewRecord, namePerson } from './store.ts'

export interface Opening {
  readonly kind: KindLaw
  readonly title: string
  readonly description: string
  /** Whoever opens it, unless said otherwise. */
  readonly pointOfContactId: string | undefined
  /** Further lines of the letter, above what is described. */
  readonly lines?: readonly string[]
}

/** For the customer of the open door's question. Who opened it and who is its point of contact are two fields (O-A9). */
export async function openInside(tx: WriteTx, { kind, title, description, pointOfContactId, lines = [] }: Opening): Promise<RecordThere> {
  const customer = tx.facts.thing?.customer ?? refuse('not-found', nothingThere)
  const { personId } = actingPerson(tx)
  const named = pointOfContactId ?? personId
  const contact =
    named === personId
      ? undefined
      : await nameableAsPointOfContact(tx, { record: recordToBe(kind, title), customer }, named, 'pointOfContactId')
  const record = await keepNewRecord(tx, {
    kind: kind.kind,
    customerNo: customer.number,
    prefix: kind.names.number,
    title,
    state: kind.opensAs,
    attributes: { description },
  })
  await namePerson(tx, record, customer.number, 'requester', personId, personId)
  await namePerson(tx, record, customer.number, 'point_of_contact', named, personId)
  const there = { record, customer }
  await tellOpened(tx, there, contact)
  postOpened(tx, there, contact, { description, lines })
  return there
}

async function tellOpened(tx: WriteTx, there: RecordThere, contact: Standing | undefined): Promise<void> {
  const { name, organizationName, organizationId } = actingPerson(tx)
  await tell(tx, there, {
    what: 'opened',
    detail: {
      by: name,
      byOrganization: organizationName,
      pointOfContact: contact?.name ?? name,
      pointOfContactOrganization: contact?.organizationName ?? organizationName,
      ...(organizationId === there.customer.id ? {} : { for: there.customer.name }),
    },
  })
}

const aboutRecord = ({ record, customer }: RecordThere) => ({
  customerId: customer.id,
  onlyIf: { action: `${record.kind}:read`, on: { kind: 'record', recordKind: record.kind, id: record.id } } as const,
  thread: threadOf(record),
})

/** To whoever chose to hear of new ones at this customer, themselves alone (OR-067, OR-068). Their right to it is asked about when it is sent. */
function postToSubscribers(tx: WriteTx, there: RecordThere, except: PersonId, letter: ReturnType<typeof openedLetter>): void {
  const { onlyIf, ...about } = aboutRecord(there)
  for (const { code, whenOpened } of tx.law.notices.values()) {
    if (whenOpened !== there.record.kind) continue
    const mayGetIt = { action: `notice:${code}`, on: { kind: 'customer', id: there.customer.id } } as const
    const to = { subscribersExcept: except }
    tx.post({ ...about, letter: 'record-opened', to, ...letter, notice: code, onlyIf: { all: [onlyIf, mayGetIt] } })
  }
}

/** Both the one who opened it and the point of contact get a letter (OR-076); the customer always hears of what is opened in its name. */
function postOpened(
  tx: WriteTx,
  there: RecordThere,
  contact: Standing | undefined,
  said: { description: string; lines: readonly string[] },
): void {
  const { record, customer } = there
  const person = actingPerson(tx)
  const { about, by } = aboutLetters(tx, there)
  const pointOfContact = `${contact?.name ?? person.name} (${contact?.organizationName ?? person.organizationName})`
  const letter = openedLetter(about, by, pointOfContact, said)
  postTo(tx, there, [person, ...(contact ? [contact] : [])], 'record-opened', letter)
  if (person.organizationId !== customer.id && !contact?.own) {
    const to = { everyoneIn: customer.id, roles: rolesThatReadAll(tx.law, record.kind) }
    tx.post({ ...aboutRecord(there), letter: 'record-opened', to, ...letter, notice: 'answers' })
  }
  postToSubscribers(tx, there, asId(person.personId), letter)
}
