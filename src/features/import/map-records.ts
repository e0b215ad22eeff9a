// Rows that are events to records: how each stands, who is named on it, and its history.
import type { Instant } from '../../kernel/instant.ts'
import type { RowFault } from './check-line.ts'
import { instantReader } from './local-time.ts'
import { fieldsOf } from './map-fields.ts'
import { type Mapped, type MappedLine, type MappedOrganization, type MappedPerson, wordsOf } from './mapped.ts'
import type { Mapping, RecordMapping } from './mapping-schema.ts'
import type { EventRow, Events } from './standing-rows.ts'
import { fill, fillFirst, oneLine } from './template.ts'
import type { LineInput } from './world-lines.ts'

interface RecordsOf {
  readonly mapping: Mapping
  readonly record: RecordMapping
  readonly organizations: Mapped<MappedOrganization>
  readonly people: Mapped<MappedPerson>
  readonly events: Events
  readonly onFault: (fault: RowFault) => void
}

type RecordLine = Extract<LineInput, { kind: 'record' }>
type EventDetail = NonNullable<Extract<LineInput, { kind: 'event' }>['detail']>

export function* mapRecords(all: RecordsOf): Generator<MappedLine> {
  const { mapping, record, events } = all
  const unknown = record.customer_if_missing
  if (unknown && events.standing.some((row) => customerOf(all, row) === unknown.id)) {
    yield { line: 1, value: { kind: 'customer', id: unknown.id, name: unknown.name } }
  }
  const read = instantReader(mapping.dates, mapping.time_zone ?? 'UTC')
  const sites = new Set<string>()
  for (const [id, rows] of events.records) {
    const line = recordLine(all, id, rows, read)
    if (!line) continue
    const site = siteLine(all, rows, line, sites)
    if (site) yield site
    yield { line: rows.at(-1)?.line ?? 0, value: line }
    if (record.history) yield* history(record, id, rows)
  }
}

/** The record's site, the first time that it is met. */
function siteLine(
  { record }: RecordsOf,
  rows: readonly EventRow[],
  { customer, site }: RecordLine,
  met: Set<string>,
): MappedLine | undefined {
  const [last] = rows.slice(-1)
  const key = JSON.stringify([customer, site])
  if (!last || customer === null || !site || met.has(key)) return undefined
  met.add(key)
  const name = oneLine(fill(record.site?.name ?? '{value}', wordsOf(site, last)) ?? site, 200)
  return { line: last.line, value: { kind: 'site', customer, id: site, name } }
}

type Read = (text: string) => Instant | undefined

/** How the record stands by its last row, or a fault and nothing. */
function recordLine(all: RecordsOf, id: string, rows: readonly EventRow[], read: Read): RecordLine | undefined {
  const { record } = all
  const [last] = rows.slice(-1)
  const needed = last && neededValues(all, last, read)
  if (!last || !needed) return undefined
  const wordOf = wordsOf(id, last)
  const site = record.site && last.value(record.site.column)
  const attributes = Object.entries(record.attributes ?? {}).flatMap(([name, texts]) => {
    const text = fillFirst(texts, wordOf)
    return text === undefined ? [] : [[name, text]]
  })
  return {
    kind: 'record',
    recordKind: record.kind,
    id,
    customer: needed.customer,
    number: fill(record.number ?? '{value}', wordOf) ?? id,
    title: oneLine(fillFirst(record.title, wordOf) ?? id, 300),
    ...(needed.state === undefined ? {} : { state: needed.state }),
    ...(site === undefined ? {} : { site }),
    createdAt: needed.created,
    updatedAt: last.at ?? needed.created,
    attributes: { ...Object.fromEntries(attributes), ...needed.fields },
    contacts: contactsOf(all, last, needed.customer),
    partners: partnersOf(all, last),
  }
}

