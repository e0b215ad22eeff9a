// Notes that somebody of a partner or of the vendor used what a customer gave: after the work, in a transaction of its own, at most once an hour (BX-02).
import type pg from 'pg'
import { addMilliseconds, type Instant } from '../kernel/instant.ts'
import type { Actor } from '../law/actors.ts'
import type { Facts } from '../law/facts.ts'
import type { House } from './house.ts'
import { commit, open } from './opening.ts'

const hour = 3_600_000
/** What this process noted, so that it does not ask the database again; the database itself keeps others from noting it twice. */
const noted = new WeakMap<House, Map<string, Instant>>()
const mostKept = 50_000

/** A record that was opened or changed counts; that it stood in a list does not. Where it cannot be noted, the work is done all the same. */
export async function noteLastUse(
  client: pg.PoolClient,
  house: House,
  actor: Actor,
  { thing, at }: Pick<Facts, 'thing' | 'at'>,
): Promise<void> {
  const customer = thing?.customer
  if (actor.kind !== 'person' || actor.look || actor.side === 'customer' || thing?.on.kind !== 'record' || !customer) return
  const known = noted.get(house) ?? new Map<string, Instant>()
  const key = `${actor.personId} ${customer.id}`
  const last = known.get(key)
  if (last !== undefined && last > addMilliseconds(at, -hour) && last <= at) return
  try {
    house.database.assertWritable()
    await open(client, 'writing', actor, house.clock, 'latchkey_app')
    await client.query('select note_access_use($1)', [customer.id])
    await commit(client)
    if (known.size >= mostKept) known.clear()
    noted.set(house, known.set(key, at))
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    house.log.warn({ err: error }, 'a last use could not be noted')
  }
}
