// The daily digest: what somebody wanted in one letter a day, put together when its hour has come and asked about again, part by part.
import type { Context, WriteTx } from '../../context/context.ts'
import type { OnlyIf } from '../../context/post.ts'
import { wayToSend } from '../subscriptions/steps.ts'
import { digestLetter } from './digest-letter.ts'
import { addDigest, type GatheredLetter, gatheredOf, peopleDue } from './digest-store.ts'
import { holdsNow } from './only-if.ts'
import { whyNot } from './rules.ts'
import { settle } from './steps.ts'
import { type ClaimedLetter, currentAddresses } from './store.ts'
import { deliveryTask, portal } from './system.ts'

/** So many people in one transaction. */
const mostAtOnce = 20

/** Writes the digests that are due and answers how many. Of two servers one writes a person's; the other finds nothing left to do. */
export async function gatherDigests(ctx: Context): Promise<number> {
  if ((await ctx.reading(deliveryTask, portal, (tx) => peopleDue(tx, 1))).length === 0) return 0
  return ctx.writing(deliveryTask, portal, async (tx) => {
    const people = await peopleDue(tx, mostAtOnce)
    const addresses = await currentAddresses(tx, people)
    let written = 0
    for (const personId of people) if (await gather(tx, personId, addresses.get(personId) ?? null)) written++
    tx.record({ what: 'letters.digests', detail: { people: people.length, written } })
    return written
  })
}

async function gather(tx: WriteTx, personId: string, to: ClaimedLetter['to']): Promise<boolean> {
  const parts: GatheredLetter[] = []
  for (const part of await gatheredOf(tx, personId)) {
    const { id, letter, createdAt, onlyIf } = part
    const mayStill = await holdsNow(tx, personId, onlyIf)
    const isDeclined = (await wayToSend(tx, personId, part.customerId, part.notice)) === 'none'
    const no = whyNot({ letter, createdAt, attempts: 0, address: to?.address ?? null, mayStill, isDeclined }, tx.now)
    if (no) await settle(tx, { ...part, to }, { id, letter, ...no })
    else parts.push(part)
  }
  if (parts.length === 0) return false
  const all = parts.flatMap(({ onlyIf }): OnlyIf[] => (onlyIf ? [onlyIf] : []))
  const content = digestLetter(parts, { vendor: tx.law.names.vendor, publicUrl: tx.settings.publicUrl })
  await addDigest(tx, personId, content, { all }, parts)
  return true
}
