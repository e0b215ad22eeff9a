// Lines of relationships: which partner works for which customer, since when.
import { randomUUID } from 'node:crypto'
import { findThings } from './find-things.ts'
import { noteChanges, rowsBefore } from './places-store.ts'
import type { Reference } from './references.ts'
import {
  addRelationships,
  changeRelationships,
  type RelationshipRow,
  type RelationshipValues,
  relationshipsBetween,
} from './relationships-store.ts'
import type { Standing, WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type RelationshipLine = LineOf<'relationship'>

export function relationshipLine(row: RelationshipRow): RelationshipLine {
  return {
    kind: 'relationship',
    customer: row.customer,
    partner: row.partner,
    from: row.from_at.toISOString(),
    until: row.until_at?.toISOString() ?? null,
  }
}

const references = (line: RelationshipLine): [Reference, Reference] => [
  { to: 'customer', id: line.customer, field: 'customer' },
  { to: 'partner', id: line.partner, field: 'partner' },
]
const keyOf = (line: RelationshipLine) => JSON.stringify([line.customer, line.partner, line.until ? (line.from ?? null) : null])

export const relationshipLines: WorldKind<RelationshipLine> = {
  keyOf,
  references,
  standing: async (tx, lines) => {
    const things = await findThings(tx, lines.flatMap(references))
    const pairs = lines.flatMap((line) => {
      const [customer, partner] = references(line).map((reference) => things.find(reference)?.id)
      return customer && partner ? [{ customer, partner }] : []
    })
    const rows = await relationshipsBetween(tx, pairs)
    const byPair = Map.groupBy(rows, (row) => JSON.stringify([row.customer, row.partner]))
    return new Map(
      lines.flatMap((line): [string, Standing<RelationshipLine>][] => {
        const row = standingFor(line, byPair.get(JSON.stringify([line.customer, line.partner])) ?? [])
        return row ? [[keyOf(line), { line: relationshipLine(row), id: row.id }]] : []
      }),
    )
  },
  complete: (line, standing, { now }) => {
    const whole = {
      ...line,
      from: line.from ?? standing?.line.from ?? now,
      until: line.until === undefined ? (standing?.line.until ?? null) : line.until,
    }
    return whole.until !== null && whole.until <= whole.from ? { field: 'until', expected: 'expected an instant after from' } : whole
  },
  save: async (tx, run, changes, { things, now }) => {
    const values = changes.map(({ standing, line }): RelationshipValues => {
      const [customer, partner] = references(line).map((reference) => things.get(reference).id)
      return {
        id: standing?.id ?? randomUUID(),
        customer_id: customer ?? '',
        partner_id: partner ?? '',
        from_at: line.from ?? now,
        until_at: line.until ?? null,
      }
    })
    const [added, changed] = [values.filter((_, place) => !changes[place]?.standing), values.filter((_, place) => changes[place]?.standing)]
    const before = await rowsBefore(
      tx,
      'relationships',
      changed.map(({ id }) => [id]),
    )
    if (added.length > 0) await addRelationships(tx, added)
    if (changed.length > 0) await changeRelationships(tx, changed)
    await noteChanges(
      tx,
      run,
      'relationships',
      values.map(({ id }) => [id]),
      before,
    )
  },
}

/** A line with an end is about the relationship of that start; one without is about the open one. */
function standingFor(line: RelationshipLine, rows: readonly RelationshipRow[]): RelationshipRow | undefined {
  if (line.until) return rows.find((row) => row.from_at.toISOString() === line.from)
  return rows.find((row) => row.until_at === null)
}
