// What other features ask about the choices that people made, inside their own open door.
import type { ReadTx } from '../../context/context.ts'
import { noticesOf, type Way, wayOf } from './rules.ts'
import { choiceOf } from './store.ts'

/** The way in which somebody gets a notice about a customer at this instant; whether they may get it is another question. */
export async function wayToSend(tx: ReadTx, personId: string, customerId: string | null, code: string | null): Promise<Way> {
  const notice = noticesOf(tx.law).find((one) => one.code === code)
  if (customerId === null || notice === undefined) return 'mail'
  const choice = await choiceOf(tx, personId, customerId, notice.code)
  const wanted = wayOf(notice, choice, true)
  return wanted === 'none' ? wayOf(notice, choice, await mayDecline(tx, personId, customerId, notice)) : wanted
}

/** What is chosen freely and mailings may be declined; notices that the law keeps, and what the product itself writes, may not (OR-107). */
export async function mayDecline(
  tx: ReadTx,
  personId: string,
  customerId: string,
  { code, own }: { code: string; own: boolean },
): Promise<boolean> {
  if (own) return false
  const { decision, facts } = await tx.canThey(personId, `notice_kept:${code}`, { kind: 'customer', id: customerId })
  return facts.thing?.customer != null && !decision.allowed
}
