// Taking an import back: what changed since, what came to refer to it since, and the rows as they were.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { imageOf, type PlaceName, places, rowOfKey } from './places-store.ts'

/** The tables, children before what they refer to. */
const childrenFirst = (Object.keys(places) as PlaceName[]).toReversed()

/** What a run did to which tables; the others need not be asked, and asking about records is dear where there are many kinds. */
async function placesTouched(
  tx: ReadTx,
  importId: string,
): Promise<{ all: PlaceName[]; broughtIn: ReadonlySet<string>; changed: ReadonlySet<string> }> {
  const { rows } = await sql<{ place: string; brought_in: boolean; changed: boolean }>`
    select place, bool_or(before is null) as brought_in, bool_or(before is not null) as changed
    from import_changes where import_id = ${importId}::uuid group by place`.execute(tx.sql)
  const those = (which: (row: (typeof rows)[number]) => boolean) => new Set(rows.filter(which).map(({ place }) => place))
  const all = those(() => true)
  return {
    all: childrenFirst.filter((place) => all.has(place)),
    broughtIn: those((row) => row.brought_in),
    changed: those((row) => row.changed),
  }
}

export interface TouchedRow {
  readonly place: string
  readonly label: string
}

/**
 * An undo compares whole tables, of which the planner may know nothing yet: it joins them as wholes, never row by row. Nor does it compile
 * its plans: what is switched off makes them look expensive, and compiling each would take longer than running it.
 */
export async function joinWholeTables(tx: WriteTx): Promise<void> {
  await sql`select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)`.execute(tx.sql)
}

/** Rows that are no longer as the run left them. */
export async function changedSince(tx: ReadTx, importId: string): Promise<TouchedRow[]> {
  const found: TouchedRow[] = []
  for (const place of (await placesTouched(tx, importId)).all) {
    const { rows } = await sql<TouchedRow>`
      with last as (select distinct on (key) key, after from import_changes where import_id = ${importId}::uuid and place = ${place} order by key, id desc)
      select ${place} as place, coalesce(${labelOf(sql`${imageOf(place)}`)}, c.key) as label from last c left join ${sql.table(place)} t on ${rowOfKey(place)}
      where c.after is distinct from md5((${imageOf(place)})::text)`.execute(tx.sql)
    found.push(...rows)
  }
  return found
}

const labelOf = (row: RawBuilder<unknown>) => sql`coalesce(${row} ->> 'name', ${row} ->> 'title', ${row} ->> 'external_id')`

interface Tie {
  readonly from_table: string
  readonly to_table: PlaceName
  readonly from_columns: string[]
  readonly to_columns: string[]
}

/** What triggers write of records, and take away with them. */
const derived = ['record_assignments']

/** What records and grants say of records without a constraint of the database. */
const looseTies: readonly Tie[] = [
  ['records', 'parent_kind', 'parent_id'] as const,
  ['records', 'reference_kind', 'reference_id'] as const,
  ['grant_records', 'kind', 'record_id'] as const,
].map(([from, kind, id]) => ({ from_table: from, to_table: 'records', from_columns: [kind, id], to_columns: ['kind', 'id'] }))

/** Rows that are not the run's own and refer to rows that it brought in, counted by table. */
export async function referringSince(tx: ReadTx, importId: string): Promise<TouchedRow[]> {
  const { rows: ties } = await sql<Tie>`
    select f.relname as from_table, t.relname as to_table, ${columnsIn('c.conrelid', 'c.conkey')} as from_columns, ${columnsIn('c.confrelid', 'c.confkey')} as to_columns
    from pg_constraint c join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid
    where c.contype = 'f' and c.conparentid = 0 and f.relname <> all (${derived}::text[]) and t.relname = any (${Object.keys(places)}::text[]) and has_table_privilege(f.oid, 'select')
    order by f.relname, t.relname`.execute(tx.sql)
  const found: TouchedRow[] = []
  const { broughtIn } = await placesTouched(tx, importId)
  for (const tie of [...ties, ...looseTies].filter(({ to_table: to }) => broughtIn.has(to))) {
    const { rows } = await sql<{ many: number }>`
      with brought as (select distinct key from import_changes where import_id = ${importId}::uuid and place = ${tie.to_table} and before is null)
      select count(*)::int as many from brought c join ${sql.table(tie.to_table)} t on ${rowOfKey(tie.to_table)} join ${sql.table(tie.from_table)} f on ${joined(tie)}
      where ${isForeign(tie, importId)}`.execute(tx.sql)
    const many = rows[0]?.many ?? 0
    if (many > 0) found.push({ place: tie.from_table, label: `${many} of ${tie.from_table.replaceAll('_', ' ')}` })
  }
  return found
}

const columnsIn = (table: string, numbers: string) =>
  sql.raw(
    `array(select a.attname::text from unnest(${numbers}) with ordinality k (number, place) join pg_attribute a on a.attrelid = ${table} and a.attnum = k.number order by k.place)`,
  )

const joined = ({ from_columns, to_columns }: Tie) =>
  sql.join(
    from_columns.map((column, place) => sql`${sql.ref(`f.${column}`)} = ${sql.ref(`t.${to_columns[place] ?? ''}`)}`),
    sql` and `,
  )

/** Whether the referring row is not itself one that the run brought in or changed, and so takes back. */
function isForeign({ from_table }: Tie, importId: string): RawBuilder<unknown> {
  if (!Object.hasOwn(places, from_table)) return sql`true`
  const { key } = places[from_table as PlaceName]
  const columns = sql.join(key.map(([column]) => sql.ref(`f.${column}`)))
  return sql`jsonb_build_array(${columns}) not in (select key::jsonb from import_changes where import_id = ${importId}::uuid and place = ${from_table})`
}

/** Puts every row back as it was before the run. @returns how many rows */
export async function restoreRows(tx: WriteTx, importId: string): Promise<number> {
  let many = 0
  const { all, broughtIn, changed } = await placesTouched(tx, importId)
  for (const place of all) {
    const first = sql`(select distinct on (key) key, before from import_changes where import_id = ${importId}::uuid and place = ${place} order by key, id)`
    if (broughtIn.has(place)) {
      const removed = await sql`delete from ${sql.table(place)} t using ${first} c where c.before is null and ${rowOfKey(place)}`.execute(
        tx.sql,
      )
      many += Number(removed.numAffectedRows ?? 0)
    }
    if (changed.has(place)) {
      const restored = await sql`
        insert into ${sql.table(place)} overriding system value
        select (jsonb_populate_record(null::${sql.table(place)}, c.before)).* from ${first} c where c.before is not null
        on conflict (${sql.raw(places[place].key.map(([column]) => column).join(', '))}) ${await everyOtherColumn(tx, place)}`.execute(
        tx.sql,
      )
      many += Number(restored.numAffectedRows ?? 0)
    }
  }
  return many
}

async function everyOtherColumn(tx: ReadTx, place: PlaceName): Promise<RawBuilder<unknown>> {
  const { rows } = await sql<{ column: string }>`
    select attname::text as column from pg_attribute where attrelid = ${place}::regclass and attnum > 0 and not attisdropped and attidentity = ''`.execute(
    tx.sql,
  )
  const key = places[place].key.map(([column]) => column as string)
  const columns = rows.map(({ column }) => column).filter((column) => !key.includes(column))
  // A table of nothing but its key stands as it was.
  if (columns.length === 0) return sql`do nothing`
  return sql`do update set ${sql.join(columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`))}`
}
