// Several pieces of work begun at the same instant, and how each of them ended.
import { isRefusal } from '../src/kernel/refusal.ts'

/** What each answered: `done`, or the code of its refusal. Anything else that is thrown fails the test. */
export async function atOnce(works: readonly (() => Promise<unknown>)[]): Promise<string[]> {
  const ends = await Promise.allSettled(works.map((work) => work()))
  return ends.map((end) => {
    if (end.status === 'fulfilled') return 'done'
    if (!isRefusal(end.reason)) throw end.reason
    return end.reason.code
  })
}
