// Each leaf of a row expression as SQL text, and that nothing but a name of a definition is ever written into it.
import { type CompiledQuery, DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Narrow, RowExpression } from './expression.ts'
import { sqlText, toSql } from './to-sql.ts'

const access = (narrow: Partial<Narrow> = {}): RowExpression => ({
  is: 'access',
  gives: ['look', 'update'],
  homeRoles: ['head'],
  narrow: { siteGives: [], siteRoles: [], recordGives: [], ...narrow },
})
const customers = `holds_number((select access_customers(array['look', 'update']::text[], array['head']::text[])), r.customer_no)`
const related = (more: object = {}): RowExpression => ({
  is: 'related',
  relations: ['associated', 'preferred'],
  alike: false,
  through: 'record',
  unlessGranted: false,
  ...more,
})
const attribute = (more: object = {}): RowExpression => ({
  is: 'attribute',
  of: 'record',
  name: 'status',
  value: 'open',
  equal: true,
  ...more,
})
const state: RowExpression = { is: 'state', among: ['new', 'active'] }
const stateText = `r.state in ('new', 'active')`

test.each<[RowExpression, string]>([
  [{ is: 'always' }, 'true'],
  [{ is: 'never' }, 'false'],
  [access(), customers],
  [
    access({ siteGives: ['update'] }),
    `(${customers} or holds_number((select access_sites(array['update']::text[], array[]::text[])), r.site_no))`,
  ],
  [
    access({ siteRoles: ['head'] }),
    `(${customers} or holds_number((select access_sites(array[]::text[], array['head']::text[])), r.site_no))`,
  ],
  [access({ recordGives: ['look'] }), `(${customers} or r.id = any ((select access_records('order', array['look']::text[]))::bigint[]))`],
  [
    access({ siteGives: ['look'], siteRoles: ['head'], recordGives: ['update'] }),
    `(${customers} or holds_number((select access_sites(array['look']::text[], array['head']::text[])), r.site_no)` +
      ` or r.id = any ((select access_records('order', array['update']::text[]))::bigint[]))`,
  ],
  [
    { is: 'named', relations: ['buyer', 'reader'] },
    `r.id = any ((select my_records('order', array['buyer', 'reader']::text[]))::bigint[])`,
  ],
  [state, stateText],
  [{ is: 'state', among: [] }, `r.state in ('')`],
  [{ is: 'all', of: [state, { is: 'always' }] }, `(${stateText} and true)`],
  [{ is: 'any', of: [state, { is: 'never' }] }, `(${stateText} or false)`],
  [{ is: 'type', among: ['dealer', 'customers'] }, `(select app_type()) in ('dealer', 'customers')`],
  [{ is: 'type', among: [] }, `(select app_type()) in ('')`],
  [{ is: 'switch', name: 'bulk', on: true }, `(select 'bulk' = any (app_switches())) = true`],
  [{ is: 'switch', name: 'bulk', on: false }, `(select 'bulk' = any (app_switches())) = false`],
  [related(), `holds_number((select related_customers(array['associated', 'preferred']::text[], false, false)), r.customer_no)`],
  [
    related({ alike: true, unlessGranted: true, through: 'reference' }),
    `holds_number((select related_customers(array['associated', 'preferred']::text[], true, true)), r.reference_customer_no)`,
  ],
  [{ is: 'unsuspended', through: 'record' }, '(r.customer_no is null or not holds_number((select suspended_customers()), r.customer_no))'],
  [
    { is: 'unsuspended', through: 'reference' },
    '(r.reference_customer_no is null or not holds_number((select suspended_customers()), r.reference_customer_no))',
  ],
  [
    { is: 'addressed', field: 'sent_to' },
    `(r.customer_no is null and jsonb_typeof(r.attributes -> 'sent_to') = 'array' and r.attributes -> 'sent_to' @> to_jsonb((select nullif(app_type(), ''))))`,
  ],
  [
    attribute(),
    `coalesce(jsonb_typeof(r.attributes -> 'status') in ('string', 'number', 'boolean') and r.attributes -> 'status' = '"open"'::jsonb, false)`,
  ],
  [
    attribute({ value: 4, equal: false }),
    `coalesce(jsonb_typeof(r.attributes -> 'status') in ('string', 'number', 'boolean') and r.attributes -> 'status' <> '4'::jsonb, false)`,
  ],
  [
    attribute({ of: 'person', value: true }),
    `coalesce(jsonb_typeof((select my_attribute('status'))) in ('string', 'number', 'boolean') and (select my_attribute('status')) = 'true'::jsonb, false)`,
  ],
  [attribute({ of: 'action' }), 'false'],
  [attribute({ of: 'action', equal: false }), 'false'],
])('%j', (expression, text) => {
  expect(sqlText(expression, 'order', 'r')).toBe(text)
})

