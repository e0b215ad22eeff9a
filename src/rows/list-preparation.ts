// What lists need of a definition in the database: the sorts of access to keep for each person, who may count what, and the search functions.
import { mentions, type RowExpression } from './expression.ts'
import { readingFunction } from './reading-function.ts'
import type { KindRules } from './row-policies.ts'
import { searchFunctions } from './search-functions.ts'
import { sourcesOf } from './sources.ts'
import { literal, textArray } from './to-sql.ts'
import { wholeText } from './whole-text.ts'

/** SQL that replaces it; to be run with the row policies, in the transaction that stores the definition. */
export function listPreparation(kinds: readonly KindRules[]): string {
  return [
    'lock table access_sorts in exclusive mode;',
    dropped,
    ...accessSorts(kinds.flatMap(({ read, open, change }) => [read, open, ...change])),
    ...kinds.map(countPolicy),
    ...searchFunctions(kinds),
    readingFunction(kinds),
  ].join('\n')
}

const dropped = `do $$ declare p text; begin
  for p in select policyname from pg_policies where schemaname = 'public' and tablename = 'record_counts' and policyname not in ('operator', 'look', 'look_writes_nothing') loop
    execute format('drop policy %I on record_counts', p);
  end loop; end $$;`

/** What the rules ask of grants, to be kept for each person; and word that nothing that was kept under another definition counts any more. */
function accessSorts(rules: readonly RowExpression[]): string[] {
  const sorts = new Set<string>(["array['*']::text[]"])
  const collect = (leaf: RowExpression) => {
    if (leaf.is === 'access' && leaf.gives.length > 0) sorts.add(textArray(leaf.gives))
    return false
  }
  for (const rule of rules) mentions(rule, collect)
  return [
    'delete from access_sorts;',
    `insert into access_sorts values ${[...sorts].map((sort) => `(${sort})`).join(', ')};`,
    `insert into reach_changes (organization_id) values ('00000000-0000-0000-0000-000000000000');`,
  ]
}

/** Only customers whose every record is read may be counted without looking at the records. */
function countPolicy({ kind, read }: KindRules): string {
  const whole = wholeText(sourcesOf(read), kind, 'record_counts')
  return `create policy ${kind}_counts on record_counts for select to latchkey_app using (record_counts.kind = ${literal(kind)} and ${whole});`
}
