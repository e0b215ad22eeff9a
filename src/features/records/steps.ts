// What other features do with a record inside an open door: whose it is, who is named on it, who may do what, and the marks of a change.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { decide } from '../../law/decide.ts'
import type { CustomerFact, Facts, RecordFact } from '../../law/facts.ts'
import { standing } from '../../law/grants-in-force.ts'
import type { Action, Side } from '../../law/law.ts'
import { nameablePeople, peopleOn } from './people-store.ts'
import { isOutside, type NamedPerson, nothingThere, recordToBeId } from './rules.ts'
import { changeRecord, type EventToKeep, keepEvent, type RecordChange, storedRecord } from './store.ts'

/** A record and whose it is. */
export interface RecordThere {
  readonly record: RecordFact
  readonly customer: CustomerFact
}

/** The record that facts are about. */
export function recordOf({ thing }: Facts): RecordThere {
  if (!thing?.record || !thing.customer) return refuse('not-found', nothingThere)
  return { record: thing.record, customer: thing.customer }
}

/** The record that the open door's question was about. */
export const recordThere = (tx: ReadTx): RecordThere => recordOf(tx.facts)

/** Everybody named on the record. */
export const peopleNamed = (tx: ReadTx, { record }: RecordThere): Promise<NamedPerson[]> => peopleOn(tx, record.kind, [record.id])

/** The facts of what each of the people may do to the record, from which the law decides as it does for whoever asks. */
export async function factsOfPeople(
  tx: ReadTx,
  there: RecordThere,
  people: readonly string[],
  named: readonly NamedPerson[],
): Promise<Map<string, Facts>> {
  const { record, customer } = there
  // A record that is only about to be opened is not there yet: its customer is.
  const on = record.id === recordToBeId ? ({ kind: 'customer', id: customer.id } as const) : onRecord(record)
  const found = await tx.factsOfPeople(people, on)
  return new Map(found.map((facts) => [facts.subject?.personId ?? '', asNamed(facts, record, named)]))
}

const onRecord = (record: RecordFact) => ({ kind: 'record', recordKind: record.kind, id: record.id }) as const

function asNamed(facts: Facts, record: RecordFact, named: readonly NamedPerson[]): Facts {
  const { subject, thing } = facts
  if (!thing) return facts
  const relations = named.filter(({ personId }) => personId === subject?.personId).map(({ relation }) => relation)
  const partners = thing.record?.partners ?? []
  return { ...facts, thing: { ...thing, on: onRecord(record), record: { ...record, relations, partners } } }
}

/** The ids of people who could be named on a customer's records, the customer's own first. */
export async function nameableAt(tx: ReadTx, customer: CustomerFact, search: string | undefined, limit: number): Promise<string[]> {
  return (await nameablePeople(tx, customer.number, search, limit)).map(({ personId }) => personId)
}

export const mayThey = (tx: ReadTx, action: Action, facts: Facts | undefined): boolean =>
  facts !== undefined && decide(tx.law, action, facts).allowed

/** The level that counts for somebody at the customer, and until when; null where none does. */
export function levelNow(facts: Facts | undefined): { level: string; until: string } | null {
  const used = facts ? standing(facts).used[0] : undefined
  return used ? { level: used.level ?? used.rights.join(', '), until: used.until } : null
}

export interface ReplyRecipient {
  readonly personId: string
  readonly name: string
  readonly organization: string
  readonly outside: boolean
}

/** Who gets what the actor writes on the record: everybody else named on it who may read it at this instant. Shown before sending, and sent to. */
export function recipientsAmong(
  tx: ReadTx,
  { record, customer }: RecordThere,
  named: readonly NamedPerson[],
  facts: ReadonlyMap<string, Facts>,
): ReplyRecipient[] {
  const me = tx.actor.kind === 'person' ? tx.actor.personId : null
  const others = named.filter(
    (person, index) => person.personId !== me && named.findIndex(({ personId }) => personId === person.personId) === index,
  )
  return others
    .filter(({ personId }) => mayThey(tx, `${record.kind}:read`, facts.get(personId)))
    .map(({ personId, name, organizationId, organizationName }) => ({
      personId,
      name,
      organization: organizationName ?? '',
      outside: isOutside(organizationId, customer.id),
    }))
}

export async function recipientsOf(tx: ReadTx, there: RecordThere): Promise<ReplyRecipient[]> {
  const named = await peopleNamed(tx, there)
  const facts = await factsOfPeople(
    tx,
    there,
    named.map(({ personId }) => personId),
    named,
  )
  return recipientsAmong(tx, there, named, facts)
}

/** Changes the record (at least the instant of its last change). Refuses where somebody else changed its state meanwhile (409). */
export async function change(tx: WriteTx, { record }: RecordThere, changes: RecordChange = {}): Promise<void> {
  if (!(await changeRecord(tx, record, changes)))
    refuse('stale', 'Somebody else changed this at the same moment. Nothing was changed. Read it again.')
}

/** The record's attributes, to change some. */
export async function attributesThere(tx: WriteTx, { record }: RecordThere): Promise<Record<string, unknown>> {
  return (await storedRecord(tx, record))?.attributes ?? refuse('not-found', nothingThere)
}

/** Writes down what happened in the record's own history and in the audit. */
export async function tell(tx: WriteTx, there: RecordThere, event: EventToKeep): Promise<void> {
  await keepEvent(tx, there.record, there.customer.number, event)
  note(tx, there, event)
}

/** Writes down what happened in the audit alone: who, for whom, by which grant. For what the record shows by itself, such as a message. */
export function note(tx: WriteTx, { record, customer }: RecordThere, { what, detail }: EventToKeep): void {
  const { subject } = tx.facts
  const partner = subject?.side === 'partner' ? subject : null
  tx.record({
    what: `${record.kind}.${what}`,
    customerId: customer.id,
    partnerId: partner?.organizationId ?? null,
    on: { kind: record.kind, id: record.id },
    grantId: tx.decision.grant?.id ?? null,
    detail: { number: record.number, title: record.title, customer: customer.name, for: partner ? customer.name : null, ...detail },
  })
}

/** Somebody who acts, and for whom: a partner's person acts for the record's customer. */
export interface Acting {
  readonly personId: string
  readonly name: string
  readonly organizationId: string
  readonly organizationName: string
  readonly side: Side
}

/** The person who acts, as the question's facts know them. Keys ask questions; they write nothing on records. */
export function actingPerson(tx: ReadTx): Acting {
  const { subject } = tx.facts
  if (!subject?.personId || !subject.organizationId) return refuse('not-allowed', 'Only people write here. Nothing was changed.')
  const { personId, name, organizationId, organizationName, side } = subject
  return { personId, name, organizationId, organizationName, side }
}
