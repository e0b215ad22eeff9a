// What becomes of a write that lost a race: it is run again, as often as makes sense, and then refused. The one place for all writes.
import { setTimeout } from 'node:timers/promises'
import { Refusal, refuse } from '../kernel/refusal.ts'
import { isRetryable, isUniqueViolation } from '../platform/db/errors.ts'
import type { HouseLog } from './house.ts'

/** How often a write that lost a race is run before it is given up. */
export const mostTries = 8
const mostTriesOfTheSame = 4

/**
 * Waits until the write may be run again after its attempt (1, 2, …) ended with the error; refuses when that was the last; throws on what is no lost race.
 *
 * Of two who add the same at once, the second finds a unique key taken by a row that its snapshot did not show. Run again it sees the row and says itself
 * what that means; whose key is taken every time is told that there is one like it. The refusal keeps the error as its cause: whoever writes many rows at
 * once finds out with it which of them it was.
 */
export async function waitAfterLostRace(error: unknown, attempt: number, log: HouseLog): Promise<void> {
  const isSecond = isUniqueViolation(error)
  if (!isSecond && !isRetryable(error)) throw error
  if (isSecond && attempt >= mostTriesOfTheSame) {
    // Where nobody raced, somebody forgot to look before they wrote: the log names the key.
    log.warn({ err: error }, 'a write found its unique key taken every time that it was run')
    const refusal = new Refusal('overlaps', 'There is one like this already, perhaps since a moment ago. Nothing was changed. Look again.')
    throw Object.assign(refusal, { cause: error })
  }
  if (attempt >= mostTries) refuse('stale', 'Somebody else changed this at the same moment. Nothing was changed. Try again.')
  // Losers of one race would meet again at once; they wait a little, each for another time.
  await setTimeout(Math.random() * 10 * 2 ** attempt)
}
