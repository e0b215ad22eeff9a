// Counts for a preview: the customer's records, grouped by all that the law asks of a record, so that the law itself can read the groups.
import { sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'
import type { Relation } from '../../rows/expression.ts'
import { type AccessScope, type Held, heldKey, scopeKey } from './access-rules.ts'
import type { RecordGroup } from './preview-rules.ts'

export interface Reached {
  readonly personId: string
  readonly held: Held
}

interface Row {
  state: string | null
  named: string[]
  covered: number[]
  records: number
  messages: number
  files: number
}

/**
 * One row for each state, each way in which the reached people are named on records of the kind, and each set of the narrower scopes that cover them.
 * Messages and files are counted with the record they hang on.
 */
export async function recordGroups(
  tx: ReadTx,
  kind: string,
  customerNo: number,
  reached: readonly Reached[],
  scopes: readonly AccessScope[],
): Promise<RecordGroup[]> {
  const helds = [...new Map(reached.map(({ held }) => [heldKey(held), held])).values()]
  const indexOf = (held: Held) => helds.findIndex((one) => heldKey(one) === heldKey(held))
  const places = placesOf(scopes, kind)
  // Compiling this statement takes PostgreSQL ten times as long as running it on fifty thousand rows.
  await sql`select set_config('jit', 'off', true)`.execute(tx.sql)
  const { rows } = await sql<Row>`
    with reached as (
      select * from unnest(${reached.map((one) => one.personId)}::uuid[], ${reached.map(({ held }) => indexOf(held))}::int[]) as r (person_id, has)
    ),
    named as (
      select rp.record_id, array_agg(distinct reached.has || ' ' || rp.relation order by reached.has || ' ' || rp.relation) as how
      from reached join record_people rp on rp.person_id = reached.person_id and rp.kind = ${kind} and rp.customer_no = ${customerNo}
      group by rp.record_id
    ),
    covered as (
      select c.id, array_agg(distinct c.scope order by c.scope) as by from (
        select r.id, s.scope from unnest(${places.sites.map(({ scope }) => scope)}::int[], ${places.sites.map(({ siteNo }) => siteNo)}::int[]) as s (scope, site_no)
          join records r on r.site_no = s.site_no and r.kind = ${kind} and r.customer_no = ${customerNo}
        union all
        select s.id, s.scope from unnest(${places.records.map(({ scope }) => scope)}::int[], ${places.records.map(({ id }) => id)}::bigint[]) as s (scope, id)
      ) c group by c.id
    ),
    said as (select record_id, count(*) as messages from messages where kind = ${kind} and customer_no = ${customerNo} group by record_id),
    attached as (select record_id, count(*) as files from files where kind = ${kind} and customer_no = ${customerNo} group by record_id)
    select r.state, coalesce(n.how, '{}') as named, coalesce(v.by, '{}') as covered, count(*)::int as records,
      coalesce(sum(s.messages), 0)::int as messages, coalesce(sum(a.files), 0)::int as files
    from records r
      left join named n on n.record_id = r.id
      left join covered v on v.id = r.id
      left join said s on s.record_id = r.id
      left join attached a on a.record_id = r.id
    where r.kind = ${kind} and r.customer_no = ${customerNo}
    group by r.state, coalesce(n.how, '{}'), coalesce(v.by, '{}')`.execute(tx.sql)
  return rows.map(({ state, named, covered, ...counts }) => ({
    ...counts,
    kind,
    state: state ?? '',
    named: named.map((text) => namedOf(text, helds)),
    covered: covered.flatMap((index) => (scopes[index] ? [scopeKey(scopes[index])] : [])),
  }))
}

function placesOf(scopes: readonly AccessScope[], kind: string) {
  const sites = scopes.flatMap((one, scope) => (one.kind === 'sites' ? one.sites.map(({ siteNo }) => ({ scope, siteNo })) : []))
  const records = scopes.flatMap((one, scope) =>
    one.kind === 'records' ? one.records.filter((record) => record.kind === kind).map(({ id }) => ({ scope, id })) : [],
  )
  return { sites, records }
}

function namedOf(text: string, helds: readonly Held[]): RecordGroup['named'][number] {
  const [index = '', relation = ''] = text.split(' ')
  return { held: helds[Number(index)] ?? [], relation: relation as Relation }
}
