// The law as it was at an earlier instant: what was given then was given by the definition of then.
import type pg from 'pg'
import { readDefinition } from '../definition/read.ts'
import type { Instant } from '../kernel/instant.ts'
import { refuse } from '../kernel/refusal.ts'
import type { Law } from '../law/law.ts'

/** Compiled laws of the past, by their text: there are few, and they never change. */
const compiled = new Map<string, Law>()
const mostKept = 20

/**
 * The law that was in force at the instant; before there was any, the first one. Of now and of later instants it is the one in force.
 * Inside an open transaction, under the facts role. Refuses where this program can no longer read what was written then.
 */
export async function lawAt(client: pg.PoolClient, inForce: Law, at: Instant, now: Instant): Promise<Law> {
  if (at >= now) return inForce
  const { rows } = await client.query<{ version: number; name: string; source: string }>(
    `select version, name, source from portal_definitions order by applied_at <= $1 desc, case when applied_at <= $1 then -version else version end limit 1`,
    [at],
  )
  const then = rows[0]
  if (!then || then.version === inForce.version) return inForce
  return { ...(compiled.get(then.source) ?? read(then)), version: then.version }
}

function read({ name, source, version }: { name: string; source: string; version: number }): Law {
  try {
    const law = readDefinition(source, name, version)
    if (compiled.size >= mostKept) compiled.clear()
    compiled.set(source, law)
    return law
  } catch {
    return refuse(
      'invalid-input',
      `The portal was run by another definition then (version ${version}), which this program can no longer read.`,
    )
  }
}
