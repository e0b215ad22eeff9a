// What people find themselves: rows under the row policies alone, how many they are, and the list of each kind with a search, each in one door.
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { createContext, type ReadTx } from '../../src/context/context.ts'
import type { House } from '../../src/context/house.ts'
import { countOfRecords, type ListedRecord, recordsAfter } from '../../src/features/records/list-store.ts'
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
  /** The lists without a search, page after page. */
  readonly byPages: readonly string[]
  /** Lists whose count is not that of the row policy alone; and records of which one sees only the row, or only what hangs on it. */
  readonly miscounted: readonly string[]
}

const nothing: OwnFindings = { settings: null, byPolicy: [], bySearch: [], searched: 0, byPages: [], miscounted: [] }

/** @param kinds the kinds whose lists are asked for */
export async function findForThemselves(house: House, put: PutWorld, person: string, kinds: readonly string[]): Promise<OwnFindings> {
  try {
    return await createContext(house, put.actorOf(person), 'agreement').reading('self:manage', { kind: 'self' }, async (tx) => {
      const settings = await sql<{ settings: Settings }>`${sql.raw(settingsText)}`.execute(tx.sql)
      const byPolicy = await rowsByPolicy(tx, put.recordIds)
      const ids = new Set(put.recordIds.map(String))
      const found = { search: [] as string[], searched: 0, pages: [] as string[] }
      const miscounted = await hangingOtherwise(tx, put.recordIds, byPolicy)
      for (const kind of kinds) {
        const lists = await listsOf(tx, kind, put)
        // The same as if nobody knew how much the person reaches: then rows are gone through customer by customer, and a text is looked for by its index.
        const blindly = await listsOf({ ...tx, reach: null }, kind, put)
        if (!isDeepStrictEqual(lists, blindly)) miscounted.push(`${kind}: other lists where nobody knows how much is reached`)
        found.search.push(...lists.search)
        found.pages.push(...lists.pages)
        found.searched += lists.searched
        miscounted.push(...(await countsOtherwise(tx, kind, lists.counted)))
      }
      return {
        settings: settings.rows[0]?.settings ?? null,
        byPolicy,
        bySearch: found.search,
        searched: found.searched,
        byPages: found.pages.filter((id) => ids.has(id)),
        miscounted,
      }
    })
  } catch (error) {
    // Somebody who left, or somebody suspended: no list at all, which must be what every other way says too.
    if (isRefusal(error)) return nothing
    throw error
  }
}

interface Lists {
  readonly search: readonly string[]
  readonly searched: number
  readonly pages: readonly string[]
  readonly counted: number
}

/** The list of one kind: searched, counted as searched, page after page, and counted whole. */
async function listsOf(tx: ReadTx, kind: string, { prefix }: PutWorld): Promise<Lists> {
  const rule = visible(tx.law, tx.actor, `${kind}:read`)
  const filter = { search: prefix }
  return {
    search: (await recordsAfter(tx, kind, rule, filter, undefined, 100)).map(({ id }) => id),
    searched: await countOfRecords(tx, kind, rule, filter),
    pages: await pageAfterPage(tx, kind),
    counted: await countOfRecords(tx, kind, rule, {}),
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

/** Whether messages, files and people are seen on other records than those that the policy lets through. */
async function hangingOtherwise({ sql: tx, law }: ReadTx, records: readonly number[], byPolicy: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`select unnest(readable_records(kind, ${[...records]}::bigint[]))::text as id
    from unnest(${[...law.kinds.keys()]}::text[]) kind`.execute(tx)
  const hanging = new Set(found.rows.map(({ id }) => id))
  const rows = new Set(byPolicy)
  return records.map(String).flatMap((id) => (hanging.has(id) === rows.has(id) ? [] : [`what hangs on ${id}`]))
}

/** A list to its end, in pages of a few records. */
async function pageAfterPage(tx: ReadTx, kind: string): Promise<string[]> {
  const rule = visible(tx.law, tx.actor, `${kind}:read`)
  const found: ListedRecord[] = []
  for (;;) {
    const page = await recordsAfter(tx, kind, rule, {}, found.at(-1)?.place, 7)
    found.push(...page)
    if (page.length < 7) return found.map(({ id }) => id)
  }
}

/** Whether a list's count is another one than that of the rows which the policy alone lets through. */
async function countsOtherwise(tx: ReadTx, kind: string, listed: number): Promise<string[]> {
  const byPolicy = await sql<{ many: number }>`select count(*)::int as many from records where kind = ${kind}`.execute(tx.sql)
  const many = byPolicy.rows[0]?.many ?? 0
  return listed === many ? [] : [`${kind}: ${listed} instead of ${many}`]
}
