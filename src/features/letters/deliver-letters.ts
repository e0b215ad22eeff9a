// Delivers what is due: claim a few letters, ask again whether they may go, hand them to the mail server, note what became of each.
import type { Context, WriteTx } from '../../context/context.ts'
import type { MailServer } from '../../platform/mail/smtp.ts'
import { nextTry, type Outcome, stateAfter, whyNot } from './rules.ts'
import { type ClaimedLetter, claimDue, isAnythingDue, type Settled, settleLetter } from './store.ts'
import { deliveryTask, portal } from './system.ts'

/**
 * Delivers one batch and says how many letters it took; 0 when none is due. `mail` undefined holds them for the mailbox.
 * At least once: after a crash between sending and noting, a letter goes again under the same Message-ID. Two servers never send one at once.
 */
export async function deliverLetters(ctx: Context, mail: MailServer | undefined): Promise<number> {
  if (!(await ctx.reading(deliveryTask, portal, isAnythingDue))) return 0
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
  const { id, letter, attempts, createdAt, to } = claimed
  const no = whyNot({ letter, createdAt, attempts, address: to?.address ?? null, mayStill: await mayStill(tx, claimed) }, tx.now)
  if (no) return { id, letter, ...no }
  return sendsMail ? undefined : { id, letter, state: 'held', why: null }
}

/** Asks the letter's question again, for its recipient, now. */
async function mayStill(tx: WriteTx, { onlyIf, personId }: ClaimedLetter): Promise<boolean> {
  if (onlyIf === null) return true
  if (personId === null) return false
  const { decision } = await tx.canThey(personId, onlyIf.action, onlyIf.on)
  return decision.allowed
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

/**
 * Notes it. That a letter will not arrive stands in the operator's history alone: its recipient and subject would tell a partner which address
 * belongs to which customer, and colleagues what was written to one person.
 */
async function settle(tx: WriteTx, { id, letter, subject, to }: ClaimedLetter, settled: Settled): Promise<void> {
  await settleLetter(tx, settled)
  if (settled.state !== 'dropped' && settled.state !== 'dead') return
  tx.record({
    what: `letter.${settled.state}`,
    on: { kind: 'letter', id },
    detail: { letter, subject, to: to?.name ?? null, reason: settled.why },
  })
}
