// Lines of grants. Terms of a grant never change: an import brings new ones, confirms and ends; anything else is a conflict.
import { randomUUID } from 'node:crypto'
import { endOfDay, type Instant, type LocalDate } from '../../kernel/instant.ts'
import { levelOf } from '../../law/law.ts'
import { unknownLevel } from './access-request-lines.ts'
import {
  addGrants,
  confirmAndEndGrants,
  type GrantRow,
  type GrantValues,
  grantsNamed,
  standingGrants,
  tieItemsToGrants,
} from './access-store.ts'
import { homeOf } from './person-lines.ts'
import { noteChanges, rowsBefore } from './places-store.ts'
import { organizationReference, type Reference, type Things } from './references.ts'
import { requestId } from './things-store.ts'
import { canonical, type Given, type LineFault, or, type Standing, type WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type GrantLine = LineOf<'grant'>

export function grantLine(row: GrantRow): GrantLine {
  return {
    kind: 'grant',
    id: row.named,
    customer: row.customer,
    grantee: homeOf(row.grantee_kind, row.grantee),
    person: row.person,
    level: row.level,
    from: row.from_at.toISOString(),
    until: row.until_at.toISOString(),
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    reason: row.reason,
    givenBy: row.given_by,
    givenAt: row.given_at.toISOString(),
    request: row.request,
    replaces: row.replaces,
    ended:
      row.ended_at && row.end_kind
        ? { at: row.ended_at.toISOString(), by: row.ended_by, kind: row.end_kind, reason: row.end_reason }
        : null,
  }
}

const customer = (line: GrantLine): Reference => ({ to: 'customer', id: line.customer, field: 'customer' })
const grantee = (line: GrantLine): Reference => organizationReference(line.grantee, 'grantee')
const person = (id: string, field: string): Reference => ({ to: 'person', id, field })
const some = <T>(value: T | null | undefined, reference: (value: T) => Reference): Reference[] =>
  value === null || value === undefined ? [] : [reference(value)]

export const grantLines: WorldKind<GrantLine> = {
  keyOf: (line) => line.id,
  alsoUnique: (line) =>
    line.ended ? [] : [{ key: `standing ${canonical([line.customer, line.grantee, line.person ?? null])}`, field: 'person' }],
  references: (line) => [
    customer(line),
    grantee(line),
    ...some(line.person, (id) => person(id, 'person')),
    ...some(line.givenBy, (id) => person(id, 'givenBy')),
    ...some(line.ended?.by, (id) => person(id, 'ended.by')),
    ...some(line.request, (id) => ({ to: 'access_request', id, field: 'request' })),
    ...some(line.replaces, (id) => ({ to: 'grant', id, field: 'replaces' })),
  ],
  standing: async (tx, lines) => {
    const rows = await grantsNamed(
      tx,
      lines.map((line) => line.id),
    )
    return new Map(rows.map((row): [string, Standing<GrantLine>] => [row.named, { line: grantLine(row), id: row.id }]))
  },
  inTheWay: async (tx, lines, { things }) => {
    const customers = lines.flatMap((line) => things.find(customer(line))?.id ?? [])
    const standing = new Map(
      (await standingGrants(tx, customers)).map((grant) => [JSON.stringify([grant.customer, grant.partner, grant.person]), grant.named]),
    )
    return new Map(
      lines.flatMap((line): [string, LineFault][] => {
        if (line.ended) return []
        const key = [
          things.find(customer(line))?.id,
          things.find(grantee(line))?.id,
          line.person ? things.find(person(line.person, ''))?.id : null,
        ]
        const other = standing.get(JSON.stringify(key))
        if (other === undefined || other === line.id) return []
        return [[line.id, { field: 'person', expected: `expected no other access for the same people: "${other}" stands`, conflict: true }]]
      }),
    )
  },
  complete,
  save: async (tx, run, changes, { things }) => {
    const ids = new Map(changes.map(({ standing, line }) => [line.id, standing?.id ?? randomUUID()]))
    const valuesOf = (line: GrantLine) => grantValues(line, ids, things)
    const added = changes.filter(({ standing }) => !standing).map(({ line }) => valuesOf(line))
    const changed = changes.filter(({ standing }) => standing).map(({ line }) => valuesOf(line))
    const before = await rowsBefore(
      tx,
      'grants',
      changed.map(({ id }) => [id]),
    )
    if (added.length > 0) await addGrants(tx, added)
    if (changed.length > 0) await confirmAndEndGrants(tx, changed)
    await noteChanges(
      tx,
      run,
      'grants',
      [...added, ...changed].map(({ id }) => [id]),
      before,
    )
    // The items stand in this run or an earlier one. Only the tie is new; undoing the grants leaves it pointing nowhere, as after any removal.
    await tieItems(tx, run, added)
  },
}

async function tieItems(
  tx: Parameters<NonNullable<typeof grantLines.save>>[0],
  run: Parameters<typeof noteChanges>[1],
  added: readonly GrantValues[],
): Promise<void> {
  const answering = added.filter(({ request_id }) => request_id !== null).map(({ id }) => id)
  if (answering.length === 0) return
  const tied = await tieItemsToGrants(tx, answering)
  const rows = await rowsBefore(
    tx,
    'access_request_items',
    tied.map((id) => [id]),
  )
  const before = new Map([...rows].map(([key, row]) => [key, { ...(row as object), grant_id: null }]))
  await noteChanges(
    tx,
    run,
    'access_request_items',
    tied.map((id) => [id]),
    before,
  )
}

function complete(line: GrantLine, standing: Standing<GrantLine> | undefined, given: Given): GrantLine | LineFault {
  const level = levelOf(given.law, line.level)
  if (!level) return unknownLevel('level', given.law)
  if ('customer' in line.grantee) return { field: 'grantee.customer', expected: 'expected a partner, or the vendor for one of its people' }
  if ('vendor' in line.grantee && !line.person)
    return { field: 'person', expected: "expected one of the vendor's people: access is never given to the whole vendor" }
  const whole = wholeGrant({ ...line, level: level.code }, standing?.line, given)
  if (!whole.until || whole.until <= (whole.from ?? ''))
    return { field: line.endsOn === undefined ? 'until' : 'endsOn', expected: 'expected an end after the beginning' }
  return (standing && otherTerms(standing.line, whole)) ?? whole
}

/** What stands here says otherwise than the line, in what never changes. */
function otherTerms(before: GrantLine, whole: GrantLine): LineFault | undefined {
  const terms = (grant: GrantLine) => canonical({ ...grant, confirmedAt: null, ended: null })
  if (terms(before) !== terms(whole))
    return { field: 'id', expected: 'expected the terms that this access has here: they never change; give another id', conflict: true }
  if (before.ended && canonical(before.ended) !== canonical(whole.ended))
    return { field: 'ended', expected: 'expected the end that this access had here', conflict: true }
  return undefined
}

function wholeGrant(line: GrantLine, before: GrantLine | undefined, { now, grants, things }: Given): GrantLine {
  const { endsOn, ...rest } = line
  const zone = things.find(customer(line))?.timeZone ?? 'UTC'
  const givenAt = or(line.givenAt, before?.givenAt, line.from ?? now)
  const confirmed = grants === 'trusted' ? or(line.confirmedAt, before?.confirmedAt, givenAt) : (before?.confirmedAt ?? null)
  const request = or(line.request, before?.request, null)
  return {
    ...rest,
    person: or(line.person, before?.person, null),
    from: or(line.from, before?.from, givenAt),
    until: endsOn === undefined ? (line.until ?? '') : endOfDay(endsOn as LocalDate, zone),
    confirmedAt: confirmed as Instant | null,
    reason: or(line.reason, before?.reason, null),
    givenBy: or(line.givenBy, before?.givenBy, null),
    givenAt,
    request: request === null ? null : requestId(request),
    replaces: or(line.replaces, before?.replaces, null),
    ended: or(line.ended, before?.ended, null),
  }
}

function grantValues(line: GrantLine, ids: ReadonlyMap<string, string>, things: Things): GrantValues {
  const idOf = (reference: Reference[]) => (reference[0] ? things.get(reference[0]).id : null)
  return {
    id: ids.get(line.id) ?? '',
    external_id: line.id,
    customer_id: things.get(customer(line)).id,
    partner_id: things.get(grantee(line)).id,
    person_id: idOf(some(line.person, (id) => person(id, ''))),
    level: line.level,
    from_at: line.from ?? '',
    until_at: line.until ?? '',
    confirmed_at: line.confirmedAt ?? null,
    reason: line.reason ?? null,
    given_by: idOf(some(line.givenBy, (id) => person(id, ''))),
    given_at: line.givenAt ?? '',
    request_id: line.request ? requestId(line.request) : null,
    replaces: line.replaces ? (ids.get(line.replaces) ?? things.get({ to: 'grant', id: line.replaces }).id) : null,
    ended_at: line.ended?.at ?? null,
    ended_by: idOf(some(line.ended?.by, (id) => person(id, ''))),
    end_kind: line.ended?.kind ?? null,
    end_reason: line.ended?.reason ?? null,
  }
}
