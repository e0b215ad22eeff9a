// The people and partners named on records: taken away and named anew where a line says otherwise.
import type { WriteTx } from '../../context/context.ts'
import { type Key, noteChanges, type Run } from './places-store.ts'
import { addContacts, addRecordPartners, type ContactValues, type Named, type RecordPartnerValues, takeNames } from './records-store.ts'
import type { Things } from './references.ts'
import { canonical } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type RecordLine = LineOf<'record'>
export interface SavedRecord {
  readonly line: RecordLine
  /** Undefined: the record is new. */
  readonly before: RecordLine | undefined
  readonly id: number
}

export const sameKey = (recordKind: string, id: string) => JSON.stringify([recordKind, id])

export async function saveNames(tx: WriteTx, run: Run, records: readonly SavedRecord[], things: Things): Promise<void> {
  const contactsDiffer = records.filter(({ line, before }) => !before || canonical(line.contacts) !== canonical(before.contacts))
  const contacts = contactsDiffer.flatMap((record) => contactValues(record, things))
  const people = await take(tx, 'record_people', contactsDiffer)
  if (contacts.length > 0) await addContacts(tx, contacts)
  await noteChanges(
    tx,
    run,
    'record_people',
    keys(
      people,
      contacts.map(({ kind, record_id, relation, person_id }) => [kind, record_id, relation, person_id]),
    ),
    rowsOf(people),
  )

  const partnersDiffer = records.filter(
    ({ line, before }) => !before || canonical([line.partners, line.updatedAt]) !== canonical([before.partners, before.updatedAt]),
  )
  const partners = partnersDiffer.flatMap((record) => partnerValues(record, things))
  const taken = await take(tx, 'record_partners', partnersDiffer)
  if (partners.length > 0) await addRecordPartners(tx, partners)
  await noteChanges(
    tx,
    run,
    'record_partners',
    keys(
      taken,
      partners.map(({ kind, record_id, relation, partner_id }) => [kind, record_id, relation, partner_id]),
    ),
    rowsOf(taken),
  )
}

async function take(tx: WriteTx, table: 'record_people' | 'record_partners', records: readonly SavedRecord[]): Promise<Named[]> {
  const known = records.filter(({ before }) => before).map(({ line, id }) => ({ kind: line.recordKind, id }))
  const taken = known.length > 0 ? await takeNames(tx, table, known) : []
  // The key as this program writes it.
  return taken.map(({ key, row }) => ({ key: JSON.stringify(JSON.parse(key)), row }))
}

const rowsOf = (taken: readonly Named[]) => new Map(taken.map(({ key, row }) => [key, row]))

/** Those that were there and those that are there now, once each. */
const keys = (taken: readonly Named[], added: readonly Key[]): Key[] =>
  [...new Set([...taken.map(({ key }) => key), ...added.map((key) => JSON.stringify(key))])].map((key) => JSON.parse(key) as Key)

/** Null: the record is nobody's. */
export const customerNoOf = ({ customer }: RecordLine, things: Things): number | null =>
  customer === null ? null : things.get({ to: 'customer', id: customer }).customerNo

function contactValues({ line, id }: SavedRecord, things: Things): ContactValues[] {
  const customerNo = customerNoOf(line, things)
  return (line.contacts ?? []).map(({ person, relation, addedAt, addedBy }) => ({
    kind: line.recordKind,
    record_id: id,
    relation,
    person_id: things.get({ to: 'person', id: person }).id,
    customer_no: customerNo,
    added_by: addedBy ? things.get({ to: 'person', id: addedBy }).id : null,
    added_at: addedAt ?? line.createdAt,
  }))
}

function partnerValues({ line, id }: SavedRecord, things: Things): RecordPartnerValues[] {
  const customerNo = customerNoOf(line, things)
  return (line.partners ?? []).map(({ partner, relation }) => ({
    kind: line.recordKind,
    record_id: id,
    relation,
    partner_id: things.get({ to: 'partner', id: partner }).id,
    customer_no: customerNo,
    updated_at: line.updatedAt ?? line.createdAt,
  }))
}
