import { describe, expect, test } from 'vitest'
import { postgresPrograms, startPostgres } from '../../../tools/private-postgres.mjs'
import { assertLoginIsNotOwner, assertRestricted, RightsTooWide } from './assert-restricted.ts'
import { migrate } from './migrate.ts'
import { migrationStatus } from './migration-status.ts'
import { addressOf, asSuperuser, freshDatabase, freshLogin, openAddress, openPrivate, privatePostgres } from './postgres.test-support.ts'
import { ensureRestrictedRoles, restrictedRoles } from './restricted-roles.ts'
import { openForTest, silentLog } from './scratch.test-support.ts'

test('on the embedded database, whose user is a superuser, questions run as roles that are neither that nor owner', async () => {
  const database = await openForTest()
  await expect(assertRestricted(database.pool)).rejects.toThrow('The role latchkey_app cannot be taken')
  await migrate(database, { log: silentLog })
  await assertRestricted(database.pool)
  await database.pool.query('create table of_app (n int); alter table of_app owner to latchkey_app')
  await expect(assertRestricted(database.pool)).rejects.toThrow('The role latchkey_app counts as the owner of the table of_app')
  await database.pool.query('drop table of_app; alter role latchkey_facts bypassrls')
  await expect(assertRestricted(database.pool)).rejects.toThrow('The role latchkey_facts is a superuser or may pass row security')
})

test('since PostgreSQL 16 a login may take the roles without having their rights', async () => {
  const { pool } = await openForTest()
  await pool.query('create role serving login')
  await pool.withClient((client) => ensureRestrictedRoles(client, 'serving'))
  const { rows } = await pool.query(
    `select pg_has_role('serving', role, 'set') as may_take, pg_has_role('serving', role, 'usage') as has_rights from unnest($1::text[]) as role`,
    [restrictedRoles],
  )
  expect(rows).toEqual(restrictedRoles.map(() => ({ may_take: true, has_rights: false })))
})

test.skipIf(postgresPrograms() === undefined)(
  'databases of one cluster may make the roles at the same instant',
  async ({ onTestFinished }) => {
    const server = await startPostgres()
    onTestFinished(() => server.stop())
    const admin = await openAddress(server.ownerUrl)
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    for (const name of names) await admin.pool.query(`create database ${name}`)
    await admin.pool.query('create role serving login')
    const databases = await Promise.all(
      names.map((name) => {
        const url = new URL(server.ownerUrl)
        url.pathname = `/${name}`
        return openAddress(url.href)
      }),
    )
    await Promise.all(databases.map(({ pool }) => pool.query('select 1')))
    await Promise.all(databases.map(({ pool }) => pool.withClient((client) => ensureRestrictedRoles(client, 'serving'))))
    const { rows } = await admin.pool.query(`select bool_and(pg_has_role('serving', role, 'member')) as may from unnest($1::text[]) role`, [
      restrictedRoles,
    ])
    expect(rows).toEqual([{ may: true }])
  },
)

describe.skipIf(!privatePostgres)('on PostgreSQL', () => {
  test('an owner migrates, and a login that may only take the roles serves', async () => {
    const owner = await freshLogin('createrole')
    const login = await freshLogin('noinherit')
    // As an administrator must, where other databases of the cluster have made the roles already.
    await asSuperuser(restrictedRoles.map((role) => `do $$ begin create role ${role}; exception when duplicate_object then null; end $$`))
    await asSuperuser(restrictedRoles.map((role) => `grant ${role} to ${owner} with admin option`))
    const name = await freshDatabase(owner)
    const migrating = await openAddress(addressOf(name, owner))
    const serving = await openAddress(addressOf(name, login))

    await migrate(serving, { ownerPool: migrating.pool, log: silentLog })

    await assertRestricted(serving.pool)
    await assertLoginIsNotOwner(serving.pool)
    expect((await migrationStatus(serving.pool)).pending).toEqual([])
    // Again, as at every start, also without the owner's address.
    expect(await migrate(serving, { ownerPool: migrating.pool, log: silentLog })).toEqual([])
    expect(await migrate(serving, { log: silentLog })).toEqual([])
    // The login itself has no rights: it has to take a role.
    await expect(serving.pool.query('select from people')).rejects.toMatchObject({ code: '42501' })
    await expect(assertLoginIsNotOwner(migrating.pool)).rejects.toThrow(/owns the table/)
  })

  test('a login that is a superuser is refused where the owner has an address of its own', async () => {
    const database = await openPrivate()
    await expect(assertLoginIsNotOwner(database.pool)).rejects.toBeInstanceOf(RightsTooWide)
    await expect(assertLoginIsNotOwner(database.pool)).rejects.toThrow('is a superuser or may pass row security')
  })

  test('a login that has the rights of its roles without taking one is refused where the owner has an address of its own', async () => {
    const owner = await freshLogin()
    const login = await freshLogin()
    const name = await freshDatabase(owner)
    await migrate(await openAddress(addressOf(name)), { log: silentLog })
    await asSuperuser([`grant latchkey_facts to ${login}`])
    const serving = await openAddress(addressOf(name, login))
    await expect(assertLoginIsNotOwner(serving.pool)).rejects.toThrow(`The login ${login} of DATABASE_URL has the rights of latchkey_facts`)
  })

  test('a role that has the rights of an owner is refused, although it owns nothing itself', async () => {
    const owner = await freshLogin()
    const database = await openAddress(addressOf(await freshDatabase()))
    await migrate(database, { log: silentLog })
    await database.pool.query(`create table of_owner (n int); alter table of_owner owner to ${owner}; grant ${owner} to latchkey_system`)
    await expect(assertRestricted(database.pool)).rejects.toThrow('The role latchkey_system counts as the owner of the table of_owner')
    await database.pool.query(`revoke ${owner} from latchkey_system`)
    await assertRestricted(database.pool)
  })

  test('a login that may not make the roles says what an administrator has to run', async () => {
    const login = await freshLogin()
    const poor = await freshLogin()
    const database = await openAddress(addressOf(await freshDatabase(login), login))
    await expect(database.pool.withClient((client) => ensureRestrictedRoles(client, poor))).rejects.toThrow(
      `Let an administrator run: create role NAME nologin; grant NAME to "${poor}"; for each NAME of latchkey_app, latchkey_facts, latchkey_system, latchkey_look; grant latchkey_app to latchkey_look.`,
    )
  })
})
