// Counts for a preview: the customer's records, grouped by all that the law asks of a record, so that the law itself can read the groups.
import { sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'
import type { Relation } from '../../rows/expression.ts'
import type { RecordGroup } from './preview-rules.ts'

export interface Reached {
  readonly personId: string
  readonly level: string
}

interface Row {
  state: string
  named: string[]
  records: number
  messages: number
  files: number
}

/**
 * One row for each state and each way in which the reached people are named on records of the kind. Messages and files are counted
 * with the record they hang on.
 */
export async function recordGroups(tx: ReadTx, kind: string, customerNo: number, reached: readonly Reached[]): Promise<RecordGroup[]> {
  const people = reached.map((one) => one.personId)
  const levels = reached.map((one) => one.level)
  // Compiling this statement takes PostgreSQL ten times as long as running it on fifty thousand rows.
  await sql`select set_config('jit', 'off', true)`.execute(tx.sql)
  const { rows } = await sql<Row>`
    with reached as (
      select * from unnest(${people}::uuid[], ${levels}::text[]) as r (person_id, level)
    ),
    named as (
      select rp.record_id, array_agg(distinct reached.level || ' ' || rp.relation order by reached.level || ' ' || rp.relation) as how
      from reached join record_people rp on rp.person_id = reached.person_id and rp.kind = ${kind} and rp.customer_no = ${customerNo}
      group by rp.record_id
    ),
    said as (select record_id, count(*) as messages from messages where kind = ${kind} and customer_no = ${customerNo} group by record_id),
    attached as (select record_id, count(*) as files from files where kind = ${kind} and customer_no = ${customerNo} group by record_id)
    select r.state, coalesce(n.how, '{}') as named, count(*)::int as records,
      coalesce(sum(s.messages), 0)::int as messages, coalesce(sum(a.files), 0)::int as files
    from records r
      left join named n on n.record_id = r.id
      left join said s on s.record_id = r.id
      left join attached a on a.record_id = r.id
    where r.kind = ${kind} and r.customer_no = ${customerNo}
    group by r.state, coalesce(n.how, '{}')`.execute(tx.sql)
  return rows.map((row) => ({ ...row, kind, named: row.named.map(namedOf) }))
}

function namedOf(text: string): RecordGroup['named'][number] {
  const [level = '', relation = ''] = text.split(' ')
  return { level, relation: relation as Relation }
}
