/**
 * The restricted roles: every question runs as one of them and never as the login, which may own the tables or be a superuser, and
 * for which row security would not hold.
 */
import type pg from 'pg'
import { codeOf } from './errors.ts'

/**
 * Acting for people and keys; reading what a decision needs; the program's own tasks (sign-in, delivery of letters); looking through somebody's
 * eyes, which has the rights of the first, and policies that take away from them.
 */
export const restrictedRoles = ['latchkey_app', 'latchkey_facts', 'latchkey_system', 'latchkey_look'] as const
export type RestrictedRole = (typeof restrictedRoles)[number]

const insufficientPrivilege = '42501'
/** What two programs see that make or grant one role of a cluster at the same instant: tuple concurrently updated, unique violation. */
const lostRaces = new Set(['XX000', '23505', '40001'])

/**
 * Makes the roles that are missing and lets `login` take them. Roles belong to the whole cluster, so others may have made them, or
 * may be making them now. Throws with the statements to run as an administrator if `client` may not do it.
 */
export async function ensureRestrictedRoles(client: pg.ClientBase, login: string): Promise<void> {
  for (const role of restrictedRoles) {
    await againAfterLostRace(() => makeRole(client, role, login))
    await againAfterLostRace(() => letTake(client, role, login))
  }
  await againAfterLostRace(() => letLookRead(client, login))
}

/** Whoever looks reads by the policies of latchkey_app. */
async function letLookRead(client: pg.ClientBase, login: string): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>(`select pg_has_role('latchkey_look', 'latchkey_app', 'usage') as may`)
  if (!rows[0]?.may) await asAdministrator(client, 'grant latchkey_app to latchkey_look', login)
}

async function makeRole(client: pg.ClientBase, role: RestrictedRole, login: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  if (rowCount) return
  // Not in one statement with `if not exists`, which PostgreSQL lacks for roles; the block turns a lost race into nothing.
  const statement = `do $$ begin
    create role ${role} nologin nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
  exception when duplicate_object or unique_violation then null;
  end $$`
  await asAdministrator(client, statement, login)
}

async function letTake(client: pg.ClientBase, role: RestrictedRole, login: string): Promise<void> {
  const since16 = await isSince16(client)
  const mayTake = since16 ? 'set' : 'member'
  const { rows } = await client.query<{ may: boolean }>('select pg_has_role($1, $2, $3) as may', [login, role, mayTake])
  if (rows[0]?.may) return
  const { rows: quoted } = await client.query<{ login: string }>('select quote_ident($1) as login', [login])
  await asAdministrator(client, `grant ${role} to ${quoted[0]?.login}${since16 ? ' with set true, inherit false' : ''}`, login)
}

async function isSince16(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ version: number }>(`select current_setting('server_version_num')::int as version`)
  return (rows[0]?.version ?? 0) >= 160_000
}

async function asAdministrator(client: pg.ClientBase, statement: string, login: string): Promise<void> {
  try {
    await client.query(statement)
  } catch (error) {
    if (codeOf(error) !== insufficientPrivilege) throw error
    throw new Error(
      `The login that migrates may not make the restricted roles. Let an administrator run: ` +
        `create role NAME nologin; grant NAME to "${login}"; for each NAME of ${restrictedRoles.join(', ')}; grant latchkey_app to latchkey_look.`,
      { cause: error },
    )
  }
}

async function againAfterLostRace(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 10 || !lostRaces.has(codeOf(error) ?? '')) throw error
    }
  }
}
