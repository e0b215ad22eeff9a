// What is kept of an actor's reach, so that lists and row policies need not go through the grants anew: whether it is exact, and keeping it.
import type { OrganizationId, PersonId } from '../kernel/ids.ts'
import type { Actor } from '../law/actors.ts'
import type { On, SubjectFact } from '../law/facts.ts'
import { type KeptReach, sortKey } from '../rows/reach.ts'
import type { House } from './house.ts'
import { commit, type KeptRows } from './opening.ts'

/** Whether the work will meet the row policies of records, for a person to whom grants may have been given. */
export function readsByGrants(actor: Actor, on: On, subject: SubjectFact | null): boolean {
  return actor.kind === 'person' && ['self', 'record'].includes(on.kind) && subject !== null && !subject.suspended
}

export function reachOf(rows: KeptRows): KeptReach {
  return rows && new Map(rows.map(({ gives, ...reach }) => [sortKey(gives), reach]))
}

/** Thrown inside a door whose actor's reach is not kept: it is built and kept in a transaction of its own, and the door opened again. */
export class ReachNotKept extends Error {
  readonly personId: PersonId | null
  readonly organizationId: OrganizationId | null
  readonly side: string
  constructor({ personId, organizationId, side }: SubjectFact) {
    super('what the actor reaches is not kept')
    this.personId = personId
    this.organizationId = organizationId
    this.side = side
  }
}

/** Builds and keeps it. That this cannot be done (a full disk, say) stands in nobody's way: everything is then worked out as it is asked. */
export async function keepReach({ database, clock, log }: House, { personId, organizationId, side }: ReachNotKept): Promise<void> {
  try {
    database.assertWritable()
    await database.pool.withClient(async (client) => {
      await client.query('begin isolation level read committed')
      await client.query('set local role latchkey_app')
      await client.query(`select keep_reach($1, $2, $3, coalesce($4::timestamptz, date_trunc('milliseconds', clock_timestamp())))`, [
        personId,
        organizationId,
        side,
        clock.kind === 'set' ? clock.at : null,
      ])
      await commit(client)
    })
  } catch (error) {
    log.warn({ err: error }, 'what a person reaches could not be kept')
  }
}
