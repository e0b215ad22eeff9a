// Lines of groups, and of who is in them.
import { randomUUID } from 'node:crypto'
import { findThings } from './find-things.ts'
import {
  addGroups,
  addMembers,
  changeGroups,
  changeMembers,
  type GroupMemberRow,
  type GroupMemberValues,
  type GroupRow,
  type GroupValues,
  groupsNamed,
  membersOf,
} from './groups-store.ts'
import { isVendors } from './home-roles.ts'
import type { Reference } from './references.ts'
import { saveRows } from './save-rows.ts'
import { or, type Standing, type WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type GroupLine = LineOf<'group'>

export const groupLine = (row: GroupRow): GroupLine => ({
  kind: 'group',
  id: row.named,
  partner: row.partner,
  name: row.name,
  createdAt: row.created_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
})

const partner = (line: GroupLine): Reference => ({ to: 'partner', id: line.partner, field: 'partner' })

export const groupLines: WorldKind<GroupLine> = {
  keyOf: (line) => line.id,
  references: (line) => [partner(line)],
  standing: async (tx, lines) => {
    const rows = await groupsNamed(
      tx,
      lines.map(({ id }) => id),
    )
    return new Map(rows.map((row): [string, Standing<GroupLine>] => [row.named, { line: groupLine(row), id: row.id }]))
  },
  complete: (line, standing, { now }) => {
    const before = standing?.line
    if (before && before.partner !== line.partner)
      return {
        field: 'partner',
        expected: `expected "${before.partner}": a group stays with its partner, and so does what it was given`,
        conflict: true,
      }
    return { ...line, createdAt: or(line.createdAt, before?.createdAt, now), endedAt: or(line.endedAt, before?.endedAt, null) }
  },
  save: async (tx, run, changes, { now, things }) => {
    const rows = changes.map(({ standing, line }) => {
      const values: GroupValues = {
        id: standing?.id ?? randomUUID(),
        external_id: line.id,
        partner_id: things.get(partner(line)).id,
        name: line.name,
        created_at: line.createdAt ?? now,
        ended_at: line.endedAt ?? null,
      }
      return { fresh: !standing, values }
    })
    await saveRows(tx, run, 'groups', rows, { add: addGroups, change: changeGroups })
  },
}

type GroupMemberLine = LineOf<'group_member'>

export const groupMemberLine = (row: GroupMemberRow): GroupMemberLine => ({
  kind: 'group_member',
  group: row.group,
  person: row.person,
  from: row.from_at.toISOString(),
  until: row.until_at?.toISOString() ?? null,
})

const group = (line: GroupMemberLine): Reference => ({ to: 'group', id: line.group, field: 'group' })
const person = (line: GroupMemberLine): Reference => ({ to: 'person', id: line.person, field: 'person' })
const keyOf = (line: GroupMemberLine) => JSON.stringify([line.group, line.person, line.until ? (line.from ?? null) : null])
const pairOf = ({ group: of, person: who }: { group: string; person: string }) => JSON.stringify([of, who])

export const groupMemberLines: WorldKind<GroupMemberLine> = {
  keyOf,
  references: (line) => [group(line), person(line)],
  standing: async (tx, lines) => {
    const things = await findThings(tx, [...lines.map(group), ...lines.map(person)])
    const idsOf = (reference: (line: GroupMemberLine) => Reference) => lines.flatMap((line) => things.find(reference(line))?.id ?? [])
    const rows = await membersOf(tx, idsOf(group), idsOf(person))
    const byPair = Map.groupBy(rows, pairOf)
    return new Map(
      lines.flatMap((line): [string, Standing<GroupMemberLine>][] => {
        // A line with an end is about the membership of that start; one without is about the open one.
        const isMeant = (one: GroupMemberRow) => (line.until ? one.from_at.toISOString() === line.from : one.until_at === null)
        const row = byPair.get(pairOf(line))?.find(isMeant)
        return row ? [[keyOf(line), { line: groupMemberLine(row), id: row.id }]] : []
      }),
    )
  },
  complete: (line, standing, { now, things, vendorDomain }) => {
    const email = things.find(person(line))?.email
    if (isVendors(email, vendorDomain))
      return {
        field: 'person',
        expected: `expected one of the partner's people: ${email} works for the vendor, who gets access by name (OR-106)`,
      }
    const whole = { ...line, from: or(line.from, standing?.line.from, now), until: or(line.until, standing?.line.until, null) }
    return whole.until !== null && whole.until <= whole.from ? { field: 'until', expected: 'expected an instant after from' } : whole
  },
  save: async (tx, run, changes, { now, things }) => {
    const rows = changes.map(({ standing, line }) => {
      const values: GroupMemberValues = {
        id: standing?.id ?? randomUUID(),
        group_id: things.get(group(line)).id,
        person_id: things.get(person(line)).id,
        from_at: line.from ?? now,
        until_at: line.until ?? null,
      }
      return { fresh: !standing, values }
    })
    await saveRows(tx, run, 'group_members', rows, { add: addMembers, change: changeMembers })
  },
}
