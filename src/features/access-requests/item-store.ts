// The parts of requests in the database, with what each asks for and what the answer gave, by the names that the reader may know.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { asId, type PersonId } from '../../kernel/ids.ts'
import type { AskedItem, RequestItem } from './rules.ts'

type Scope = AskedItem['scope']

/** A scope as it is kept: what is named alone. */
interface KeptScope {
  readonly sites?: readonly number[]
  readonly records?: readonly { readonly kind: string; readonly id: string }[]
}

export function kept(scope: Scope): string | null {
  if (scope.kind === 'all') return null
  const named: KeptScope =
    scope.kind === 'sites'
      ? { sites: scope.sites.map(({ siteNo }) => siteNo) }
      : { records: scope.records.map(({ kind, id }) => ({ kind, id })) }
  return JSON.stringify(named)
}

/** The parts of each of the requests: everyone's first, then by name. */
export async function itemsOf(tx: ReadTx, requestIds: readonly string[]): Promise<Map<string, RequestItem[]>> {
  if (requestIds.length === 0) return new Map()
  const rows = await rowsOf(tx, requestIds)
  const named = await namesOf(tx, rows)
  const items = rows.map((row) => ({
    requestId: row.request_id,
    id: row.id,
    person: row.person_id === null ? null : { id: asId<PersonId>(row.person_id), name: row.name ?? '', email: row.email ?? '' },
    level: row.level,
    rights: row.rights,
    scope: named(row.scope as KeptScope | null),
    granted: grantedOf(row.granted_level, row.granted_rights, named(row.granted_scope as KeptScope | null)),
    grantId: row.grant_id,
    waits: row.pending_customer_id !== null,
  }))
  return Map.groupBy(items, ({ requestId }) => requestId)
}

function rowsOf(tx: ReadTx, requestIds: readonly string[]) {
  return tx.sql
    .selectFrom('access_request_items as i')
    .leftJoin('people as p', 'p.id', 'i.person_id')
    .select([
      'i.id',
      'i.request_id',
      'i.person_id',
      'p.name',
      'p.email',
      'i.level',
      'i.rights',
      'i.scope',
      'i.granted_level',
      'i.granted_rights',
      'i.granted_scope',
      'i.grant_id',
      'i.pending_customer_id',
    ])
    .where('i.request_id', 'in', [...requestIds])
    .orderBy((eb) => eb('i.person_id', 'is not', null))
    .orderBy('p.name')
    .orderBy('i.id')
    .execute()
}

/** An answer that gave something, whichever way it was written down. */
const grantedOf = (level: string | null, rights: readonly string[] | null, scope: Scope): RequestItem['granted'] =>
  level === null && (rights ?? []).length === 0 ? null : { level, rights: rights ?? [], scope }

/** Puts names beside what is kept; what the reader may not know is told of by nothing but its number. */
async function namesOf(tx: ReadTx, rows: Awaited<ReturnType<typeof rowsOf>>): Promise<(scope: KeptScope | null) => Scope> {
  const scopes = rows.flatMap(({ scope, granted_scope }) => [scope, granted_scope]).filter((one) => one !== null) as unknown as KeptScope[]
  const sites = await siteNames(tx, [...new Set(scopes.flatMap((one) => one.sites ?? []))])
  const numbers = await recordNumbers(
    tx,
    scopes.flatMap((one) => one.records ?? []),
  )
  return (scope) => {
    if (scope === null) return { kind: 'all' }
    if (scope.sites)
      return { kind: 'sites', sites: scope.sites.map((siteNo) => ({ siteNo, name: sites.get(siteNo) ?? `site no. ${siteNo}` })) }
    const records = (scope.records ?? []).map(({ kind, id }) => ({ kind, id, number: numbers.get(`${kind} ${id}`) ?? `no. ${id}` }))
    return { kind: 'records', records }
  }
}

async function siteNames(tx: ReadTx, siteNos: readonly number[]): Promise<Map<number, string>> {
  if (siteNos.length === 0) return new Map()
  const rows = await tx.sql
    .selectFrom('sites')
    .select(['site_no', 'name'])
    .where('site_no', 'in', [...siteNos])
    .execute()
  return new Map(rows.map((row) => [row.site_no, row.name]))
}

async function recordNumbers(tx: ReadTx, records: readonly { readonly kind: string; readonly id: string }[]): Promise<Map<string, string>> {
  if (records.length === 0) return new Map()
  const rows = await tx.sql
    .selectFrom('records')
    .select(['kind', 'id', 'number'])
    .where((eb) => eb.or(records.map(({ kind, id }) => eb.and([eb('kind', '=', kind), eb('id', '=', Number(id))]))))
    .execute()
  return new Map(rows.map((row) => [`${row.kind} ${row.id}`, row.number]))
}

export async function noteGiven(
  tx: WriteTx,
  itemId: string,
  { level, rights, scope }: Omit<AskedItem, 'personId'>,
  grantId: string,
): Promise<void> {
  const given = { granted_level: level, granted_rights: [...rights], granted_scope: kept(scope), grant_id: grantId }
  await tx.sql.updateTable('access_request_items').set(given).where('id', '=', itemId).execute()
}
