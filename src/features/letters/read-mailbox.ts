// The mailbox: letters as they stand in the outbox, for the operator, or for whoever sits at the machine of a demo that sends no mail.
import type { Context, ReadTx } from '../../context/context.ts'
import { focusOf } from '../../context/focus.ts'
import { isUuid } from '../../kernel/ids.ts'
import { parseInstant } from '../../kernel/instant.ts'
import type { PageOf } from '../../kernel/page-of.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import { mailboxIsOpen, showsWords, wiped } from './rules.ts'
import { type LetterRow, type LettersWanted, listOutbox, oneLetter } from './store.ts'
import { deliveryContext, deliveryTask, portal } from './system.ts'

export type ShownLetter = Omit<LetterRow, 'text' | 'html'>
type Wanted = Omit<LettersWanted, 'after' | 'customerId'> & { readonly after?: string | undefined }

/** Letters, newest first; where the session is locked to a customer (BX-11), those about it alone. Refuses everybody but the operator (`letters:read`) and the open mailbox's reader. */
export async function listLetters(
  ctx: Context,
  isOnThisMachine: boolean,
  wanted: Wanted,
): Promise<PageOf<ShownLetter> & { mail: 'held' | 'sent' }> {
  const after = placeIn(wanted.after)
  return reading(ctx, isOnThisMachine, async (tx) => {
    const rows = await listOutbox(tx, { ...wanted, customerId: focusOf(ctx.actor), after, limit: wanted.limit + 1 })
    const items = rows.slice(0, wanted.limit)
    const last = items.at(-1)
    const next = rows.length > items.length && last ? Buffer.from(`${last.createdAt} ${last.id}`).toString('base64url') : null
    return { mail: tx.settings.sendsMail ? 'sent' : 'held', items: items.map(({ text: _text, html: _html, ...shown }) => shown), next }
  })
}

/** One letter with its words, or 404. A code is shown only while letters are held. */
export async function readLetter(ctx: Context, isOnThisMachine: boolean, id: string): Promise<LetterRow> {
  return reading(ctx, isOnThisMachine, async (tx) => {
    const letter = (await oneLetter(tx, id, focusOf(ctx.actor))) ?? refuse('not-found', 'There is no such letter.')
    return showsWords(letter.letter, tx.settings) ? letter : { ...letter, text: wiped, html: `<p>${wiped}</p>` }
  })
}

/** Asks who may, then reads with the right of the delivery: the outbox belongs to nobody whom row security knows. */
async function reading<T>(ctx: Context, isOnThisMachine: boolean, work: (tx: ReadTx) => Promise<T>): Promise<T> {
  if (!mailboxIsOpen(ctx.house.settings, isOnThisMachine)) await ctx.reading('letters:read', portal, async () => undefined)
  return deliveryContext(ctx).reading(deliveryTask, portal, work)
}

function placeIn(cursor: string | undefined): LettersWanted['after'] {
  if (cursor === undefined) return undefined
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ')
  const createdAt = parseInstant(at)
  if (createdAt === undefined || !isUuid(id)) refuseField('after', 'This is not the "next" of an earlier page.')
  return { createdAt, id }
}
