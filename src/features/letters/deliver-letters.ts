// Delivers what is due: claim a few letters, ask again whether they may go, hand them to the mail server, note what became of each.
import type { Context, WriteTx } from '../../context/context.ts'
import type { MailServer } from '../../platform/mail/smtp.ts'
import { wayToSend } from '../subscriptions/steps.ts'
import { gatherDigests } from './gather-digests.ts'
import { holdsNow } from './only-if.ts'
import { nextDigest, nextTry, type Outcome, stateAfter, whyNot } from './rules.ts'
import { settle } from './steps.ts'
import { type ClaimedLetter, claimDue, isAnythingDue, type Settled } from './store.ts'
import { deliveryTask, portal } from './system.ts'

/**
 * Delivers one batch and says how many letters it took; 0 when none is due. `mail` undefined holds them for the mailbox.
 * At least once: after a crash between sending and noting, a letter goes again under the same Message-ID. Two servers never send one at once.
 */
export async function deliverLetters(ctx: Context, mail: MailServer | undefined): Promise<number> {
  if (!(await ctx.reading(deliveryTask, portal, isAnythingDue))) return 0
  await gatherDigests(ctx)
  const { taken, toSend } = await ctx.writing(deliveryTask, portal, async (tx) => {
    const claimed = await claimDue(tx)
    const going: ClaimedLetter[] = []
    for (const letter of claimed) {
      const stays = await settledUnsent(tx, letter, mail !== undefined)
      if (stays) await settle(tx, letter, stays)
      else going.push(letter)
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
  const no = whyNot({ letter, createdAt, attempts, address: to?.address ?? null, mayStill }, tx.now)
  if (no) return { id, letter, ...no }
  const chosen = await asChosen(tx, claimed)
  if (chosen) return chosen
  return sendsMail ? undefined : { id, letter, state: 'held', why: null }
}

/** What the reader chose about such letters: none at all, the daily digest, or (undefined) mail at once. */
async function asChosen(tx: WriteTx, { id, letter, personId, customerId, notice, to }: ClaimedLetter): Promise<Settled | undefined> {
  if (personId === null || notice === null) return undefined
  const way = await wayToSend(tx, personId, customerId, notice)
  if (way === 'none') return { id, letter, state: 'dropped', why: 'The person chose not to get such letters.' }
  return way === 'digest' ? { id, letter, state: 'gathered', why: null, nextTryAt: nextDigest(tx.now, to?.zone ?? 'UTC') } : undefined
}

function send(mail: MailServer, { id, to, subject, text, html, thread }: ClaimedLetter): Promise<Outcome> {
  return mail.send({ id, to: to ?? { name: '', address: '' }, subject, text, html, thread })
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
