// Which notices the reader of a letter may decline by it, and the address that does so, inside an open door.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { type NoticeAt, noticesOf } from './rules.ts'
import { mayDecline } from './steps.ts'
import { addUnsubscribing } from './unsubscribe-store.ts'

/**
 * The address for `List-Unsubscribe` of a letter that carries the notices; null where none of them may be declined by its reader, as of everything
 * that is about their own access (OR-107).
 */
export async function unsubscribeAddress(tx: WriteTx, personId: string | null, notices: readonly NoticeAt[]): Promise<string | null> {
  if (personId === null) return null
  const mine = await declinable(tx, personId, notices)
  if (mine.length === 0) return null
  // In the query, which stands in no log, and not in the path.
  return `${tx.settings.publicUrl}/unsubscribe?token=${await addUnsubscribing(tx, personId, mine)}`
}

/** Those of the notices, each once, that the person may decline at this instant. What is about a customer that is gone is none. */
export async function declinable(tx: ReadTx, personId: string, notices: readonly NoticeAt[]): Promise<NoticeAt[]> {
  const found: NoticeAt[] = []
  const each = new Map(notices.map((one) => [`${one.customerId} ${one.notice}`, one]))
  for (const { customerId, notice: code } of each.values()) {
    const notice = noticesOf(tx.law).find((one) => one.code === code)
    if (notice && !notice.own && (await mayDecline(tx, personId, customerId, notice))) found.push({ customerId, notice: code })
  }
  return found
}
