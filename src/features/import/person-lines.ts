// Lines of people, with the home that they have now.
import { randomUUID } from 'node:crypto'
import type { HomeRoleLaw } from '../../law/law.ts'
import {
  addMemberships,
  addPeople,
  changeMemberships,
  changePeople,
  endMemberships,
  type MembershipValues,
  type PersonRow,
  type PersonValues,
  peopleNamed,
  peopleWithEmails,
} from './people-store.ts'
import { noteChanges, rowsBefore } from './places-store.ts'
import { organizationReference, type Things } from './references.ts'
import { type Change, canonical, type LineFault, or, type Standing, type WorldKind } from './world-kind.ts'
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
  if (!row.home_kind || row.home === null) return { ...person, home: null, roles: [] }
  return {
    ...person,
    home: homeOf(row.home_kind, row.home),
    roles: [...(row.roles ?? [])].sort(),
    ...(row.from_at ? { since: row.from_at.toISOString() } : {}),
  }
}

/** The roles that the portal definition does not know on this side. */
export function unknownRole(
  roles: readonly string[],
  home: OrganizationReference,
  homeRoles: ReadonlyMap<string, HomeRoleLaw>,
): LineFault | undefined {
  const side = Object.keys(home)[0]
  const known = [...homeRoles.values()].filter((role) => role.side === side).map(({ role }) => role)
  const place = roles.findIndex((role) => !known.includes(role))
  return place < 0
    ? undefined
    : { field: `roles.${place}`, expected: `expected a role that a ${side}'s person can have: ${known.join(', ')}` }
}

export const personLines: WorldKind<PersonLine> = {
  keyOf: (line) => line.id,
  references: (line) => (line.home ? [organizationReference(line.home, 'home')] : []),
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
    if (home === null) return { ...person, home, roles: [] }
    const moved = canonical(home) !== canonical(before?.home ?? null)
    const roles = [...new Set(or(line.roles, moved ? undefined : before?.roles, []))].sort()
    const unknown = unknownRole(roles, home, given.law.homeRoles)
    if (unknown) return unknown
    const stays = !moved && canonical(roles) === canonical(before?.roles ?? [])
    return { ...person, home, roles, since: or(line.since, stays ? before?.since : undefined, given.now) }
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

    const opened = added.flatMap(({ line, values }) => newMembership(line, values.id, things))
    const { open, end, change } = membershipChanges(changed, now, things)
    const touched = [...end.map(({ id }) => id), ...change.map(({ id }) => id)]
    const membershipsBefore = await rowsBefore(
      tx,
      'memberships',
      touched.map((id) => [id]),
    )
    if (end.length > 0) await endMemberships(tx, end)
    if (change.length > 0) await changeMemberships(tx, change)
    const fresh = [...opened, ...open]
    if (fresh.length > 0) await addMemberships(tx, fresh)
    await noteChanges(
      tx,
      run,
      'memberships',
      [...touched, ...fresh.map(({ id }) => id)].map((id) => [id]),
      membershipsBefore,
    )
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

function newMembership(line: PersonLine, personId: string, things: Things): MembershipValues[] {
  if (!line.home || !line.since) return []
  const home = things.get(organizationReference(line.home, 'home'))
  return [{ id: randomUUID(), person_id: personId, organization_id: home.id, roles: line.roles ?? [], from_at: line.since, until_at: null }]
}

type ChangedPerson = Change<PersonLine> & { readonly standing: Standing<PersonLine> }

/** A move or other roles end one membership and open the next, so that the past stays answerable; the same start corrects it in place. */
function membershipChanges(changed: readonly ChangedPerson[], now: string, things: Things) {
  const open: MembershipValues[] = []
  const end: { id: string; until_at: string }[] = []
  const change: MembershipValues[] = []
  for (const { standing, line } of changed.filter(hasOtherHome)) {
    const [next] = newMembership(line, standing.id, things)
    const id = standing.membershipId
    if (id && next && !moves(standing.line, line, next.from_at)) change.push({ ...next, id })
    else {
      if (id) end.push({ id, until_at: next?.from_at ?? later(now, standing.line.since) })
      if (next) open.push(next)
    }
  }
  return { open, end, change }
}

const moves = (before: PersonLine, line: PersonLine, from: string) =>
  from > (before.since ?? '') && canonical([before.home, before.roles]) !== canonical([line.home, line.roles])

const hasOtherHome = ({ standing: { line: before }, line }: ChangedPerson) =>
  canonical([before.home, before.roles, before.since]) !== canonical([line.home, line.roles, line.since])

/** A membership lasts at least a moment. */
const later = (now: string, since: string | undefined) =>
  since !== undefined && since >= now ? new Date(Date.parse(since) + 1).toISOString() : now
