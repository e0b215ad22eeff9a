// Lines of the vendor, of customers and of partners.
import { randomUUID } from 'node:crypto'
import type { ReadTx } from '../../context/context.ts'
import type { Law } from '../../law/law.ts'
import {
  addOrganizations,
  changeOrganizations,
  type OrganizationRow,
  type OrganizationValues,
  organizationsNamed,
  personOfDomain,
} from './organizations-store.ts'
import { type Key, noteChanges, rowsBefore } from './places-store.ts'
import { type Change, expectedOne, type LineFault, or, type Standing, type WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type OrganizationKind = 'vendor' | 'customer' | 'partner'
type OrganizationLine = LineOf<OrganizationKind>

export function organizationLine(row: OrganizationRow): OrganizationLine {
  const line = { id: row.named, name: row.name, timeZone: row.time_zone, emailDomain: row.email_domain }
  if (row.kind === 'vendor') return { kind: 'vendor', ...line }
  const suspendedAt = row.suspended_at?.toISOString() ?? null
  if (row.kind === 'customer') return { kind: 'customer', ...line, suspendedAt }
  return { kind: 'partner', ...line, suspendedAt, type: row.partner_type, reference: row.reference }
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
  ...(kind === 'vendor' ? { inTheWay: peopleOfDomain } : {}),
  complete: (line, standing, { law }) => {
    const before = standing?.line
    if (before && before.id !== line.id && before.id !== standing.id) {
      return { field: 'id', expected: `expected "${before.id}", the vendor that is here: there is one vendor`, conflict: true }
    }
    return unknownType(line, law) ?? wholeOrganization(line, before)
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

/** The vendor's domain tells its people apart: nobody of a customer or partner can have had it before (OR-106). */
async function peopleOfDomain(tx: ReadTx, lines: readonly OrganizationLine[]): Promise<Map<string, LineFault>> {
  const faults = new Map<string, LineFault>()
  for (const { id, emailDomain } of lines) {
    const email = emailDomain ? await personOfDomain(tx, emailDomain) : undefined
    const expected = `expected a domain that nobody of a customer or partner has: ${email} is here (OR-106)`
    if (email !== undefined) faults.set(id, { field: 'emailDomain', expected, conflict: true })
  }
  return faults
}

function unknownType(line: OrganizationLine, { partnerTypes }: Law): LineFault | undefined {
  if (line.kind !== 'partner' || !line.type || partnerTypes.some(({ code }) => code === line.type)) return undefined
  return { field: 'type', expected: expectedOne('a type of partner', partnerTypes) }
}

function wholeOrganization(line: OrganizationLine, before: OrganizationLine | undefined): OrganizationLine {
  const whole = {
    id: line.id,
    name: line.name,
    timeZone: or(line.timeZone, before?.timeZone, 'UTC'),
    emailDomain: or(line.emailDomain, before?.emailDomain, null),
  }
  if (line.kind === 'vendor') return { kind: 'vendor', ...whole }
  const suspendedAt = or(line.suspendedAt, before && 'suspendedAt' in before ? before.suspendedAt : undefined, null)
  if (line.kind === 'customer') return { kind: 'customer', ...whole, suspendedAt }
  const partner = before?.kind === 'partner' ? before : undefined
  return {
    kind: 'partner',
    ...whole,
    suspendedAt,
    type: or(line.type, partner?.type, null),
    reference: or(line.reference, partner?.reference, null),
  }
}

const keysOf = (values: readonly OrganizationValues[]): Key[] => values.map(({ id }) => [id])

function valuesOf({ line }: Change<OrganizationLine>, id: string): OrganizationValues {
  return {
    id,
    kind: line.kind,
    external_id: line.id,
    name: line.name,
    time_zone: line.timeZone ?? 'UTC',
    email_domain: line.emailDomain ?? null,
    partner_type: (line.kind === 'partner' ? line.type : null) ?? null,
    reference: (line.kind === 'partner' ? line.reference : null) ?? null,
    suspended_at: ('suspendedAt' in line ? line.suspendedAt : null) ?? null,
  }
}
