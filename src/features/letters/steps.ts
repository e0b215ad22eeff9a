// What became of a letter, noted down where it belongs.
import type { WriteTx } from '../../context/context.ts'
import { putBack } from './digest-store.ts'
import { type ClaimedLetter, type Settled, settleLetter } from './store.ts'

/**
 * Notes it. That a letter will not arrive stands in the operator's history alone: its recipient and subject would tell a partner which address
 * belongs to which customer, and colleagues what was written to one person.
 */
export async function settle(
  tx: WriteTx,
  { id, letter, subject, to }: Pick<ClaimedLetter, 'id' | 'letter' | 'subject'> & { readonly to: { readonly name: string } | null },
  settled: Settled,
): Promise<void> {
  await settleLetter(tx, settled)
  // A digest that may not go as it is (the right to read one of its parts has ended) is put together anew, without that part.
  if (settled.state === 'dropped') await putBack(tx, id)
  if (settled.state !== 'dropped' && settled.state !== 'dead') return
  tx.record({
    what: `letter.${settled.state}`,
    on: { kind: 'letter', id },
    detail: { letter, subject, to: to?.name ?? null, reason: settled.why },
  })
}
