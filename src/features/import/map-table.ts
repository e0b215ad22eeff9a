// A table to lines of a world, by a mapping: organizations, people with their homes, relationships, and records with their history.
import type { LocalDate } from '../../kernel/instant.ts'
import type { RowFault } from './check-line.ts'
import { mapPeople } from './map-people.ts'
import { mapRecords } from './map-records.ts'
import { type Mapped, type MappedLine, type MappedOrganization, type MappedPerson, wordsOf } from './mapped.ts'
import type { Mapping, OrganizationSet } from './mapping-schema.ts'
import type { Table } from './read-table.ts'
import { type EventRow, type Events, eventsOf, rowsOf } from './standing-rows.ts'
import { fill, oneLine } from './template.ts'

/** All lines of the world, organizations first; faults are told as they are found. `asOf` goes before the mapping's own day. */
export function* mapTable(
  table: Table,
  mapping: Mapping,
  asOf: LocalDate | undefined,
  onFault: (fault: RowFault) => void,
): Generator<MappedLine> {
  const events = eventsOf(table, mapping, asOf, onFault)
  if (mapping.vendor) yield { line: 1, value: { kind: 'vendor', id: mapping.vendor.id, name: mapping.vendor.name } }
  const organizations = new Map(
    Object.entries(mapping.organizations).map(([name, set]) => [name, organizationsOf(set, rowsOf(events, set.rows))]),
  )
  for (const set of organizations.values()) for (const organization of set.values()) yield organizationLine(organization)
  const people = new Map<string, Map<string, MappedPerson>>()
  for (const [name, set] of Object.entries(mapping.people ?? {})) {
    const found = new Map<string, MappedPerson>()
    people.set(name, found)
    yield* mapPeople({ set, mapping, organizations, events, found, onFault })
  }
  yield* mapRelationships(mapping, organizations, events)
  if (mapping.record) yield* mapRecords({ mapping, record: mapping.record, organizations, people, events, onFault })
}

function organizationsOf(set: OrganizationSet, rows: readonly EventRow[]): Map<string, MappedOrganization> {
  const found = new Map<string, MappedOrganization>()
  for (const row of rows) {
    const value = row.value(set.column)
    if (value === undefined || found.has(value)) continue
    const wordOf = wordsOf(value, row)
    found.set(value, {
      kind: set.kind,
      line: row.line,
      id: fill(set.id ?? '{value}', wordOf) ?? value,
      name: oneLine(fill(set.name ?? '{value}', wordOf) ?? value, 200),
      emailDomain: set.email_domain === undefined ? undefined : fill(set.email_domain, wordOf),
      timeZone: set.time_zone,
      type: set.type,
      reference: set.reference === undefined ? undefined : fill(set.reference, wordOf),
    })
  }
  return found
}

function organizationLine({ kind, line, id, name, emailDomain, timeZone, type, reference }: MappedOrganization): MappedLine {
  const organization = { id, name, ...(timeZone ? { timeZone } : {}), ...(emailDomain ? { emailDomain } : {}) }
  if (kind === 'customer') return { line, value: { kind, ...organization } }
  return { line, value: { kind, ...organization, ...(type ? { type } : {}), ...(reference ? { reference } : {}) } }
}

function* mapRelationships(mapping: Mapping, organizations: Mapped<MappedOrganization>, events: Events): Generator<MappedLine> {
  for (const { customer, partner, relation } of mapping.relationships ?? []) {
    const inRow = (set: string, row: EventRow) => organizations.get(set)?.get(row.value(mapping.organizations[set]?.column ?? '') ?? '')?.id
    for (const { pair, row } of firstMeetings(events, (row) => [inRow(customer, row), inRow(partner, row)])) {
      const [of, by] = pair
      yield {
        line: row.line,
        value: { kind: 'relationship', customer: of, partner: by, ...(relation ? { relation } : {}), ...(row.at ? { from: row.at } : {}) },
      }
    }
  }
}

/** The first row, by its instant, in which each pair stands. */
function firstMeetings(events: Events, pairIn: (row: EventRow) => readonly [string | undefined, string | undefined]) {
  const met = new Map<string, { pair: readonly [string, string]; row: EventRow }>()
  for (const row of events.rows) {
    const [of, by] = pairIn(row)
    if (of === undefined || by === undefined) continue
    const key = JSON.stringify([of, by])
    const known = met.get(key)
    if (!known || (row.at ?? '') < (known.row.at ?? '')) met.set(key, { pair: [of, by], row })
  }
  return met.values()
}
