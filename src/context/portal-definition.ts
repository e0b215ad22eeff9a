// The portal definition in the database: stored as a version, with the row policies that are generated from it, in one transaction.
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { readDefinition } from '../definition/read.ts'
import { refuse } from '../kernel/refusal.ts'
import { type Action, allowancesOf, type KindLaw, type Law, letInAction } from '../law/law.ts'
import { codesWithin } from '../law/within.ts'
import { never } from '../rows/expression.ts'
import { listPreparation } from '../rows/list-preparation.ts'
import { type KindRules, rowPolicies, type SqlRules } from '../rows/row-policies.ts'
import type { Applied, Applying } from './house.ts'
import { commit } from './opening.ts'
import { writeAudit } from './record.ts'

/** What the SQL side must know of the law. */
export const policyRules = (law: Law): SqlRules => ({
  kinds: [...law.kinds.values()].map((kind) => rulesOf(law, kind)),
  grantees: law.grantees,
  people: peopleRules(law),
  groupFillers: partnerRolesThat(law, 'group:fill'),
  colleagues: {
    roles: partnerRolesThat(law, letInAction),
    gives: allowancesOf(law).flatMap(({ code, may }) => (may.has(letInAction) ? [code] : [])),
    unlessChosen: law.colleagues ?? 'forbid',
    within: codesWithin(law),
    linkers: partnerRolesThat(law, 'link:ask'),
  },
})

const partnerRolesThat = ({ homeRoles }: Law, action: Action): string[] =>
  [...homeRoles.values()].filter(({ side, may }) => side === 'partner' && may.has(action)).map(({ role }) => role)

function peopleRules(law: Law): SqlRules['people'] {
  const changes = (may: ReadonlyMap<Action, unknown>) => may.has('people:add') || may.has('people:manage')
  const given = allowancesOf(law)
  return {
    keepers: [...law.homeRoles.values()].filter(({ may }) => changes(may)).map(({ role }) => role),
    keeping: given.filter(({ may }) => changes(may)).map(({ code }) => code),
    reading: given.filter(({ may }) => changes(may) || may.has('people:read')).map(({ code }) => code),
  }
}

function rulesOf(law: Law, { kind, actions }: KindLaw): KindRules {
  const rule = (action: string) => law.rules.get(`${kind}:${action}` as Action) ?? never
  const changing = actions.map(({ action }) => action).filter((action) => action !== 'read' && action !== 'open')
  return { kind, read: rule('read'), open: rule('open'), change: changing.map(rule) }
}

/** How long the owner waits for the records while others read them: everybody else would wait behind. */
const longestWait = '10s'

/**
 * Makes the law the one in force, as the owner of the tables: its text as a new version and its row policies in place of the older ones, in one
 * transaction. Does nothing where the newest version has the same text and policies.
 */
export async function applyDefinition(owner: pg.ClientBase, law: Law): Promise<Law> {
  return applyChosen(owner, () => ({ law, by: null }))
}

export interface Chosen {
  readonly law: Law
  /** Who puts it in force, in words; null: the server at its start. */
  readonly by: string | null
}

/** The same with a law that is chosen under the lock, when nobody can put another one in force meanwhile. */
export async function applyChosen(owner: pg.ClientBase, choose: (stored: StoredDefinition | undefined) => Chosen): Promise<Law> {
  const applied = await inOneTransaction(owner, (newest) => {
    const { law, by } = choose(newest)
    return put(owner, law, newest, by)
  })
  return applied.law
}

/** The same for somebody: refuses `stale` where another version than the one they saw is in force, or where the records stay busy. */
export async function applyDefinitionFor(owner: pg.ClientBase, law: Law, applying: Applying): Promise<Applied> {
  const { actor, replaces, at, requestRef } = applying
  return inOneTransaction(owner, async (newest) => {
    if (replaces !== null && replaces !== (newest?.version ?? 0))
      refuse(
        'stale',
        `Version ${newest?.version ?? 0} is in force by now, and not ${replaces}. Nothing was changed. Look at the difference again.`,
      )
    const applied = await put(owner, law, newest, 'name' in actor ? actor.name : actor.task)
    const { version, portal } = applied.law
    if (applied.isNew)
      await writeAudit(owner, actor, at, requestRef, [
        {
          what: 'portal_definition.applied',
          on: { kind: 'portal_definition', id: String(version) },
          detail: { portal, version, before: newest?.version ?? null },
        },
      ])
    return applied
  })
}

async function inOneTransaction(owner: pg.ClientBase, work: (newest: StoredDefinition | undefined) => Promise<Applied>): Promise<Applied> {
  await owner.query('begin')
  try {
    await owner.query(`set local lock_timeout = '${longestWait}'`)
    await owner.query('lock table portal_definitions in exclusive mode')
    const { rows } = await owner.query<StoredDefinition>(newestRow)
    const applied = await work(rows[0])
    await commit(owner)
    return applied
  } catch (error) {
    await owner.query('rollback').catch(() => undefined)
    if ((error as { code?: unknown }).code !== lockNotAvailable) throw error
    return refuse('stale', 'The records are busy with something that takes long. Nothing was changed. Try again in a moment.')
  }
}

const lockNotAvailable = '55P03'

async function put(owner: pg.ClientBase, law: Law, newest: StoredDefinition | undefined, by: string | null): Promise<Applied> {
  const { checksum, policies } = generatedFrom(law)
  if (newest?.checksum === checksum) return { law: { ...law, version: newest.version }, isNew: false }
  const version = (newest?.version ?? 0) + 1
  await owner.query(policies)
  await owner.query(
    `insert into portal_definitions (version, name, checksum, source, applied_at, applied_by) values ($1, $2, $3, $4, now(), $5)`,
    [version, law.portal, checksum, law.source, by],
  )
  return { law: { ...law, version }, isNew: true }
}

/** A newer program may make other policies of the same text: then it is a new version too. */
export function generatedFrom(law: Law): { readonly checksum: string; readonly policies: string } {
  const rules = policyRules(law)
  const policies = `${rowPolicies(rules)}\n${listPreparation(rules.kinds)}`
  return { policies, checksum: createHash('sha256').update(law.source).update(policies).digest('hex') }
}

export interface StoredDefinition {
  readonly version: number
  readonly checksum: string
  readonly source: string
  readonly name: string
  /** Null: a start of the server, from the file that LATCHKEY_PORTAL names. */
  readonly appliedBy: string | null
}

const newestRow = `select version, checksum, source, name, applied_by as "appliedBy" from portal_definitions order by version desc limit 1`

/** The newest version in the database; undefined while there is none. */
export async function newestDefinition(client: pg.PoolClient): Promise<StoredDefinition | undefined> {
  await client.query('begin read only')
  try {
    await client.query('set local role latchkey_facts')
    const { rows } = await client.query<StoredDefinition>(newestRow)
    return rows[0]
  } finally {
    await commit(client)
  }
}

/** The law in force, compiled from the newest version in the database. */
export async function newestLaw(client: pg.PoolClient): Promise<Law> {
  const newest = await newestDefinition(client)
  if (!newest) throw new Error('no portal definition is stored: run latchkey migrate')
  return readDefinition(newest.source, newest.name, newest.version)
}

/** The version in force, inside an open transaction; 0 while there is none. */
export async function lawVersion(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ version: number }>('select coalesce(max(version), 0) as version from portal_definitions')
  return (rows[0] as { version: number }).version
}
