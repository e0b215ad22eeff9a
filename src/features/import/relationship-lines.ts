// Lines of relationships: how a customer is related to a partner or to another customer, since when.
import { randomUUID } from 'node:crypto'
import { findThings } from './find-things.ts'
import type { Reference } from './references.ts'
import {
  addRelationships,
  changeRelationships,
  type RelationshipRow,
  type RelationshipValues,
  relationshipsBetween,
} from './relationships-store.ts'
import { saveRows } from './save-rows.ts'
import type { Standing, WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type RelationshipLine = LineOf<'relationship'>

export function relationshipLine(row: RelationshipRow): RelationshipLine {
  return {
    kind: 'relationship',
    customer: row.customer,
    ...(row.relation === 'subordinate' ? { superior: row.other } : { partner: row.other }),
    relation: row.relation,
    ...(row.of_record ? { ofRecord: true } : {}),
    from: row.from_at.toISOString(),
    until: row.until_at?.toISOString() ?? null,
  }
}

const references = (line: RelationshipLine): [Reference, Reference] => [
  { to: 'customer', id: line.customer, field: 'customer' },
  line.superior === undefined
    ? { to: 'partner', id: line.partner ?? '', field: 'partner' }
    : { to: 'customer', id: line.superior, field: 'superior' },
]
const relationOf = (line: RelationshipLine) => line.relation ?? 'works_with'
const partiesOf = (line: RelationshipLine) => JSON.stringify([line.customer, line.superior ?? line.partner, relationOf(line)])
const keyOf = (line: RelationshipLine) => JSON.stringify([partiesOf(line), line.until ? (line.from ?? null) : null])

export const relationshipLines: WorldKind<RelationshipLine> = {
  keyOf,
  references,
  standing: async (tx, lines) => {
    const things = await findThings(tx, lines.flatMap(references))
    const pairs = lines.flatMap((line) => {
      const [customer, other] = references(line).map((reference) => things.find(reference)?.id)
      return customer && other ? [{ customer, other }] : []
    })
    const rows = await relationshipsBetween(tx, pairs)
    const byParties = Map.groupBy(rows, (row) => partiesOf(relationshipLine(row)))
    return new Map(
      lines.flatMap((line): [string, Standing<RelationshipLine>][] => {
        const row = standingFor(line, byParties.get(partiesOf(line)) ?? [])
        return row ? [[keyOf(line), { line: relationshipLine(row), id: row.id }]] : []
      }),
    )
  },
  complete: (line, standing, { now }) => {
    if (line.superior === line.customer) return { field: 'superior', expected: 'expected another customer: none is subordinate to itself' }
    const { ofRecord: said, ...rest } = line
    const whole = {
      ...rest,
      ...((said ?? standing?.line.ofRecord) ? { ofRecord: true } : {}),
      relation: relationOf(line),
      from: line.from ?? standing?.line.from ?? now,
      until: line.until === undefined ? (standing?.line.until ?? null) : line.until,
    }
    return whole.until !== null && whole.until <= whole.from ? { field: 'until', expected: 'expected an instant after from' } : whole
  },
  save: async (tx, run, changes, { things, now }) => {
    const rows = changes.map(({ standing, line }) => {
      const [customer, other] = references(line).map((reference) => things.get(reference).id)
      const values: RelationshipValues = {
        id: standing?.id ?? randomUUID(),
        customer_id: customer ?? '',
        partner_id: other ?? '',
        relation: relationOf(line),
        of_record: line.ofRecord === true,
        from_at: line.from ?? now,
        until_at: line.until ?? null,
      }
      return { fresh: !standing, values }
    })
    await saveRows(tx, run, 'relationships', rows, { add: addRelationships, change: changeRelationships })
  },
}

/** A line with an end is about the relationship of that start; one without is about the open one. */
function standingFor(line: RelationshipLine, rows: readonly RelationshipRow[]): RelationshipRow | undefined {
  if (line.until) return rows.find((row) => row.from_at.toISOString() === line.from)
  return rows.find((row) => row.until_at === null)
}
