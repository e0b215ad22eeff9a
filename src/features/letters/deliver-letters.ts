// Delivers what is due: claim a few letters, ask again whether they may go, hand them to the mail server, note what became of each.
import type { Context, WriteTx } from '../../context/context.ts'
import type { MailServer } from '../../platform/mail/smtp.ts'
import type { Way } from '../subscriptions/rules.ts'
import { wayToSend } from '../subscriptions/steps.ts'
import { unsubscribeAddress } from '../subscriptions/unsubscribe-steps.ts'
import { noticesIn } from './digest-store.ts'
import { gatherDigests } from './gather-digests.ts'
import { holdsNow } from './only-if.ts'
import { nextDigest, nextTry, type Outcome, stateAfter, whyNot } from './rules.ts'
import { settle } from './steps.ts'
import { type ClaimedLetter, claimDue, isAnythingDue, type Settled } from './store.ts'
import { deliveryTask, portal } from './system.ts'

/** A letter that is handed to the mail server, with the address at which its reader declines such letters, where they may. */
type Going = ClaimedLetter & { readonly unsubscribe: string | null }

/**
 * Delivers one batch and says how many letters it took; 0 when none is due. `mail` undefined holds them for the mailbox.
 * At least once: after a crash between sending and noting, a letter goes again under the same Message-ID. Two servers never send one at once.
 */
export async function deliverLetters(ctx: Context, mail: MailServer | undefined): Promise<number> {
  if (!(await ctx.reading(deliveryTask, portal, isAnythingDue))) return 0
  await gatherDigests(ctx)
  const { taken, toSend } = await ctx.writing(deliveryTask, portal, async (tx) => {
    const claimed = await claimDue(tx)
    const going: Going[] = []
    for (const letter of claimed) {
      const stays = await settledUnsent(tx, letter, mail !== undefined)
      if (stays) await settle(tx, letter, stays)
      else going.push({ ...letter, unsubscribe: await unsubscribeAddress(tx, letter.personId, await noticesIn(tx, letter)) })
    }
    tx.record({ what: 'letters.claimed', detail: { count: claimed.length } })
    return { taken: claimed.length, toSend: going }
  })
  if (!mail || toSend.length === 0) return taken
  const outcomes = await Promise.all(toSend.map(async (letter) => ({ letter, outcome: await send(mail, letter) })))
  await ctx.writing(deliveryTask, portal, async (tx) => {
    for (const { letter, outcome } of outcomes) await settle(tx, letter, settledSent(tx, letter, outcome, mail))
    tx.record({
      what: 'letters.tried',
      detail: { count: outcomes.length, sent: outcomes.filter(({ outcome }) => outcome.kind === 'sent').length },
    })
  })
  return taken
}

/** What becomes of a letter that is not handed to a mail server: dropped, given up or held. Undefined: it goes. */
async function settledUnsent(tx: WriteTx, claimed: ClaimedLetter, sendsMail: boolean): Promise<Settled | undefined> {
  const { id, letter, attempts, createdAt, to, personId, onlyIf } = claimed
  const mayStill = await holdsNow(tx, personId, onlyIf)
  const way = mayStill ? await chosenWay(tx, claimed) : 'mail'
  const no = whyNot({ letter, createdAt, attempts, address: to?.address ?? null, mayStill, isDeclined: way === 'none' }, tx.now)
  if (no) return { id, letter, ...no }
  if (way === 'digest') return { id, letter, state: 'gathered', why: null, nextTryAt: nextDigest(tx.now, to?.zone ?? 'UTC') }
  return sendsMail ? undefined : { id, letter, state: 'held', why: null }
}

/** What the reader chose about such letters: none at all, the daily digest, or mail at once. */
const chosenWay = async (tx: WriteTx, { personId, customerId, notice }: ClaimedLetter): Promise<Way> =>
  personId === null || notice === null ? 'mail' : wayToSend(tx, personId, customerId, notice)

function send(mail: MailServer, { id, to, subject, text, html, thread, unsubscribe }: Going): Promise<Outcome> {
  return mail.send({ id, to: to ?? { name: '', address: '' }, subject, text, html, thread, unsubscribe })
}

function settledSent(tx: WriteTx, { id, letter, attempts }: ClaimedLetter, outcome: Outcome, mail: MailServer): Settled {
  const state = stateAfter(outcome, attempts)
  return {
    id,
    letter,
    state,
    why: outcome.kind === 'sent' ? null : outcome.why,
    messageId: mail.messageId(id),
    ...(state === 'waiting' ? { nextTryAt: nextTry(tx.now, attempts, Math.random()) } : {}),
  }
}
