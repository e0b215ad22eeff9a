// The row policies of small rules, word for word.
import { expect, test } from 'vitest'
import type { RowExpression } from './expression.ts'
import { rowPolicies } from './row-policies.ts'

const access = (...gives: string[]): RowExpression => ({
  is: 'access',
  gives,
  homeRoles: [],
  narrow: { siteGives: [], siteRoles: [], recordGives: [] },
})
const open: RowExpression = { is: 'state', among: ['active'] }
const none = { roles: [], gives: [], unlessChosen: 'forbid', within: new Map(), linkers: [] }
const named: RowExpression = { is: 'named', relations: ['buyer'] }
const all = (...of: RowExpression[]): RowExpression => ({ is: 'all', of })

const accessText = (give: string) =>
  `holds_number((select access_customers(array['${give}']::text[], array[]::text[])), records.customer_no)`
const namedText = (kind: string) => `records.id = any ((select my_records('${kind}', array['buyer']::text[]))::bigint[])`

test('older policies go, grantees are told, and each kind has its part of the table and three policies', () => {
  const text = rowPolicies({
    kinds: [
      { kind: 'order', read: access('look'), open: all(access('create'), open), change: [all(access('update'), open), all(named, open)] },
      { kind: 'bill', read: named, open: { is: 'never' }, change: [] },
    ],
    grantees: ['organization', 'vendor_person'],
    people: { keepers: ['keeper'], keeping: ['high'], reading: ['high', 'low'] },
    groupFillers: ['filler'],
    colleagues: { roles: ['boss'], gives: ['all'], unlessChosen: 'tell', within: new Map([['some', ['some', 'all']]]), linkers: [] },
  })
  expect(text.split('\n')).toEqual([
    'do $$ declare p text; begin',
    "  for p in select policyname from pg_policies where schemaname = 'public' and tablename = 'records' and policyname not in ('operator', 'facts', 'system', 'look', 'look_writes_nothing') loop",
    "    execute format('drop policy %I on records', p);",
    '  end loop; end $$;',
    "create or replace function known_grantees() returns text[] language sql immutable parallel safe as $$ select array['organization', 'vendor_person']::text[] $$;",
    "create or replace function group_fillers() returns text[] language sql immutable parallel safe as $$ select array['filler']::text[] $$;",
    "create or replace function people_keepers() returns text[] language sql immutable parallel safe as $$ select array['keeper']::text[] $$;",
    "create or replace function people_keeping() returns text[] language sql immutable parallel safe as $$ select array['high']::text[] $$;",
    "create or replace function people_reading() returns text[] language sql immutable parallel safe as $$ select array['high', 'low']::text[] $$;",
    "create or replace function colleague_administrators() returns text[] language sql immutable parallel safe as $$ select array['boss']::text[] $$;",
    "create or replace function letting_in() returns text[] language sql immutable parallel safe as $$ select array['all']::text[] $$;",
    "create or replace function colleagues_unless_chosen() returns text[] language sql immutable parallel safe as $$ select array['tell']::text[] $$;",
    'create or replace function link_askers() returns text[] language sql immutable parallel safe as $$ select array[]::text[] $$;',
    "create or replace function codes_with(code text) returns text[] language sql immutable parallel safe as $$ select case code when 'some' then array['some', 'all']::text[] else '{}'::text[] end $$;",
    "create table if not exists records_order partition of records for values in ('order');",
    `create policy order_read on records for select to latchkey_app using (records.kind = 'order' and ${accessText('look')});`,
    `create policy order_open on records for insert to latchkey_app with check (records.kind = 'order' and (${accessText('create')} and true));`,
    `create policy order_change on records for update to latchkey_app using (records.kind = 'order' and ((${accessText('update')} and records.state in ('active'))` +
      ` or (${namedText('order')} and records.state in ('active')))) with check (records.kind = 'order' and ((${accessText('update')} and true) or (${namedText('order')} and true)));`,
    "create table if not exists records_bill partition of records for values in ('bill');",
    `create policy bill_read on records for select to latchkey_app using (records.kind = 'bill' and ${namedText('bill')});`,
    "create policy bill_open on records for insert to latchkey_app with check (records.kind = 'bill' and false);",
    "create policy bill_change on records for update to latchkey_app using (records.kind = 'bill' and false) with check (records.kind = 'bill' and false);",
  ])
})

test('where anybody may change it in a state, the row may become any', () => {
  const nobody = { keepers: [], keeping: [], reading: [] }
  const text = rowPolicies({
    kinds: [{ kind: 'order', read: named, open: named, change: [open] }],
    grantees: [],
    people: nobody,
    groupFillers: [],
    colleagues: none,
  })
  expect(text).toContain("using (records.kind = 'order' and records.state in ('active')) with check (records.kind = 'order' and true);")
  expect(text).toContain('select array[]::text[] $$;')
})