test.each([true, false])('a partner named on the row, alike ones counted: %s', (alike) => {
  const text = sqlText({ is: 'assigned', relations: ['lead', 'line.carrier', 'reference/line.carrier'], alike }, 'order', 'r')
  expect(text.replace(/\s+/g, ' ')).toBe(
    "coalesce((select true from record_assignments p where p.kind = 'order' and p.record_id = r.id" +
      " and p.relation = any (array['lead', 'line.carrier', 'reference/line.carrier']::text[])" +
      ` and p.partner_id = any ((select my_partners(${alike}))::uuid[]) limit 1), false)`,
  )
})

test('a value may hold any letter, and stays a value', () => {
  const text = sqlText(attribute({ value: `it's "so"\\ '); drop table records; --` }), 'order', 'r')
  expect(text).toContain(`= '"it''s \\"so\\"\\\\ ''); drop table records; --"'::jsonb`)
})

describe('only names of a definition are written into the text', () => {
  const long = 'x'.repeat(64)
  const good = ['a', 'a_9', long, 'a.b', 'a/b', 'a/b.c', `${long}.${long}`, 'a/b.c/d']
  const bad = [
    '',
    'A',
    '1a',
    '_a',
    'a b',
    "a'",
    "'; drop table records; --",
    'a\n',
    ' a',
    'a-b',
    'é',
    'a.',
    '.a',
    'a..b',
    'a.B',
    'a.1',
    'a.b/c.d/e',
    `${long}x`,
    `a.${long}x`,
  ]
  const leaves: [string, (name: string) => RowExpression][] = [
    ['gives', (name) => ({ ...access(), gives: [name] }) as RowExpression],
    ['home roles', (name) => ({ ...access(), homeRoles: [name] }) as RowExpression],
    ['gives at sites', (name) => access({ siteGives: [name] })],
    ['roles at sites', (name) => access({ siteRoles: [name] })],
    ['gives of records', (name) => access({ recordGives: [name] })],
    ['people', (name) => ({ is: 'named', relations: [name] })],
    ['states', (name) => ({ is: 'state', among: ['active', name] })],
    ['types', (name) => ({ is: 'type', among: [name] })],
    ['switches', (name) => ({ is: 'switch', name, on: true })],
    ['partners', (name) => ({ is: 'assigned', relations: [name], alike: true })],
    ['relations of customers', (name) => related({ relations: [name] })],
    ['lists', (name) => ({ is: 'addressed', field: name })],
    ['attributes of records', (name) => attribute({ name })],
    ['attributes of people', (name) => attribute({ of: 'person', name })],
  ]
  test.each(leaves)('%s', (_what, leaf) => {
    for (const name of good) expect(sqlText(leaf(name), 'order', 'r')).toContain(`'${name}'`)
    for (const name of bad)
      expect(() => sqlText(leaf(name), 'order', 'r')).toThrow(`not a name of a portal definition: ${JSON.stringify(name)}`)
  })

  test('kinds', () => {
    for (const name of bad) {
      expect(() => sqlText({ is: 'named', relations: ['a'] }, name, 'r')).toThrow('not a name')
      expect(() => toSql({ is: 'none' }, name)).toThrow('not a name')
    }
  })
})

test('a visibility is a condition on the kind and the rule', () => {
  const database = new Kysely<{ records: { id: string } }>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  const textOf = (visibility: Parameters<typeof toSql>[0], row?: string): string => {
    const query: CompiledQuery = toSql(visibility, 'order', row).compile(database)
    expect(query.parameters).toEqual([])
    return query.sql
  }
  expect(textOf({ is: 'none' })).toBe(`(records.kind = 'order' and false)`)
  expect(textOf({ is: 'where', expression: state }, 'r')).toBe(`(r.kind = 'order' and ${stateText})`)
})
