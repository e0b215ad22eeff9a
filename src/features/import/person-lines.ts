// Lines of people, with the home that they have now.
import { randomUUID } from 'node:crypto'
import { heldBy, heldFault, siteRoleReferences, vendorsPersonFault } from './home-roles.ts'
import { addPeople, changePeople, type PersonRow, type PersonValues, peopleNamed, peopleWithEmails } from './people-store.ts'
import { saveHomes } from './person-homes.ts'
import { noteChanges, rowsBefore } from './places-store.ts'
import { organizationReference } from './references.ts'
import { canonical, type LineFault, or, type Standing, type WorldKind } from './world-kind.ts'
import type { LineOf, OrganizationReference } from './world-lines.ts'

type PersonLine = LineOf<'person'>

export const homeOf = (kind: 'vendor' | 'customer' | 'partner', id: string) => ({ [kind]: id }) as OrganizationReference

export function personLine(row: PersonRow): PersonLine {
  const person = {
    kind: 'person' as const,
    id: row.named,
    email: row.email,
    name: row.name,
    language: row.language,
    timeZone: row.time_zone,
    attributes: row.attributes as PersonLine['attributes'],
  }
  if (!row.home_kind || row.home === null) return { ...person, home: null, ...heldBy({}, undefined) }
  return {
    ...person,
    home: homeOf(row.home_kind, row.home),
    ...heldBy({ roles: row.roles ?? [], siteRoles: row.site_roles ?? [], switches: row.switches ?? [] }, undefined),
    ...(row.from_at ? { since: row.from_at.toISOString() } : {}),
  }
}

export const personLines: WorldKind<PersonLine> = {
  keyOf: (line) => line.id,
  references: (line) => (line.home ? [organizationReference(line.home, 'home'), ...siteRoleReferences(line.siteRoles, line.home)] : []),
  alsoUnique: (line) => [{ key: `email ${line.email}`, field: 'email' }],
  inTheWay: async (tx, lines) => {
    const holders = new Map(
      (
        await peopleWithEmails(
          tx,
          lines.map((line) => line.email),
        )
      ).map(({ email, named }) => [email, named]),
    )
    return new Map(
      lines.flatMap((line): [string, LineFault][] => {
        const holder = holders.get(line.email)
        if (holder === undefined || holder === line.id) return []
        return [[line.id, { field: 'email', expected: `expected an address that nobody else has; "${holder}" has it`, conflict: true }]]
      }),
    )
  },
  standing: async (tx, lines) => {
    const rows = await peopleNamed(
      tx,
      lines.map((line) => line.id),
    )
    return new Map(
      rows.map((row): [string, Standing<PersonLine>] => [
        row.named,
        { line: personLine(row), id: row.id, membershipId: row.membership_id },
      ]),
    )
  },
  complete: (line, standing, given) => {
    const before = standing?.line
    const person = {
      kind: 'person' as const,
      id: line.id,
      email: line.email,
      name: line.name,
      language: or(line.language, before?.language, 'en'),
      timeZone: or(line.timeZone, before?.timeZone, null),
      attributes: or(line.attributes, before?.attributes, {}),
    }
    const home = or(line.home, before?.home, null)
    if (home === null) return { ...person, home, ...heldBy({}, undefined) }
    const moved = canonical(home) !== canonical(before?.home ?? null)
    const held = heldBy(line, moved ? undefined : before)
    const fault = vendorsPersonFault(line.email, home, given.vendorDomain) ?? heldFault(held, home, given.law)
    if (fault) return fault
    const stays = !moved && before !== undefined && canonical(held) === canonical(heldBy(before, undefined))
    return { ...person, home, ...held, since: or(line.since, stays ? before?.since : undefined, given.now) }
  },
  save: async (tx, run, changes, { now, things }) => {
    const added = changes.filter(({ standing }) => !standing).map(({ line }) => ({ line, values: valuesOf(line, randomUUID()) }))
    const changed = changes.flatMap(({ standing, line }) => (standing ? [{ standing, line, values: valuesOf(line, standing.id) }] : []))
    const before = await rowsBefore(
      tx,
      'people',
      changed.map(({ standing }) => [standing.id]),
    )
    if (added.length > 0)
      await addPeople(
        tx,
        added.map(({ values }) => values),
      )
    if (changed.length > 0)
      await changePeople(
        tx,
        changed.map(({ values }) => values),
      )
    await noteChanges(
      tx,
      run,
      'people',
      [...added, ...changed].map(({ values }) => [values.id]),
      before,
    )

    await saveHomes(tx, run, { added: added.map(({ line, values }) => ({ line, id: values.id })), changed }, now, things)
  },
}

const valuesOf = (line: PersonLine, id: string): PersonValues => ({
  id,
  external_id: line.id,
  email: line.email,
  name: line.name,
  language: line.language ?? 'en',
  time_zone: line.timeZone ?? null,
  attributes: line.attributes ?? {},
})
