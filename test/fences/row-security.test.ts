// The database's own net: row security on every table, restricted roles that own nothing, and no way past a policy but the listed functions.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds, type TestDatabase, testDatabase } from '../database.ts'

const withoutCustomersData = new Set(['schema_migrations'])

describe.each(databaseKinds)('row security on %s', (kind) => {
  let stage: TestDatabase
  beforeAll(async () => {
    stage = await testDatabase(kind)
  })
  afterAll(() => stage.close())
  const rows = async <T>(text: string) => (await stage.owner.query(text)).rows as T[]

  test('every table has row security and a policy', async () => {
    const tables = await rows<{ name: string; secured: boolean; policies: number }>(
      `select c.relname as name, c.relrowsecurity as secured, (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
    )
    const guarded = tables.filter(({ name }) => !withoutCustomersData.has(name))
    expect(guarded.length).toBeGreaterThanOrEqual(20)
    expect(guarded.filter(({ secured, policies }) => !secured || policies === 0)).toEqual([])
  })

  test('only policies of records ask the records: elsewhere the rules of every kind would be planned with each statement', async () => {
    const asking = await rows<{ tablename: string; policyname: string }>(
      `select tablename, policyname from pg_policies where schemaname = 'public' and tablename <> 'records'
         and coalesce(qual, '') || coalesce(with_check, '') ~ 'FROM [(]*records '`,
    )
    expect(asking).toEqual([])
  })

  test('a partition cannot be read past the policies of its table', async () => {
    const open = await rows(
      `select c.relname, r.rolname from pg_class c, pg_roles r where c.relispartition and c.relnamespace = 'public'::regnamespace and r.rolname like 'latchkey%'
         and r.rolname <> 'latchkey_login' and has_table_privilege(r.rolname, c.oid, 'select, insert, update, delete')`,
    )
    expect(open).toEqual([])
  })

  test('the restricted roles own nothing and bypass nothing', async () => {
    const wide = await rows(
      `select rolname from pg_roles r where rolname in ('latchkey_app', 'latchkey_facts', 'latchkey_system')
         and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or exists (select 1 from pg_class c where c.relowner = r.oid))`,
    )
    expect(wide).toEqual([])
  })

  test('the functions that may pass a policy are the ones that SECURITY.md lists', async () => {
    const found = await rows<{ name: string }>(
      `select p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef order by 1`,
    )
    const listed = [...readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8').matchAll(/^\| `([a-z_]+)\(/gm)].map(
      ([, name]) => name,
    )
    expect(found.map(({ name }) => name)).toEqual(listed.sort())
  })

  test('such a function has a fixed search path and is closed to everybody else', async () => {
    const loose = await rows(
      `select p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
         and (p.proconfig is null or not p.proconfig::text like '%search_path%' or has_function_privilege('public', p.oid, 'execute'))`,
    )
    expect(loose).toEqual([])
  })

  test("no view gives its owner's rights to whoever reads it", async () => {
    const leaking = await rows(
      `select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace and not coalesce(reloptions::text like '%security_invoker=true%', false)`,
    )
    expect(leaking).toEqual([])
  })

  test('the audit is append-only for every restricted role', async () => {
    const [row] = await rows<{ may: boolean }>(
      `select bool_or(has_table_privilege(r, 'audit_entries', 'update, delete, truncate')) as may from unnest(array['latchkey_app', 'latchkey_facts', 'latchkey_system']) r`,
    )
    expect(row?.may).toBe(false)
  })

  test("without a subject the application's role sees no row of any table", async () => {
    await stage.owner.query(`insert into organizations (kind, name) values ('vendor', 'Meridia')`)
    const tables = await rows<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and has_table_privilege('latchkey_app', c.oid, 'select') and c.relname not in ('schema_migrations', 'portal_definitions')`,
    )
    const client = await stage.owner.connect()
    try {
      for (const { name } of tables) {
        await client.query('begin')
        await client.query(`select set_config('role', 'latchkey_app', true), set_config('app.now', now()::text, true)`)
        const { rows: seen } = await client.query(`select count(*)::int as seen from ${name}`)
        expect([name, seen[0].seen]).toEqual([name, 0])
        await client.query('rollback')
      }
    } finally {
      client.release()
    }
  })
})
