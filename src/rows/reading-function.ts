// The SQL function that says which of some records the actor may read, for what hangs on records. Generated with the policies.

import type { ReadRule } from './search-functions.ts'
import { literal, quoted, sqlText } from './to-sql.ts'

/**
 * Policies of messages, files and people on records ask for the record. Asked of the table, its policies are planned with every statement: all
 * kinds' rules for each kind's partition. This function runs as its owner, applies the kind's own expression, and is planned once for a connection.
 */
export function readingFunction(rules: readonly ReadRule[]): string {
  const cases = rules.map(
    ({ kind, read }) =>
      `    when ${literal(kind)} then return array(select r.id from records r where r.kind = ${literal(kind)} and r.id = any (of_ids) and (operates or ${sqlText(read, kind, 'r', 'few')}));`,
  )
  const body = [
    'declare operates boolean := app_operator();',
    'begin',
    '  case of_kind',
    ...cases,
    "    else return '{}';",
    '  end case;',
    'end',
  ]
  return `create or replace function readable_records(of_kind text, of_ids bigint[]) returns bigint[] language plpgsql stable security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as ${quoted(body.join('\n'))};`
}
