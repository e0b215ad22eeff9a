// What lists need of a definition in the database, word for word for small rules.
import { expect, test } from 'vitest'
import type { Narrow, RowExpression } from './expression.ts'
import { listPreparation } from './list-preparation.ts'
import { readingFunction } from './reading-function.ts'
import type { KindRules } from './row-policies.ts'
import { searchFunctions } from './search-functions.ts'

const access = (gives: string[], narrow: Partial<Narrow> = {}): RowExpression => ({
  is: 'access',
  gives,
  homeRoles: ['head'],
  narrow: { siteGives: [], siteRoles: [], recordGives: [], ...narrow },
})
const named: RowExpression = { is: 'named', relations: ['buyer'] }
const never: RowExpression = { is: 'never' }
const order: KindRules = {
  kind: 'order',
  read: { is: 'any', of: [access(['look', 'update']), named] },
  open: access(['create']),
  change: [{ is: 'all', of: [named, access(['update'])] }, access(['look', 'update']), access(['close'])],
}
const bill: KindRules = { kind: 'bill', read: named, open: never, change: [] }

const textOf = (...kinds: KindRules[]): string => {
  const text = listPreparation(kinds)
  const functions = [...searchFunctions(kinds), readingFunction(kinds)].join('\n')
  expect(text.endsWith(`\n${functions}`)).toBe(true)
  return text.slice(0, -functions.length - 1)
}

test('older policies go, each sort of access is kept once, nothing kept counts any more, and customers that are read whole are counted', () => {
  expect(textOf(order, bill).split('\n')).toEqual([
    'lock table access_sorts in exclusive mode;',
    'do $$ declare p text; begin',
    "  for p in select policyname from pg_policies where schemaname = 'public' and tablename = 'record_counts' and policyname not in ('operator', 'look', 'look_writes_nothing') loop",
    "    execute format('drop policy %I on record_counts', p);",
    '  end loop; end $$;',
    'delete from access_sorts;',
    "insert into access_sorts values (array['*']::text[]), (array['look', 'update']::text[]), (array['create']::text[]), (array['update']::text[]), (array['close']::text[]);",
    "insert into reach_changes (organization_id) values ('00000000-0000-0000-0000-000000000000');",
    'create policy order_counts on record_counts for select to latchkey_app using (record_counts.kind = ' +
      "'order' and (holds_number((select access_customers(array['look', 'update']::text[], array['head']::text[])), record_counts.customer_no)));",
    "create policy bill_counts on record_counts for select to latchkey_app using (record_counts.kind = 'bill' and false);",
  ])
})

test('what only home roles reach is no sort of access', () => {
  expect(textOf({ ...bill, read: access([]) })).toContain("insert into access_sorts values (array['*']::text[]);")
})

test('records are asked about by the rule of their kind, and those of no kind are read by nobody', () => {
  const [, ...lines] = readingFunction([order, bill]).split('\n')
  const isNamed = (kind: string) => `coalesce((select true from record_people n where n.kind = ''${kind}'' and n.record_id = r.id`
  expect(lines).toEqual([
    '  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as ' + "'declare operates boolean := app_operator();",
    'begin',
    '  case of_kind',
    `    when ''order'' then return array(select r.id from records r where r.kind = ''order'' and r.id = any (of_ids) and (operates or ` +
      `(holds_number((select access_customers(array[''look'', ''update'']::text[], array[''head'']::text[])), r.customer_no) or ${isNamed('order')}`,
    "    and n.person_id = (select app_person()) and n.relation = any (array[''buyer'']::text[]) limit 1), false))));",
    `    when ''bill'' then return array(select r.id from records r where r.kind = ''bill'' and r.id = any (of_ids) and (operates or ${isNamed('bill')}`,
    "    and n.person_id = (select app_person()) and n.relation = any (array[''buyer'']::text[]) limit 1), false)));",
    "    else return ''{}'';",
    '  end case;',
    "end';",
  ])
})

test('a kind is a name of the definition, or nothing is prepared', () => {
  expect(() => listPreparation([{ ...bill, kind: "x' or true" }])).toThrow('not a name')
})
