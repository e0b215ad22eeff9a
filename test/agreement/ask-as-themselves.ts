// What people find themselves: rows under the row policies alone, how many they are, and the list of each kind with a search, each in one door.
import { sql } from 'kysely'
import { createContext, type ReadTx } from '../../src/context/context.ts'
import type { House } from '../../src/context/house.ts'
import { countOfRecords, recordsAfter } from '../../src/features/records/list-store.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { visible } from '../../src/law/visible.ts'
import type { PutWorld } from './put-portal-world.ts'
import { type Settings, settingsText } from './rule-alone.ts'

/** What one person found. */
export interface OwnFindings {
  /** Null: the door stayed shut. */
  readonly settings: Settings | null
  readonly byPolicy: readonly string[]
  readonly bySearch: readonly string[]
  /** What the lists' own counts add up to. */
  readonly searched: number
}

const nothing: OwnFindings = { settings: null, byPolicy: [], bySearch: [], searched: 0 }

/** @param kinds the kinds whose lists are asked for */
export async function findForThemselves(house: House, put: PutWorld, person: string, kinds: readonly string[]): Promise<OwnFindings> {
  try {
    return await createContext(house, put.actorOf(person), 'agreement').reading('self:manage', { kind: 'self' }, async (tx) => {
      const settings = await sql<{ settings: Settings }>`${sql.raw(settingsText)}`.execute(tx.sql)
      const byPolicy = await rowsByPolicy(tx, put.recordIds)
      const found: string[] = []
      let searched = 0
      for (const kind of kinds) {
        const rule = visible(tx.law, tx.actor, `${kind}:read`)
        const filter = { search: put.prefix }
        found.push(...(await recordsAfter(tx, kind, rule, filter, undefined, 100)).map(({ id }) => id))
        searched += await countOfRecords(tx, kind, rule, filter)
      }
      return {
        settings: settings.rows[0]?.settings ?? null,
        byPolicy,
        bySearch: found,
        searched,
      }
    })
  } catch (error) {
    // Somebody who left, or somebody suspended: no list at all, which must be what every other way says too.
    if (isRefusal(error)) return nothing
    throw error
  }
}

/** Prepared once on each connection: the policies of all kinds take long to plan, and are the same for everybody. */
async function rowsByPolicy({ sql: tx }: ReadTx, records: readonly number[]): Promise<string[]> {
  const { rows } = await sql`select from pg_prepared_statements where name = 'by_policy'`.execute(tx)
  if (rows.length === 0) await sql`prepare by_policy (bigint[]) as select r.id::text as id from records r where r.id = any ($1)`.execute(tx)
  await sql`set local plan_cache_mode to force_generic_plan`.execute(tx)
  const found = await sql<{ id: string }>`execute by_policy (${sql.raw(`'{${records.join()}}'`)})`.execute(tx)
  await sql`set local plan_cache_mode to auto`.execute(tx)
  return found.rows.map(({ id }) => id)
}
