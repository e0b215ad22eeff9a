// Doing one thing to many: each part is done by itself, in a transaction of its own, with its own answer; one that fails does not stop the rest, and the
// same request under the same Idempotency-Key has one effect for each part.
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { type Context, createContext } from './context.ts'

/** What became of one part, in the order in which the parts were named. */
export type PartDone<T> = { readonly done: T } | { readonly refused: Refusal }

/**
 * Does the work for each part, one after the other. A refusal is the answer of its part; anything else is a bug and ends the whole, and whoever sends it
 * again under the same key gets the parts that were done as they were answered.
 */
export async function eachPart<P, T>(
  ctx: Context,
  parts: readonly P[],
  work: (ctx: Context, part: P) => Promise<T>,
): Promise<PartDone<T>[]> {
  const results: PartDone<T>[] = []
  for (const [index, part] of parts.entries()) {
    results.push(
      await work(contextOfPart(ctx, index), part).then(
        (done) => ({ done }),
        (error: unknown) => {
          if (!isRefusal(error)) throw error
          return { refused: error }
        },
      ),
    )
  }
  return results
}

/** The caller's key with the place of the part behind it. The fingerprint stays that of the whole request: another list under the same key is refused. */
function contextOfPart({ house, actor, requestRef, repeatable }: Context, index: number): Context {
  const place = `${index + 1}`
  return createContext(house, actor, `${requestRef}.${place}`, repeatable && { ...repeatable, key: `${repeatable.key}.${place}` })
}
