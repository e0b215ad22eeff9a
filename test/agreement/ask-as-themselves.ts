// What people find themselves: rows under the row policies alone, how many they are, and the list of each kind with a search, each in one door.
import { sql } from 'kysely'
import { createContext } from '../../src/context/context.ts'
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
  readonly counted: number
  readonly bySearch: readonly string[]
  /** What the lists' own counts add up to. */
  readonly searched: number
}

const nothing: OwnFindings = { settings: null, byPolicy: [], counted: 0, bySearch: [], searched: 0 }

/** @param kinds the kinds whose lists are asked for */
export async function findForThemselves(house: House, put: PutWorld, person: string, kinds: readonly string[]): Promise<OwnFindings> {
  try {
    return await createContext(house, put.actorOf(person), 'agreement').reading('self:manage', { kind: 'self' }, async (tx) => {
      const settings = await sql<{ settings: Settings }>`${sql.raw(settingsText)}`.execute(tx.sql)
      const ours = sql<boolean>`r.id = any (${put.recordIds}::bigint[])`
      const rows = await sql<{ id: string }>`select r.id::text as id from records r where ${ours}`.execute(tx.sql)
      const count = await sql<{ many: number }>`select count(*)::int as many from records r where ${ours}`.execute(tx.sql)
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
        byPolicy: rows.rows.map(({ id }) => id),
        counted: count.rows[0]?.many ?? 0,
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
