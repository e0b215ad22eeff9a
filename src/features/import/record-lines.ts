// Lines of records: how each stands, and the people and partners named on it.

import { noteChanges, rowsBefore } from './places-store.ts'
import { sameKey, saveNames } from './record-names.ts'
import { addRecords, changeRecords, type RecordRow, type RecordValues, recordsNamed } from './records-store.ts'
import type { Reference, Things } from './references.ts'
import { canonical, type Given, type LineFault, or, type Standing, type WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type RecordLine = LineOf<'record'>

export function recordLine(row: RecordRow): RecordLine {
  return {
    kind: 'record',
    recordKind: row.kind,
    id: row.external_id,
    customer: row.customer,
    number: row.number,
    title: row.title,
    state: row.state,
    attributes: row.attributes as RecordLine['attributes'],
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    contacts: (row.contacts ?? []).map(({ person, relation, added_at, added_by }) => ({
      person,
      relation: relation as 'requester',
      addedAt: new Date(added_at).toISOString(),
      addedBy: added_by,
    })),
    partners: row.partners ?? [],
  }
}

const customerOf = (line: RecordLine): Reference => ({ to: 'customer', id: line.customer, field: 'customer' })
const keyOf = (line: RecordLine) => sameKey(line.recordKind, line.id)

export const recordLines: WorldKind<RecordLine> = {
  keyOf,
  references: (line) => [
    customerOf(line),
    ...(line.contacts ?? []).flatMap(({ person, addedBy }, place): Reference[] => [
      { to: 'person', id: person, field: `contacts.${place}.person` },
      ...(addedBy ? [{ to: 'person' as const, id: addedBy, field: `contacts.${place}.addedBy` }] : []),
    ]),
    ...(line.partners ?? []).map(({ partner }, place): Reference => ({ to: 'partner', id: partner, field: `partners.${place}.partner` })),
  ],
  standing: async (tx, lines) => {
    const standing = new Map<string, Standing<RecordLine>>()
    for (const [kind, ofKind] of Map.groupBy(lines, (line) => line.recordKind)) {
      for (const row of await recordsNamed(
        tx,
        kind,
        ofKind.map((line) => line.id),
      )) {
        standing.set(sameKey(row.kind, row.external_id), { line: recordLine(row), id: String(row.id) })
      }
    }
    return standing
  },
  complete,
  save: async (tx, run, changes, { things }) => {
    const added = changes.filter(({ standing }) => !standing).map(({ line }) => line)
    const changed = changes.flatMap(({ standing, line }) => (standing ? [{ line, before: standing.line, id: Number(standing.id) }] : []))
    const before = await rowsBefore(
      tx,
      'records',
      changed.map(({ line, id }) => [line.recordKind, id]),
    )
    const ids =
      added.length > 0
        ? await addRecords(
            tx,
            added.map((line) => valuesOf(line, things)),
          )
        : new Map<string, number>()
    if (changed.length > 0)
      await changeRecords(
        tx,
        changed.map(({ line, id }) => ({ ...valuesOf(line, things), id })),
      )
    const all = [...added.map((line) => ({ line, before: undefined, id: ids.get(keyOf(line)) ?? 0 })), ...changed]
    await noteChanges(
      tx,
      run,
      'records',
      all.map(({ line, id }) => [line.recordKind, id]),
      before,
    )
    await saveNames(tx, run, all, things)
  },
}

function complete(line: RecordLine, standing: Standing<RecordLine> | undefined, { law }: Given): RecordLine | LineFault {
  const kind = law.kinds.get(line.recordKind)
  if (!kind)
    return { field: 'recordKind', expected: `expected a kind of record of the portal definition: ${[...law.kinds.keys()].join(', ')}` }
  if (!kind.states.some(({ code }) => code === line.state)) {
    return { field: 'state', expected: `expected a state of a ${kind.names.one}: ${kind.states.map(({ code }) => code).join(', ')}` }
  }
  const before = standing?.line
  if (before && before.customer !== line.customer) {
    return {
      field: 'customer',
      expected: `expected "${before.customer}": a record never moves to another customer, who would see its past`,
      conflict: true,
    }
  }
  const createdAt = line.createdAt
  const contacts = (line.contacts ?? before?.contacts ?? []).map((contact) => {
    const known = before?.contacts?.find(({ person, relation }) => person === contact.person && relation === contact.relation)
    return {
      person: contact.person,
      relation: contact.relation,
      addedAt: or(contact.addedAt, known?.addedAt, createdAt),
      addedBy: or(contact.addedBy, known?.addedBy, null),
    }
  })
  if (contacts.filter(({ relation }) => relation === 'point_of_contact').length > 1)
    return { field: 'contacts', expected: 'expected at most one point of contact' }
  const names = [
    ...contacts.map(({ relation, person }) => `${relation} ${person}`),
    ...(line.partners ?? []).map(({ relation, partner }) => `${relation} ${partner}`),
  ]
  if (new Set(names).size < names.length) return { field: 'contacts', expected: 'expected nobody twice in one relation' }
  return {
    ...line,
    number: or(line.number, before?.number, line.id.slice(0, 64)),
    attributes: or(line.attributes, before?.attributes, {}),
    updatedAt: or(line.updatedAt, before?.updatedAt, createdAt),
    contacts: contacts.sort((a, b) => ordered([a.relation, a.person], [b.relation, b.person])),
    partners: [...(line.partners ?? before?.partners ?? [])].sort((a, b) => ordered([a.relation, a.partner], [b.relation, b.partner])),
  }
}

const ordered = (a: unknown, b: unknown): number => {
  const [first, second] = [canonical(a), canonical(b)]
  return first < second ? -1 : Number(first > second)
}

function valuesOf(line: RecordLine, things: Things): RecordValues {
  return {
    kind: line.recordKind,
    external_id: line.id,
    customer_no: things.get(customerOf(line)).customerNo ?? -1,
    number: line.number ?? line.id,
    title: line.title,
    state: line.state,
    attributes: line.attributes ?? {},
    created_at: line.createdAt,
    updated_at: line.updatedAt ?? line.createdAt,
  }
}
