// Lines of where people were at home before.
import { randomUUID } from 'node:crypto'
import { heldBy, heldFault, siteRoleReferences, vendorsPersonFault } from './home-roles.ts'
import { saveSiteRoles } from './membership-sites.ts'
import { addMemberships, changeMemberships, type MembershipValues, type PastMembershipRow, pastMemberships } from './people-store.ts'
import { homeOf } from './person-lines.ts'
import { organizationReference, type Reference } from './references.ts'
import { saveRows } from './save-rows.ts'
import { findPeople } from './things-store.ts'
import type { WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type PastMembershipLine = LineOf<'past_membership'>

export function pastMembershipLine(row: PastMembershipRow): PastMembershipLine {
  const home = homeOf(row.home_kind, row.home)
  return {
    kind: 'past_membership',
    person: row.person,
    home,
    ...heldBy({ roles: row.roles, siteRoles: row.site_roles ?? [], switches: row.switches }, undefined),
    from: row.from_at.toISOString(),
    until: row.until_at.toISOString(),
  }
}

const person = (line: PastMembershipLine): Reference => ({ to: 'person', id: line.person, field: 'person' })
const keyOf = (line: PastMembershipLine) => JSON.stringify([line.person, line.from])

export const pastMembershipLines: WorldKind<PastMembershipLine> = {
  keyOf,
  references: (line) => [person(line), organizationReference(line.home, 'home'), ...siteRoleReferences(line.siteRoles, line.home)],
  standing: async (tx, lines) => {
    const people = await findPeople(tx, [...new Set(lines.map((line) => line.person))])
    const rows = await pastMemberships(
      tx,
      people.map(({ id }) => id),
    )
    return new Map(rows.map((row) => [keyOf(pastMembershipLine(row)), { line: pastMembershipLine(row), id: row.id }]))
  },
  complete: (line, standing, { law, now, things, vendorDomain }) => {
    if (line.until <= line.from) return { field: 'until', expected: 'expected an instant after from' }
    // What is past stays as it was: whoever works for the vendor now may have worked elsewhere before.
    const vendors = line.until > now ? vendorsPersonFault(things.find(person(line))?.email, line.home, vendorDomain) : undefined
    const held = heldBy(line, standing?.line)
    return vendors ?? heldFault(held, line.home, law) ?? { ...line, ...held }
  },
  save: async (tx, run, changes, { things }) => {
    const rows = changes.map(({ standing, line }) => {
      const values: MembershipValues = {
        id: standing?.id ?? randomUUID(),
        person_id: things.get(person(line)).id,
        organization_id: things.get(organizationReference(line.home, 'home')).id,
        roles: line.roles ?? [],
        switches: line.switches ?? [],
        from_at: line.from,
        until_at: line.until,
      }
      return { fresh: !standing, values, line }
    })
    await saveRows(tx, run, 'memberships', rows, { add: addMemberships, change: changeMemberships })
    const sites = rows.map(({ fresh, values, line }) => ({ id: values.id, fresh, home: line.home, siteRoles: line.siteRoles ?? [] }))
    await saveSiteRoles(tx, run, sites)
  },
}
