// A request that is sent again under the same Idempotency-Key has one effect, and gets the first one's answer (draft-ietf-httpapi-idempotency-key-header-07).
import type pg from 'pg'
import { addMilliseconds, type Instant } from '../kernel/instant.ts'
import { refuseField } from '../kernel/refusal.ts'
import type { Actor } from '../law/actors.ts'
import type { Action } from '../law/law.ts'

export interface Repeatable {
  /** The caller's key: 1 to 200 characters. */
  readonly key: string
  /** Of method, address and body: the same key with another request is a mistake of the caller. */
  readonly fingerprint: string
}

/** How long an answer is kept: longer than any program waits before it tries again. */
const kept = 24 * 3_600_000

/** Whose keys count: nobody's are kept for the server's own work, nor answers that hold a secret shown once (operating the portal creates keys). */
function rememberedFor(actor: Actor, action: Action): string | null {
  if (action === 'portal:operate') return null
  if (actor.kind === 'person') return actor.personId
  return actor.kind === 'key' ? actor.keyId : null
}

/**
 * Runs the work unless it was done under the key before; then it answers what was answered. In the open transaction, under the actor's role:
 * of two at once one loses the race for the key, is run again, and finds the answer.
 */
export async function doOnce<T>(
  client: pg.PoolClient,
  { actor, action, now, repeatable }: { actor: Actor; action: Action; now: Instant; repeatable: Repeatable | undefined },
  work: () => Promise<T>,
): Promise<{ answer: T; again: boolean }> {
  const actorId = rememberedFor(actor, action)
  if (repeatable === undefined || actorId === null) return { answer: await work(), again: false }
  const since = addMilliseconds(now, -kept)
  const known = await client.query<{ fingerprint: string; answer: T }>(
    'select fingerprint, answer from done_once where actor_id = $1 and key = $2 and action = $3 and at > $4',
    [actorId, repeatable.key, action, since],
  )
  const [before] = known.rows
  if (before && before.fingerprint !== repeatable.fingerprint) {
    refuseField('Idempotency-Key', 'This key was used for another request. Nothing was done. Use a new one for each request.')
  }
  if (before) return { answer: before.answer, again: true }
  const answer = await work()
  await client.query('delete from done_once where actor_id = $1 and at <= $2', [actorId, since])
  await client.query('insert into done_once (actor_id, key, action, fingerprint, answer, at) values ($1, $2, $3, $4, $5, $6)', [
    actorId,
    repeatable.key,
    action,
    repeatable.fingerprint,
    JSON.stringify(answer ?? null),
    now,
  ])
  return { answer, again: false }
}
