// What a grant with a narrower scope covers, in the database.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { AccessScope } from './access-rules.ts'

/** The scopes of the grants that have a narrower one, with the names that the actor may know. */
export async function scopesOf(
  tx: ReadTx,
  grants: readonly { readonly id: string; readonly scope: string }[],
): Promise<Map<string, AccessScope>> {
  const of = (scope: string) => grants.filter((grant) => grant.scope === scope).map(({ id }) => id)
  return new Map([...(await sitesOf(tx, of('sites'))), ...(await recordsOf(tx, of('records')))])
}

async function sitesOf(tx: ReadTx, grantIds: readonly string[]): Promise<[string, AccessScope][]> {
  if (grantIds.length === 0) return []
  const rows = await tx.sql
    .selectFrom('grant_sites as n')
    .innerJoin('sites as s', 's.site_no', 'n.site_no')
    .select(['n.grant_id', 'n.site_no as siteNo', 's.name'])
    .where('n.grant_id', 'in', [...grantIds])
    .orderBy('s.name')
    .orderBy('n.site_no')
    .execute()
  const byGrant = Map.groupBy(rows, (row) => row.grant_id)
  return grantIds.map((id) => [id, { kind: 'sites', sites: (byGrant.get(id) ?? []).map(({ siteNo, name }) => ({ siteNo, name })) }])
}

async function recordsOf(tx: ReadTx, grantIds: readonly string[]): Promise<[string, AccessScope][]> {
  if (grantIds.length === 0) return []
  const rows = await tx.sql
    .selectFrom('grant_records as n')
    .leftJoin('records as r', (join) => join.onRef('r.kind', '=', 'n.kind').onRef('r.id', '=', 'n.record_id'))
    .select(['n.grant_id', 'n.kind', 'n.record_id', 'r.number'])
    .where('n.grant_id', 'in', [...grantIds])
    .orderBy('n.kind')
    .orderBy('n.record_id')
    .execute()
  const byGrant = Map.groupBy(rows, (row) => row.grant_id)
  // A record that the reader may not see is told of by nothing but its id.
  const recordOf = (row: (typeof rows)[number]) => ({
    kind: row.kind,
    id: `${row.record_id}`,
    number: row.number ?? `no. ${row.record_id}`,
  })
  return grantIds.map((id) => [id, { kind: 'records', records: (byGrant.get(id) ?? []).map(recordOf) }])
}

export async function addScope(tx: WriteTx, grantId: string, scope: AccessScope): Promise<void> {
  if (scope.kind === 'sites')
    await tx.sql
      .insertInto('grant_sites')
      .values(scope.sites.map(({ siteNo }) => ({ grant_id: grantId, site_no: siteNo })))
      .execute()
  if (scope.kind === 'records')
    await tx.sql
      .insertInto('grant_records')
      .values(scope.records.map(({ kind, id }) => ({ grant_id: grantId, kind, record_id: Number(id) })))
      .execute()
}

/** The customer's sites, by name. */
export async function sitesOfCustomer(
  tx: ReadTx,
  customerId: string,
): Promise<{ siteNo: number; externalId: string | null; name: string }[]> {
  return tx.sql
    .selectFrom('sites')
    .select(['site_no as siteNo', 'external_id as externalId', 'name'])
    .where('customer_id', '=', customerId)
    .orderBy('name')
    .orderBy('site_no')
    .execute()
}

/** Those of the records that belong to the customer and that the actor may see. */
export async function recordsOfCustomer(
  tx: ReadTx,
  customerNo: number,
  records: readonly { readonly kind: string; readonly id: string }[],
): Promise<{ kind: string; id: string; externalId: string; number: string }[]> {
  if (records.length === 0) return []
  const ids = records.map(({ id }) => id)
  const rows = await tx.sql
    .selectFrom('records')
    .select(['kind', 'id', 'external_id as externalId', 'number'])
    .where('customer_no', '=', customerNo)
    .where(
      'kind',
      'in',
      records.map(({ kind }) => kind),
    )
    .where((eb) => {
      const numbers = ids.filter((id) => /^\d{1,15}$/.test(id)).map(Number)
      return eb.or([eb('external_id', 'in', ids), ...(numbers.length > 0 ? [eb('id', 'in', numbers)] : [])])
    })
    .execute()
  return rows.map((row) => ({ ...row, id: `${row.id}` }))
}
