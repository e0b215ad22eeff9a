// The homes of people who come in: a membership for each, closed and opened anew where somebody moves.
import { randomUUID } from 'node:crypto'
import type { WriteTx } from '../../context/context.ts'
import { heldBy } from './home-roles.ts'
import { saveSiteRoles } from './membership-sites.ts'
import { addMemberships, changeMemberships, endMemberships, type MembershipValues } from './people-store.ts'
import { noteChanges, type Run, rowsBefore } from './places-store.ts'
import { organizationReference, type Things } from './references.ts'
import { type Change, canonical, type Standing } from './world-kind.ts'
import type { LineOf, OrganizationReference } from './world-lines.ts'

type PersonLine = LineOf<'person'>
interface SavedPeople {
  readonly added: readonly { readonly line: PersonLine; readonly id: string }[]
  readonly changed: readonly ChangedPerson[]
}

export async function saveHomes(tx: WriteTx, run: Run, { added, changed }: SavedPeople, now: string, things: Things): Promise<void> {
  const opened = added.flatMap(({ line, id }) => newMembership(line, id, things))
  const { open, end, change } = membershipChanges(changed, now, things)
  const touched = [...end.map(({ id }) => id), ...change.map(({ values }) => values.id)]
  const membershipsBefore = await rowsBefore(
    tx,
    'memberships',
    touched.map((id) => [id]),
  )
  if (end.length > 0) await endMemberships(tx, end)
  if (change.length > 0)
    await changeMemberships(
      tx,
      change.map(({ values }) => values),
    )
  const fresh = [...opened, ...open]
  if (fresh.length > 0)
    await addMemberships(
      tx,
      fresh.map(({ values }) => values),
    )
  await noteChanges(
    tx,
    run,
    'memberships',
    [...touched, ...fresh.map(({ values }) => values.id)].map((id) => [id]),
    membershipsBefore,
  )
  await saveSiteRoles(tx, run, [
    ...fresh.map((one) => ({ ...one, id: one.values.id, fresh: true })),
    ...change.map((one) => ({ ...one, id: one.values.id, fresh: false })),
  ])
}

interface NewMembership {
  readonly values: MembershipValues
  readonly home: OrganizationReference
  readonly siteRoles: readonly { readonly role: string; readonly site: string }[]
}

function newMembership(line: PersonLine, personId: string, things: Things): NewMembership[] {
  if (!line.home || !line.since) return []
  const { roles, siteRoles, switches } = heldBy(line, undefined)
  const home = things.get(organizationReference(line.home, 'home'))
  const values = { id: randomUUID(), person_id: personId, organization_id: home.id, roles, switches, from_at: line.since, until_at: null }
  return [{ values, home: line.home, siteRoles }]
}

type ChangedPerson = Change<PersonLine> & { readonly standing: Standing<PersonLine> }

/** A move or other roles end one membership and open the next, so that the past stays answerable; the same start corrects it in place. */
function membershipChanges(changed: readonly ChangedPerson[], now: string, things: Things) {
  const open: NewMembership[] = []
  const end: { id: string; until_at: string }[] = []
  const change: NewMembership[] = []
  for (const { standing, line } of changed.filter(hasOtherHome)) {
    const [next] = newMembership(line, standing.id, things)
    const id = standing.membershipId
    if (id && next && !moves(standing.line, line, next.values.from_at)) change.push({ ...next, values: { ...next.values, id } })
    else {
      if (id) end.push({ id, until_at: next?.values.from_at ?? later(now, standing.line.since) })
      if (next) open.push(next)
    }
  }
  return { open, end, change }
}

const place = (line: PersonLine) => [line.home, line.roles, line.siteRoles, line.switches]

const moves = (before: PersonLine, line: PersonLine, from: string) =>
  from > (before.since ?? '') && canonical(place(before)) !== canonical(place(line))

const hasOtherHome = ({ standing: { line: before }, line }: ChangedPerson) =>
  canonical([place(before), before.since]) !== canonical([place(line), line.since])

/** A membership lasts at least a moment. */
const later = (now: string, since: string | undefined) =>
  since !== undefined && since >= now ? new Date(Date.parse(since) + 1).toISOString() : now
