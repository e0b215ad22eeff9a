// Lines of grants. Terms of a grant never change: an import brings new ones, confirms and ends; anything else is a conflict.
import { randomUUID } from 'node:crypto'
import type { WriteTx } from '../../context/context.ts'
import { completeGrant, coveredBy, customerOf as customer, groupReference, inOrder } from './grant-terms.ts'
import {
  addCovered,
  addGrants,
  confirmAndEndGrants,
  type GrantRow,
  type GrantValues,
  grantsNamed,
  standingGrants,
  tieItemsToGrants,
} from './grants-store.ts'
import { homeOf } from './person-lines.ts'
import { noteChanges, type Run, rowsBefore } from './places-store.ts'
import { organizationReference, type Reference, type Things } from './references.ts'
import { saveRows } from './save-rows.ts'
import { requestId } from './things-store.ts'
import { canonical, type LineFault, type Standing, type WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type GrantLine = LineOf<'grant'>

export function grantLine(row: GrantRow): GrantLine {
  return {
    kind: 'grant',
    id: row.named,
    customer: row.customer,
    grantee: homeOf(row.grantee_kind, row.grantee),
    person: row.person,
    group: row.group,
    level: row.level,
    rights: [...row.rights].sort(),
    scope: row.scope === 'all' ? null : inOrder(row.scope === 'sites' ? { sites: row.sites ?? [] } : { records: row.records }),
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

const grantee = (line: GrantLine): Reference => organizationReference(line.grantee, 'grantee')
const person = (id: string, field: string): Reference => ({ to: 'person', id, field })
const some = <T>(value: T | null | undefined, reference: (value: T) => Reference): Reference[] =>
  value === null || value === undefined ? [] : [reference(value)]

export const grantLines: WorldKind<GrantLine> = {
  keyOf: (line) => line.id,
  alsoUnique: (line) =>
    line.ended || line.scope
      ? []
      : [{ key: `standing ${canonical([line.customer, line.grantee, line.person ?? line.group ?? null])}`, field: fieldOfGrantee(line) }],
  references: (line) => [
    customer(line),
    grantee(line),
    ...some(line.person, (id) => person(id, 'person')),
    ...some(line.group, groupReference),
    ...coveredBy(line),
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
        if (line.ended || line.scope) return []
        const [of] = [...some(line.person, (id) => person(id, '')), ...some(line.group, groupReference)]
        const key = [things.find(customer(line))?.id, things.find(grantee(line))?.id, of ? things.find(of)?.id : null]
        const other = standing.get(JSON.stringify(key))
        if (other === undefined || other === line.id) return []
        return [
          [
            line.id,
            { field: fieldOfGrantee(line), expected: `expected no other access for the same people: "${other}" stands`, conflict: true },
          ],
        ]
      }),
    )
  },
  complete: completeGrant,
  save: async (tx, run, changes, { things }) => {
    const ids = new Map(changes.map(({ standing, line }) => [line.id, standing?.id ?? randomUUID()]))
    const rows = changes.map(({ standing, line }) => ({ fresh: !standing, values: grantValues(line, ids, things), line }))
    await saveRows(tx, run, 'grants', rows, { add: addGrants, change: confirmAndEndGrants })
    const added = rows.filter(({ fresh }) => fresh)
    await saveCovered(tx, run, added, things)
    // The items stand in this run or an earlier one. Only the tie is new; undoing the grants leaves it pointing nowhere, as after any removal.
    await tieItems(
      tx,
      run,
      added.map(({ values }) => values),
    )
  },
}

const fieldOfGrantee = (line: GrantLine) => (line.group ? 'group' : 'person')

interface AddedGrant {
  readonly line: GrantLine
  readonly values: GrantValues
}

async function saveCovered(tx: WriteTx, run: Run, added: readonly AddedGrant[], things: Things): Promise<void> {
  const covered = added.flatMap(({ line, values: { id } }) =>
    coveredBy(line).map((reference) => ({
      grant_id: id,
      to: reference.to,
      kind: reference.within ?? '',
      found: Number(things.get(reference).id),
    })),
  )
  const sites = covered.filter(({ to }) => to === 'site').map(({ grant_id, found }) => ({ grant_id, site_no: found }))
  const records = covered.filter(({ to }) => to === 'record').map(({ grant_id, kind, found }) => ({ grant_id, kind, record_id: found }))
  await addCovered(tx, sites, records)
  const siteKeys = sites.map(({ grant_id, site_no }) => [grant_id, site_no])
  await noteChanges(tx, run, 'grant_sites', siteKeys, new Map())
  const recordKeys = records.map(({ grant_id, kind, record_id }) => [grant_id, kind, record_id])
  await noteChanges(tx, run, 'grant_records', recordKeys, new Map())
}

async function tieItems(tx: WriteTx, run: Run, added: readonly GrantValues[]): Promise<void> {
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

function grantValues(line: GrantLine, ids: ReadonlyMap<string, string>, things: Things): GrantValues {
  const idOf = (reference: Reference[]) => (reference[0] ? things.get(reference[0]).id : null)
  return {
    id: ids.get(line.id) ?? '',
    external_id: line.id,
    customer_id: things.get(customer(line)).id,
    partner_id: things.get(grantee(line)).id,
    person_id: idOf(some(line.person, (id) => person(id, ''))),
    group_id: idOf(some(line.group, groupReference)),
    level: line.level ?? null,
    rights: line.rights ?? [],
    scope: scopeOf(line),
    from_at: line.from ?? '',
    until_at: line.until ?? '',
    confirmed_at: line.confirmedAt ?? null,
    reason: line.reason ?? null,
    given_by: idOf(some(line.givenBy, (id) => person(id, ''))),
    given_at: line.givenAt ?? '',
    request_id: line.request ? requestId(line.request) : null,
    replaces: line.replaces ? (ids.get(line.replaces) ?? things.get({ to: 'grant', id: line.replaces }).id) : null,
    ...endValues(line, idOf),
  }
}

const scopeOf = ({ scope }: GrantLine) => (!scope ? 'all' : 'sites' in scope ? 'sites' : 'records')

const endValues = ({ ended }: GrantLine, idOf: (reference: Reference[]) => string | null) => ({
  ended_at: ended?.at ?? null,
  ended_by: idOf(some(ended?.by, (id) => person(id, ''))),
  end_kind: ended?.kind ?? null,
  end_reason: ended?.reason ?? null,
})
