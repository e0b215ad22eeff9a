// Lines of records: how each stands, where it belongs, and the people and partners named on it.
import type { WriteTx } from '../../context/context.ts'
import { findThings } from './find-things.ts'
import { noteChanges, rowsBefore } from './places-store.ts'
import { recordMisfit, stateFault } from './record-checks.ts'
import { customerNoOf, type SavedRecord, sameKey, saveNames } from './record-names.ts'
import { addRecords, changeRecords, linkRecords, type RecordRow, type RecordValues, recordsNamed } from './records-store.ts'
import type { Reference, Things } from './references.ts'
import { siteReference } from './site-lines.ts'
import { canonical, type Given, type LineFault, or, type Standing, type WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type RecordLine = LineOf<'record'>

export function recordLine(row: RecordRow): RecordLine {
  return {
    kind: 'record',
    recordKind: row.kind,
    id: row.external_id,
    customer: row.customer,
    site: row.site,
    partOf: row.partOf,
    refersTo: row.refersTo,
    number: row.number,
    title: row.title,
    state: row.state,
    attributes: row.attributes as RecordLine['attributes'],
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    contacts: row.contacts
      .map(({ person, relation, added_at, added_by }) => ({
        person,
        relation,
        addedAt: new Date(added_at).toISOString(),
        addedBy: added_by,
      }))
      .sort((a, b) => ordered([a.relation, a.person], [b.relation, b.person])),
    partners: (row.partners ?? []).sort((a, b) => ordered([a.relation, a.partner], [b.relation, b.partner])),
  }
}

const customerOf = (line: RecordLine): Reference[] =>
  line.customer === null ? [] : [{ to: 'customer', id: line.customer, field: 'customer' }]
const siteOf = ({ customer, site }: RecordLine): Reference[] => (customer !== null && site ? [siteReference(customer, site, 'site')] : [])
const linked = (link: RecordLine['partOf'], field: string): Reference[] =>
  link ? [{ to: 'record', within: link.recordKind, id: link.id, field }] : []
const referencesOf = (line: RecordLine): Reference[] => [
  ...customerOf(line),
  ...siteOf(line),
  ...linked(line.partOf, 'partOf.id'),
  ...linked(line.refersTo, 'refersTo.id'),
  ...(line.contacts ?? []).flatMap(({ person, addedBy }, place): Reference[] => [
    { to: 'person', id: person, field: `contacts.${place}.person` },
    ...(addedBy ? [{ to: 'person' as const, id: addedBy, field: `contacts.${place}.addedBy` }] : []),
  ]),
  ...(line.partners ?? []).map(({ partner }, place): Reference => ({ to: 'partner', id: partner, field: `partners.${place}.partner` })),
]
const keyOf = (line: RecordLine) => sameKey(line.recordKind, line.id)

export const recordLines: WorldKind<RecordLine> = {
  keyOf,
  references: referencesOf,
  misfit: recordMisfit,
  standing: async (tx, lines) => {
    const rows = await recordsNamed(
      tx,
      lines.map(({ recordKind, id }) => ({ recordKind, id })),
    )
    return new Map(
      rows.map((row): [string, Standing<RecordLine>] => [
        sameKey(row.kind, row.external_id),
        { line: recordLine(row), id: String(row.id) },
      ]),
    )
  },
  complete,
  save: async (tx, run, changes) => {
    // What a line leaves out stays as it is, and is looked up only now.
    const things = await findThings(
      tx,
      changes.flatMap(({ line }) => referencesOf(line)),
    )
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
    await saveLinks(tx, all, ids, things)
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

/** @param ids of the new records of the batch, by their keys */
async function saveLinks(tx: WriteTx, records: readonly SavedRecord[], ids: ReadonlyMap<string, number>, things: Things): Promise<void> {
  const idOf = (link: RecordLine['partOf']) => {
    const [reference] = linked(link, '')
    return link && reference ? Number(things.find(reference)?.id ?? ids.get(sameKey(link.recordKind, link.id))) : null
  }
  const links = records
    .filter(({ line, before }) => canonical(linksOf(line)) !== canonical(linksOf(before)))
    .map(({ line, id }) => ({
      kind: line.recordKind,
      id,
      parent_kind: line.partOf?.recordKind ?? null,
      parent_id: idOf(line.partOf),
      reference_kind: line.refersTo?.recordKind ?? null,
      reference_id: idOf(line.refersTo),
    }))
  if (links.length > 0) await linkRecords(tx, links)
}

const linksOf = (line: RecordLine | undefined) => [line?.partOf ?? null, line?.refersTo ?? null]

function complete(line: RecordLine, standing: Standing<RecordLine> | undefined, { law }: Given): RecordLine | LineFault {
  const before = standing?.line
  const kind = law.kinds.get(line.recordKind)
  const [only, ...others] = kind?.states ?? []
  const state = line.state ?? before?.state ?? (others.length === 0 ? only?.code : undefined)
  const fault = kind && stateFault(state, kind)
  if (fault) return fault
  if (before && before.customer !== line.customer) {
    return {
      field: 'customer',
      expected: `expected ${JSON.stringify(before.customer)}: a record never moves to another customer, who would see its past`,
      conflict: true,
    }
  }
  return namesTwice(line) ?? wholeRecord({ ...line, ...(state === undefined ? {} : { state }) }, before)
}

function namesTwice({ contacts = [], partners = [] }: RecordLine): LineFault | undefined {
  if (contacts.filter(({ relation }) => relation === 'point_of_contact').length > 1)
    return { field: 'contacts', expected: 'expected at most one point of contact' }
  const names = [
    ...contacts.map(({ relation, person }) => `${relation} ${person}`),
    ...partners.map(({ relation, partner }) => `${relation} ${partner}`),
  ]
  return new Set(names).size < names.length ? { field: 'contacts', expected: 'expected nobody twice in one relation' } : undefined
}

function wholeRecord(line: RecordLine, before: RecordLine | undefined): RecordLine {
  return {
    ...line,
    site: or(line.site, before?.site, null),
    partOf: or(line.partOf, before?.partOf, null),
    refersTo: or(line.refersTo, before?.refersTo, null),
    number: or(line.number, before?.number, line.id.slice(0, 64)),
    attributes: or(line.attributes, before?.attributes, {}),
    updatedAt: or(line.updatedAt, before?.updatedAt, line.createdAt),
    contacts: wholeContacts(line, before).sort((a, b) => ordered([a.relation, a.person], [b.relation, b.person])),
    partners: [...(line.partners ?? before?.partners ?? [])].sort((a, b) => ordered([a.relation, a.partner], [b.relation, b.partner])),
  }
}

function wholeContacts(line: RecordLine, before: RecordLine | undefined): NonNullable<RecordLine['contacts']> {
  return (line.contacts ?? before?.contacts ?? []).map((contact) => {
    const known = before?.contacts?.find(({ person, relation }) => person === contact.person && relation === contact.relation)
    return {
      person: contact.person,
      relation: contact.relation,
      addedAt: or(contact.addedAt, known?.addedAt, line.createdAt),
      addedBy: or(contact.addedBy, known?.addedBy, null),
    }
  })
}

const ordered = (a: unknown, b: unknown): number => {
  const [first, second] = [canonical(a), canonical(b)]
  return first < second ? -1 : Number(first > second)
}

function valuesOf(line: RecordLine, things: Things): RecordValues {
  const [site] = siteOf(line)
  return {
    kind: line.recordKind,
    external_id: line.id,
    customer_no: customerNoOf(line, things),
    site_no: site ? Number(things.get(site).id) : null,
    number: line.number ?? line.id,
    title: line.title,
    state: line.state ?? '',
    attributes: line.attributes ?? {},
    created_at: line.createdAt,
    updated_at: line.updatedAt ?? line.createdAt,
  }
}
