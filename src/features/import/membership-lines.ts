// Lines of where people were at home before.
import { randomUUID } from 'node:crypto'
import { addMemberships, changeMemberships, type MembershipValues, type PastMembershipRow, pastMemberships } from './people-store.ts'
import { homeOf, unknownRole } from './person-lines.ts'
import { noteChanges, rowsBefore } from './places-store.ts'
import { organizationReference, type Reference } from './references.ts'
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
    roles: [...row.roles].sort(),
    from: row.from_at.toISOString(),
    until: row.until_at.toISOString(),
  }
}

const person = (line: PastMembershipLine): Reference => ({ to: 'person', id: line.person, field: 'person' })
const keyOf = (line: PastMembershipLine) => JSON.stringify([line.person, line.from])

export const pastMembershipLines: WorldKind<PastMembershipLine> = {
  keyOf,
  references: (line) => [person(line), organizationReference(line.home, 'home')],
  standing: async (tx, lines) => {
    const people = await findPeople(tx, [...new Set(lines.map((line) => line.person))])
    const rows = await pastMemberships(
      tx,
      people.map(({ id }) => id),
    )
    return new Map(rows.map((row) => [keyOf(pastMembershipLine(row)), { line: pastMembershipLine(row), id: row.id }]))
  },
  complete: (line, standing, { law }) => {
    if (line.until <= line.from) return { field: 'until', expected: 'expected an instant after from' }
    const roles = [...new Set(line.roles ?? standing?.line.roles ?? [])].sort()
    return unknownRole(roles, line.home, law.homeRoles) ?? { ...line, roles }
  },
  save: async (tx, run, changes, { things }) => {
    const values = changes.map(
      ({ standing, line }): MembershipValues => ({
        id: standing?.id ?? randomUUID(),
        person_id: things.get(person(line)).id,
        organization_id: things.get(organizationReference(line.home, 'home')).id,
        roles: line.roles ?? [],
        from_at: line.from,
        until_at: line.until,
      }),
    )
    const [added, changed] = [values.filter((_, place) => !changes[place]?.standing), values.filter((_, place) => changes[place]?.standing)]
    const before = await rowsBefore(
      tx,
      'memberships',
      changed.map(({ id }) => [id]),
    )
    if (added.length > 0) await addMemberships(tx, added)
    if (changed.length > 0) await changeMemberships(tx, changed)
    await noteChanges(
      tx,
      run,
      'memberships',
      values.map(({ id }) => [id]),
      before,
    )
  },
}
