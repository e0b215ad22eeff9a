// How often people may be added, changed and let go: each time a letter may go to an address that somebody typed.
import { sql } from 'kysely'
import type { WriteTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Place } from './rules.ts'

const hourlyOfActor = 60
const hourlyAtOrganization = 200

/** Refuses (429) more than somebody in earnest adds, changes and lets go in an hour. Who runs the portal sets up whole organizations, and is not counted. */
export async function refuseTooMany(tx: WriteTx, place: Place): Promise<void> {
  if (tx.facts.thing?.on.kind === 'portal') return
  const { rows } = await sql<{ by_actor: number; at_organization: number }>`
    select by_actor::int, at_organization::int from people_moved(${place.id})`.execute(tx.sql)
  const { by_actor = 0, at_organization = 0 } = rows[0] ?? {}
  if (by_actor >= hourlyOfActor)
    refuse('too-many', `You added, changed and disabled people ${hourlyOfActor} times in one hour. Nothing was changed. Wait a while.`)
  if (at_organization >= hourlyAtOrganization)
    refuse(
      'too-many',
      `People were added, changed and disabled here ${hourlyAtOrganization} times in one hour. Nothing was changed. Wait a while.`,
    )
}

/** Whether the address got this letter within the last day: nobody is written to over and over. */
export async function wasToldToday(tx: WriteTx, place: Place, letter: string, email: string): Promise<boolean> {
  const { rows } = await sql<{ told: boolean }>`select told_today(${place.id}, ${letter}, ${email}) as told`.execute(tx.sql)
  return rows[0]?.told === true
}
