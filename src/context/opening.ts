// Opens the transaction of one question: the instant, who asks, and the restricted role under which everything else runs.
import type pg from 'pg'
import { type Instant, instantOf } from '../kernel/instant.ts'
import type { Actor } from '../law/actors.ts'
import type { SubjectFact } from '../law/facts.ts'
import type { Law } from '../law/law.ts'
import { rolesOf, typeOf } from '../law/view.ts'
import type { ReachOfSort } from '../rows/reach.ts'
import type { Clock } from './house.ts'

/** The restricted roles; none of them owns anything. */
export type Role = 'latchkey_app' | 'latchkey_facts' | 'latchkey_system' | 'latchkey_look'
export type Mode = 'reading' | 'writing'

/**
 * The statements of the facts are long, prepared, and look things up by their ids: planned anew for each question, as the database would choose
 * to, they take ten times as long to plan as to run. What is asked under other roles is planned as the database chooses.
 */
const plansUnder = (role: Role): string => (role === 'latchkey_facts' ? 'force_generic_plan' : 'auto')

/**
 * Begins under a restricted role and returns the question's instant, from the database (two servers' clocks differ) or from the set clock.
 * A write is serializable: the facts that decided are part of what it read, so a right that ends meanwhile is seen.
 */
export async function open(client: pg.PoolClient, mode: Mode, actor: Actor, clock: Clock, role: Role): Promise<Instant> {
  const person = actor.kind === 'person' ? actor.personId : ''
  const key = actor.kind === 'key' ? (actor.keyId ?? '') : ''
  const begun = client.query(mode === 'writing' ? 'begin isolation level serializable' : 'begin isolation level repeatable read read only')
  const told = client.query<{ now: Date }>(
    `select now, set_config('app.now', now::text, true), set_config('app.person', $2, true), set_config('app.key', $3, true),
       set_config('app.operator', '', true), set_config('app.organization', '', true), set_config('app.side', '', true),
       set_config('app.roles', '', true), set_config('app.type', '', true), set_config('app.switches', '', true), set_config('role', $4, true),
       set_config('plan_cache_mode', $5, true), set_config('app.focus', $6, true)
     from (select coalesce($1::timestamptz, date_trunc('milliseconds', clock_timestamp())) as now) as instant`,
    [clock.kind === 'set' ? clock.at : null, person, key, role, plansUnder(role), (actor.kind === 'person' && actor.focus) || ''],
  )
  const [, { rows }] = await Promise.all([begun, told])
  await assertRestricted(client, role)
  return instantOf((rows[0] as { now: Date }).now)
}

/** Whether the work runs the portal as a whole, and row policies let it pass. */
export type Reach = 'own' | 'operator'

/** What is kept of the actor's reach; null: nothing that is exact in this transaction. */
export type KeptRows = readonly (ReachOfSort & { gives: string[] })[] | null

/** Hands SQL the same subject that the law decides about, and takes the role of the work. */
export async function act(
  client: pg.PoolClient,
  law: Law,
  subject: SubjectFact | null,
  reach: Reach,
  role: Role,
  told: 'bare' | 'with what is kept' = 'bare',
): Promise<KeptRows> {
  const standing = subject && !subject.suspended ? subject : null
  const { rows } = await client.query<{ kept: KeptRows }>(
    `select set_config('app.organization', $1, true), set_config('app.side', $2, true), set_config('app.roles', $3, true),
       set_config('app.operator', $4, true), set_config('app.type', $5, true), set_config('app.switches', $6, true), set_config('role', $7, true),
       set_config('plan_cache_mode', $8, true), ${told === 'bare' ? 'null' : 'reach_at_hand()'} as kept`,
    [
      standing?.organizationId ?? '',
      standing?.side ?? '',
      standing ? rolesOf(law, standing).join(',') : '',
      reach === 'operator' ? 'on' : '',
      typeOf(subject) ?? '',
      standing?.switches.join(',') ?? '',
      role,
      plansUnder(role),
    ],
  )
  await assertRestricted(client, role)
  return rows[0]?.kept ?? null
}

/** Commits, or throws: a transaction in which a statement failed answers COMMIT with ROLLBACK and no error. */
export async function commit(client: pg.ClientBase): Promise<void> {
  const { command } = await client.query('commit')
  if (command !== 'COMMIT') throw new Error('The transaction was not committed: a statement in it had failed and its error was swallowed.')
}

/** Takes another restricted role inside the open transaction. */
async function takeRole(client: pg.PoolClient, role: Role): Promise<void> {
  await client.query(`select set_config('role', $1, true), set_config('plan_cache_mode', $2, true)`, [role, plansUnder(role)])
}

/** One statement under another restricted role; the changes of role travel with it. Its first step must be to send that statement, its only one. */
export async function under<T>(client: pg.PoolClient, role: Role, oneStatement: () => Promise<T>, after: Role): Promise<T> {
  const [taken, answer, back] = await Promise.allSettled([takeRole(client, role), oneStatement(), takeRole(client, after)])
  // The first that failed says why: those after it only say that the transaction is over, which is no lost race to be run again.
  if (taken.status === 'rejected') throw taken.reason
  if (answer.status === 'rejected') throw answer.reason
  if (back.status === 'rejected') throw back.reason
  return answer.value
}

/** Work of several steps under another restricted role. Where it refuses, the transaction goes on under the role that it had. */
export async function throughout<T>(client: pg.PoolClient, role: Role, work: () => Promise<T>, after: Role): Promise<T> {
  await takeRole(client, role)
  try {
    const answer = await work()
    await takeRole(client, after)
    return answer
  } catch (error) {
    await takeRole(client, after).catch(() => undefined)
    throw error
  }
}

const asserted = new WeakMap<pg.PoolClient, Set<Role>>()

/** Makes sure, once for each connection and role, that the transaction runs under the role and that the role bypasses nothing. */
async function assertRestricted(client: pg.PoolClient, role: Role): Promise<void> {
  const seen = asserted.get(client) ?? new Set<Role>()
  if (seen.has(role)) return
  const { rows } = await client.query<{ who: string; bypasses: boolean }>(
    'select current_user::text as who, rolsuper or rolbypassrls as bypasses from pg_roles where rolname = current_user',
  )
  if (rows[0]?.who !== role || rows[0].bypasses) throw new Error(`a question must run under the restricted role ${role}`)
  asserted.set(client, seen.add(role))
}
