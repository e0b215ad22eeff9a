// Lines of the vendor, of customers and of partners.
import { randomUUID } from 'node:crypto'
import type { ReadTx } from '../../context/context.ts'
import {
  addOrganizations,
  changeOrganizations,
  type OrganizationRow,
  type OrganizationValues,
  organizationsNamed,
} from './organizations-store.ts'
import { type Key, noteChanges, rowsBefore } from './places-store.ts'
import { type Change, or, type Standing, type WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type OrganizationKind = 'vendor' | 'customer' | 'partner'
type OrganizationLine = LineOf<OrganizationKind>

export function organizationLine(row: OrganizationRow): OrganizationLine {
  const line = { kind: row.kind, id: row.named, name: row.name, timeZone: row.time_zone, emailDomain: row.email_domain }
  return row.kind === 'vendor'
    ? { ...line, kind: 'vendor' }
    : { ...line, kind: row.kind, suspendedAt: row.suspended_at?.toISOString() ?? null }
}

export const organizationLines = (kind: OrganizationKind): WorldKind<OrganizationLine> => ({
  keyOf: (line) => line.id,
  references: () => [],
  standing: async (tx: ReadTx, lines) => {
    const rows = await organizationsNamed(
      tx,
      kind,
      lines.map((line) => line.id),
    )
    const standing = rows.map((row): [string, Standing<OrganizationLine>] => [row.named, { line: organizationLine(row), id: row.id }])
    const [vendor] = rows
    // A vendor that nobody has given an id yet takes the file's.
    if (kind === 'vendor' && vendor?.external_id === null && lines[0])
      standing.push([lines[0].id, { line: organizationLine(vendor), id: vendor.id }])
    // Another vendor stands here: found under every id, so that the line can say so.
    if (kind === 'vendor' && vendor) for (const line of lines) standing.push([line.id, { line: organizationLine(vendor), id: vendor.id }])
    return new Map(standing)
  },
  complete: (line, standing) => {
    const before = standing?.line
    if (before && before.id !== line.id && before.id !== standing.id) {
      return { field: 'id', expected: `expected "${before.id}", the vendor that is here: there is one vendor`, conflict: true }
    }
    const whole = {
      id: line.id,
      name: line.name,
      timeZone: or(line.timeZone, before?.timeZone, 'UTC'),
      emailDomain: or(line.emailDomain, before?.emailDomain, null),
    }
    if (line.kind === 'vendor') return { kind: 'vendor', ...whole }
    return {
      kind: line.kind,
      ...whole,
      suspendedAt: or(line.suspendedAt, before && 'suspendedAt' in before ? before.suspendedAt : undefined, null),
    }
  },
  save: async (tx, run, changes) => {
    const added = changes.filter(({ standing }) => !standing).map((change) => valuesOf(change, randomUUID()))
    const changed = changes.flatMap((change) => (change.standing ? [valuesOf(change, change.standing.id)] : []))
    const before = await rowsBefore(tx, 'organizations', keysOf(changed))
    if (added.length > 0) await addOrganizations(tx, added)
    if (changed.length > 0) await changeOrganizations(tx, changed)
    await noteChanges(tx, run, 'organizations', keysOf([...added, ...changed]), before)
  },
})

const keysOf = (values: readonly OrganizationValues[]): Key[] => values.map(({ id }) => [id])

function valuesOf({ line }: Change<OrganizationLine>, id: string): OrganizationValues {
  return {
    id,
    kind: line.kind,
    external_id: line.id,
    name: line.name,
    time_zone: line.timeZone ?? 'UTC',
    email_domain: line.emailDomain ?? null,
    suspended_at: ('suspendedAt' in line ? line.suspendedAt : null) ?? null,
  }
}
