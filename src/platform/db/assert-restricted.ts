/** Makes sure, before the server answers anything, that a question cannot run as someone for whom row security does not hold. */
import type pg from 'pg'
import type { GuardedPool } from './guarded-pool.ts'
import { type RestrictedRole, restrictedRoles } from './restricted-roles.ts'

/** A question could run with more rights than it may have. The server does not start. */
export class RightsTooWide extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'RightsTooWide'
  }
}

interface Standing {
  readonly who: string
  readonly privileged: boolean
  /** A table for which the role counts as its owner, as itself or through a role whose rights it has. */
  readonly owned: string | null
}

const standing = `
  select current_user::text as who,
    (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as privileged,
    (select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'f') and pg_has_role(current_user, c.relowner, 'usage') limit 1) as owned`

/**
 * Takes each restricted role as a question does and looks who it then is. Throws `RightsTooWide` if a role cannot be taken, is a
 * superuser, may pass row security, or owns a table.
 */
export async function assertRestricted(pool: GuardedPool): Promise<void> {
  for (const role of restrictedRoles) {
    const { who, privileged, owned } = await pool.withClient((client) => standingOf(client, role))
    if (who !== role) throw new RightsTooWide(`Questions would run as ${who} instead of ${role}.`)
    if (privileged) throw new RightsTooWide(`The role ${role} is a superuser or may pass row security. Take that from it.`)
    if (owned !== null)
      throw new RightsTooWide(`The role ${role} counts as the owner of the table ${owned}. Give the table to another owner.`)
  }
}

/**
 * Where the owner of the tables has an address of its own (`LATCHKEY_MIGRATION_URL`), the program's login must be neither a superuser
 * nor the owner, and must have no rights but by taking a role: throws `RightsTooWide` if it is or has.
 */
export async function assertLoginIsNotOwner(pool: GuardedPool): Promise<void> {
  const { rows } = await pool.query<Standing>(standing)
  const login = rows[0]
  if (!login) throw new RightsTooWide('The database does not say who is logged in.')
  const { who, privileged, owned } = login
  const advice = 'Use a login that may only take the restricted roles, as LATCHKEY_MIGRATION_URL has the rights of the owner.'
  if (privileged) throw new RightsTooWide(`The login ${who} of DATABASE_URL is a superuser or may pass row security. ${advice}`)
  if (owned !== null) throw new RightsTooWide(`The login ${who} of DATABASE_URL owns the table ${owned}. ${advice}`)
  await assertNothingInherited(pool, who)
}

/** A login that inherits has the rights of all its roles at once, and a statement that forgot to take one would be answered. */
async function assertNothingInherited(pool: GuardedPool, login: string): Promise<void> {
  const { rows } = await pool.query<{ role: string; since16: boolean }>(
    `select role, current_setting('server_version_num')::int >= 160000 as since16
      from unnest($1::text[]) as role where pg_has_role(current_user, role, 'usage') limit 1`,
    [restrictedRoles],
  )
  const inherited = rows[0]
  if (!inherited) return
  const { role, since16 } = inherited
  const cure = since16 ? `grant ${role} to "${login}" with inherit false` : `alter role "${login}" noinherit`
  throw new RightsTooWide(
    `The login ${login} of DATABASE_URL has the rights of ${role} without taking it. Run as an administrator: ${cure}.`,
  )
}

async function standingOf(client: pg.PoolClient, role: RestrictedRole): Promise<Standing> {
  await client.query('begin')
  try {
    await client.query(`set local role ${role}`)
    const { rows } = await client.query<Standing>(standing)
    return rows[0] ?? { who: 'nobody', privileged: true, owned: null }
  } catch (error) {
    throw new RightsTooWide(`The role ${role} cannot be taken: ${(error as Error).message}.`)
  } finally {
    await client.query('rollback')
  }
}
