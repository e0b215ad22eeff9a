// The SQL functions that search records by text: a text index first, then the very expression of the read policy. Generated with the policies.
import type { RowExpression } from './expression.ts'
import { quoted, sqlText } from './to-sql.ts'

export interface ReadRule {
  readonly kind: string
  readonly read: RowExpression
}

const options = 'language plpgsql stable security definer set search_path = pg_catalog, public'

/**
 * Under a policy a text index is of no use: what the policy hides must not reach the operator, so every row would be asked. These functions
 * run as their owner and apply the expression themselves. They are planned for each text anew: a rare one begins at the index, a common one
 * at the newest row.
 */
export function searchFunctions(rules: readonly ReadRule[]): string[] {
  const cases = [
    'when null then null',
    ...rules.map(({ kind, read }) => `when ${quoted(kind)} then ${quoted(sqlText(read, kind, 'r'))}`),
  ].join('\n    ')
  const head = `declare
  rule text := case of_kind ${cases} end;
  pattern text := '%' || regexp_replace(wanted, '([\\\\%_])', '\\\\\\1', 'g') || '%';
begin
  if rule is null then return ${'RETURNED'}; end if;`
  return [
    // About a page of rows: of the usual guess, a thousand, the planner would read the records through to join them.
    `create or replace function search_records(of_kind text, wanted text, of_customer int, of_states text[], after_exact boolean, after_at timestamptz, after_id bigint, at_most int)
  returns table (record_id bigint, is_exact boolean) ${options} rows 26 as ${quoted(`${head.replace(' RETURNED', '')}
  return query execute format(${quoted(page)}, of_kind, rule) using wanted, pattern, of_customer, of_states, after_exact, after_at, after_id, at_most;
end`)};`,
    `create or replace function count_found_records(of_kind text, wanted text, of_customer int, of_states text[]) returns bigint ${options} as ${quoted(`${head.replace('RETURNED', '0').replace('declare', 'declare\n  found bigint;')}
  execute format(${quoted(count)}, of_kind, rule) using wanted, pattern, of_customer, of_states into found;
  return found;
end`)};`,
  ]
}

const matching = `r.kind = %1$L and ($3 is null or r.customer_no = $3) and ($4 is null or r.state = any ($4)) and (%2$s)`
// The index holds both texts as one; that the text is not found across their border is asked as a case, of which the planner guesses that it holds for half of
// the rows: as a condition it would count as rare a second time, and a common text would be thought to be rare.
const inText = `(r.number || ' ' || r.title) ilike $2 and case when r.number ilike $2 or r.title ilike $2 then true end`

const page = `
    (select r.id, true from records r where ${matching} and lower(r.number) = lower($1)
      and ($5 is null or ($5 and (r.updated_at, r.id) < ($6, $7))) order by r.updated_at desc, r.id desc limit $8)
    union all
    (select r.id, false from records r where ${matching} and ${inText} and lower(r.number) <> lower($1)
      and ($5 is null or $5 or (r.updated_at, r.id) < ($6, $7)) order by r.updated_at desc, r.id desc limit $8)`

const count = `select count(*) from records r where ${matching} and ${inText}`
