// The runs of imports: when, of which file, how far.
import { sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'

export interface RunRow {
  readonly id: string
  readonly file_name: string | null
  readonly trust_grants: boolean
  readonly started_at: Date
  readonly finished_at: Date | null
  readonly state: 'running' | 'done' | 'failed' | 'undone'
  readonly counts: Record<string, Record<string, number>>
  readonly undone_at: Date | null
}

export async function addRun(tx: WriteTx, run: { fileName: string | null; trustGrants: boolean }): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into imports (file_name, dry_run, trust_grants, started_at) values (${run.fileName}, false, ${run.trustGrants}, app_now()) returning id`.execute(
    tx.sql,
  )
  return rows[0]?.id ?? ''
}

/** @returns false where the run no longer goes on: it was undone meanwhile */
export async function keepCounts(tx: WriteTx, id: string, counts: unknown): Promise<boolean> {
  const { rows } =
    await sql`update imports set counts = ${JSON.stringify(counts)}::jsonb where id = ${id}::uuid and state = 'running' returning id`.execute(
      tx.sql,
    )
  return rows.length > 0
}

export async function endRun(tx: WriteTx, id: string, state: 'done' | 'failed'): Promise<boolean> {
  const { rows } =
    await sql`update imports set state = ${state}, finished_at = app_now() where id = ${id}::uuid and state = 'running' returning id`.execute(
      tx.sql,
    )
  return rows.length > 0
}

export async function markUndone(tx: WriteTx, id: string): Promise<void> {
  await sql`update imports set state = 'undone', undone_at = app_now() where id = ${id}::uuid`.execute(tx.sql)
}

/** The newest runs first. */
export async function findRuns(tx: ReadTx, id?: string): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select id, file_name, trust_grants, started_at, finished_at, state, counts, undone_at from imports
    where ${id === undefined ? sql`true` : sql`id = ${id}::uuid`} order by started_at desc, id limit 200`.execute(tx.sql)
  return rows
}

/** Whether the portal has a vendor: the first thing that every world brings. */
export async function vendorThere(tx: ReadTx): Promise<boolean> {
  const { rows } = await sql`select from organizations where kind = 'vendor'`.execute(tx.sql)
  return rows.length > 0
}
