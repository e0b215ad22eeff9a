// The portal definition in the database: stored as a version, with the row policies that are generated from it, in one transaction.
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { readDefinition } from '../definition/read.ts'
import type { Action, KindLaw, Law } from '../law/law.ts'
import { never } from '../rows/expression.ts'
import { type KindRules, rowPolicies, type SqlRules } from '../rows/row-policies.ts'
import { commit } from './opening.ts'

/** What the SQL side must know of the law. */
export const policyRules = (law: Law): SqlRules => ({
  kinds: [...law.kinds.values()].map((kind) => rulesOf(law, kind)),
  grantees: law.grantees,
})

function rulesOf(law: Law, { kind, actions }: KindLaw): KindRules {
  const rule = (action: string) => law.rules.get(`${kind}:${action}` as Action) ?? never
  const changing = actions.map(({ action }) => action).filter((action) => action !== 'read' && action !== 'open')
  return { kind, read: rule('read'), open: rule('open'), change: changing.map(rule) }
}

/**
 * Makes the law the one in force, as the owner of the tables. Does nothing where the newest version has the same text.
 * @returns the law with its version
 */
export async function applyDefinition(owner: pg.ClientBase, law: Law): Promise<Law> {
  await owner.query('begin')
  try {
    await owner.query('lock table portal_definitions in exclusive mode')
    const { rows } = await owner.query<{ version: number; checksum: string }>(
      'select version, checksum from portal_definitions order by version desc limit 1',
    )
    const newest = rows[0]
    const policies = rowPolicies(policyRules(law))
    // A newer program may make other policies of the same text: then it is a new version too.
    const checksum = createHash('sha256').update(law.source).update(policies).digest('hex')
    const version = newest?.checksum === checksum ? newest.version : (newest?.version ?? 0) + 1
    if (version !== newest?.version) {
      await owner.query(policies)
      await owner.query(`insert into portal_definitions (version, name, checksum, source, applied_at) values ($1, $2, $3, $4, now())`, [
        version,
        law.portal,
        checksum,
        law.source,
      ])
    }
    await commit(owner)
    return { ...law, version }
  } catch (error) {
    await owner.query('rollback').catch(() => undefined)
    throw error
  }
}

/** The law in force, compiled from the newest version in the database. */
export async function newestLaw(client: pg.PoolClient): Promise<Law> {
  await client.query('begin read only')
  try {
    await client.query('set local role latchkey_facts')
    const { rows } = await client.query<{ version: number; source: string; name: string }>(
      'select version, source, name from portal_definitions order by version desc limit 1',
    )
    const newest = rows[0]
    if (!newest) throw new Error('no portal definition is stored: run latchkey migrate')
    return readDefinition(newest.source, newest.name, newest.version)
  } finally {
    await commit(client)
  }
}
