// The search functions of small rules, word for word: they run as their owner, so every condition in them is all that stands before what is hidden.
import { expect, test } from 'vitest'
import type { RowExpression } from './expression.ts'
import { searchFunctions } from './search-functions.ts'

const open: RowExpression = { is: 'state', among: ['open'] }
const named: RowExpression = { is: 'named', relations: ['buyer'] }
const rules = [
  { kind: 'order', read: open },
  { kind: 'bill', read: named },
]
/** A text once and twice quoted, read back. */
const unquoted = (text: string): string => text.replaceAll("''", "'")
const [find, count] = searchFunctions(rules).map((text) => {
  const [head = '', body = ''] = text.split(/ as '([\s\S]*)';$/)
  return { head, body: unquoted(body) }
}) as [{ head: string; body: string }, { head: string; body: string }]

const matching = `r.kind = %1$L and ($3 is null or r.customer_no = $3) and ($4 is null or r.state = any ($4)) and (%2$s)`
const inText = `(r.number || '' '' || r.title) ilike $2 and case when r.number ilike $2 or r.title ilike $2 then true end`
const head = [
  `  rule text := case of_kind when null then null`,
  `    when 'order' then 'r.state in (''open'')'`,
  `    when 'bill' then 'r.id = any ((select my_records(''bill'', array[''buyer'']::text[]))::bigint[])' end;`,
  `  pattern text := '%' || regexp_replace(wanted, '([\\\\%_])', '\\\\\\1', 'g') || '%';`,
  'begin',
]

test('both are made anew, run as their owner with a path of their own, and take what is looked for as parameters', () => {
  const options = 'language plpgsql stable security definer set search_path = pg_catalog, public'
  expect(find.head).toBe(
    'create or replace function search_records(of_kind text, wanted text, of_customer int, of_states text[], after_exact boolean, after_at timestamptz, after_id bigint, at_most int)\n' +
      `  returns table (record_id bigint, is_exact boolean) ${options} rows 26`,
  )
  expect(count.head).toBe(
    `create or replace function count_found_records(of_kind text, wanted text, of_customer int, of_states text[]) returns bigint ${options}`,
  )
})

test('a page: the exact number first, then what is found in number or title, newest first, under the rule of the kind', () => {
  expect(find.body.split('\n')).toEqual([
    'declare',
    ...head,
    '  if rule is null then return; end if;',
    "  return query execute format('",
    `    (select r.id, true from records r where ${matching} and lower(r.number) = lower($1)`,
    '      and ($5 is null or ($5 and (r.updated_at, r.id) < ($6, $7))) order by r.updated_at desc, r.id desc limit $8)',
    '    union all',
    `    (select r.id, false from records r where ${matching} and ${inText} and lower(r.number) <> lower($1)`,
    "      and ($5 is null or $5 or (r.updated_at, r.id) < ($6, $7)) order by r.updated_at desc, r.id desc limit $8)', of_kind, rule)" +
      ' using wanted, pattern, of_customer, of_states, after_exact, after_at, after_id, at_most;',
    'end',
  ])
})

test('a count: what is found in number or title under the rule of the kind', () => {
  expect(count.body.split('\n')).toEqual([
    'declare',
    '  found bigint;',
    ...head,
    '  if rule is null then return 0; end if;',
    `  execute format('select count(*) from records r where ${matching} and ${inText}', of_kind, rule) using wanted, pattern, of_customer, of_states into found;`,
    '  return found;',
    'end',
  ])
})

test('without any kind nothing is found', () => {
  const [page = ''] = searchFunctions([])
  expect(page).toContain('case of_kind when null then null end;')
})