/** What no record can be without, and what must be readable; the first that is not is a fault. */
function neededValues(all: RecordsOf, row: EventRow, read: Read) {
  const { mapping, record, onFault } = all
  const customer = customerOf(all, row)
  const state = stateIn(record, row)
  const created = read(row.value(record.created) ?? '')
  const fields = fieldsOf(record, row)
  const fault = (field: string, expected: string) => onFault({ line: row.line, field, expected })
  if (customer === undefined) fault(mapping.organizations[record.customer]?.column ?? '', 'expected a value: it says whose record it is')
  else if (record.state && state === undefined) fault(record.state.column, `expected one of ${Object.keys(record.state.values).join(', ')}`)
  else if (created === undefined) fault(record.created, `expected an instant written as ${mapping.dates ?? 'ISO 8601'}`)
  else if ('expected' in fields) fault(fields.field, fields.expected)
  else return { customer, state, created, fields: fields.values }
  return undefined
}

/** Undefined where the table does not say it, or says none that is known. */
const stateIn = ({ state }: RecordMapping, row: EventRow): string | undefined => state?.values[row.value(state.column) ?? '']

function customerOf({ mapping, record, organizations }: RecordsOf, row: EventRow): string | undefined {
  const value = row.value(mapping.organizations[record.customer]?.column ?? '')
  return organizations.get(record.customer)?.get(value ?? '')?.id ?? record.customer_if_missing?.id
}

/** Who is named on the record. A person of another customer never is: that would show one customer's record to another. */
function contactsOf({ mapping, record, people }: RecordsOf, row: EventRow, customer: string): NonNullable<RecordLine['contacts']> {
  return Object.entries(record.contacts ?? {}).flatMap(([relation, set]) => {
    const person = people.get(set)?.get(row.value(mapping.people?.[set]?.column ?? '') ?? '')
    const stranger = person?.home.kind === 'customer' && person.home.id !== customer
    return !person || stranger ? [] : [{ person: person.id, relation }]
  })
}

function partnersOf({ mapping, record, organizations }: RecordsOf, row: EventRow): NonNullable<RecordLine['partners']> {
  return Object.entries(record.partners ?? {}).flatMap(([relation, set]) => {
    const partner = organizations.get(set)?.get(row.value(mapping.organizations[set]?.column ?? '') ?? '')
    return partner ? [{ partner: partner.id, relation }] : []
  })
}

/** One entry for each row: opened, a new state, other changes among the tracked columns, or a mere update. */
function* history(record: RecordMapping, id: string, rows: readonly EventRow[]): Generator<MappedLine> {
  const seen = new Map<string, number>()
  let previous: EventRow | undefined
  for (const row of rows) {
    const byName = record.history?.by ? (row.value(record.history.by) ?? null) : null
    const event = { kind: 'event' as const, recordKind: record.kind, record: id, at: row.at ?? '', ...told(record, previous, row), byName }
    // Rows that say the same twice are two entries.
    const nth = (seen.get(JSON.stringify(event)) ?? 0) + 1
    seen.set(JSON.stringify(event), nth)
    yield { line: row.line, value: nth > 1 ? { ...event, nth } : event }
    previous = row
  }
}

function told(record: RecordMapping, previous: EventRow | undefined, row: EventRow): { what: string; detail: EventDetail } {
  const tracked = Object.entries(record.history?.tracks ?? {})
  const valuesIn = (at: EventRow | undefined, columns: readonly (readonly [string, string])[]) =>
    Object.fromEntries(columns.map(([name, column]) => [name, at?.value(column) ?? null]))
  const state = (at: EventRow) => stateIn(record, at) ?? null
  if (!previous) return { what: 'opened', detail: { ...(record.state ? { state: state(row) } : {}), ...valuesIn(row, tracked) } }
  const differing = tracked.filter(([, column]) => previous.value(column) !== row.value(column))
  const changes = { fields: differing.map(([name]) => name), before: valuesIn(previous, differing), after: valuesIn(row, differing) }
  if (state(previous) !== state(row)) {
    return { what: 'state', detail: { from: state(previous), to: state(row), ...(differing.length > 0 ? changes : {}) } }
  }
  return differing.length > 0 ? { what: 'changed', detail: changes } : { what: 'updated', detail: {} }
}
