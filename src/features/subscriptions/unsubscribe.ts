// Whoever holds a letter declines such letters with one click, without signing in (RFC 8058). The token in the letter's header is all that is asked for.
import { type Context, createContext, type ReadTx, type WriteTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { type NoticeAt, noticesOf } from './rules.ts'
import { wayToSend } from './steps.ts'
import { choose } from './store.ts'
import { declinable } from './unsubscribe-steps.ts'
import { type Unsubscribing, unsubscribingOf } from './unsubscribe-store.ts'

const task = 'system:unsubscribe'
const portal = { kind: 'portal' } as const

/** The same for each, so that nobody learns whose a letter was or what it was about. */
export interface Unsubscribed {
  readonly unsubscribed: true
}

/**
 * Chooses “not at all” for what the letter carried, as its reader could themselves. Again is as once. What is no token, was cut off, or is older than 60
 * days is one answer (404). What may not be declined any more stays, and what is chosen anew later comes again.
 */
export async function unsubscribe(ctx: Context, { token }: { token: string }): Promise<Unsubscribed> {
  const door = createContext(ctx.house, { kind: 'system', task: 'unsubscribe' }, ctx.requestRef)
  const known = await door.reading(task, portal, async (tx) => {
    const found = await unsubscribingOf(tx, token)
    return found && { left: (await stillComing(tx, found)).length }
  })
  if (!known) refuse('not-found', 'This link does not count: it is too old, or part of it is missing. Nothing was changed.')
  if (known.left > 0) await door.writing(task, portal, (tx) => decline(tx, token))
  return { unsubscribed: true }
}

async function decline(tx: WriteTx, token: string): Promise<void> {
  const found = await unsubscribingOf(tx, token)
  if (!found) return refuse('stale', 'This link counts no more. Nothing was changed.')
  const { person } = found
  const on = { kind: 'person', id: person.id }
  const declined = await stillComing(tx, found)
  for (const { customerId, notice } of declined) {
    await choose(tx, person.id, { customerId, notice, way: 'none' })
    const name = noticesOf(tx.law).find(({ code }) => code === notice)?.name ?? notice
    // One's own affair, as a choice on the page is: it stands in no organization's history.
    tx.record({
      what: 'notice.unsubscribed',
      on,
      detail: { person: person.name, customer: await customerName(tx, person.id, customerId), notice: name, way: 'none' },
    })
  }
  // Somebody else held the same letter at the same moment; a write says what it did, even nothing.
  if (declined.length === 0) tx.record({ what: 'notice.unsubscribed_before', on, detail: { person: person.name } })
}

/** Of what the letter carried, what the reader still gets and may decline. */
async function stillComing(tx: ReadTx, { person, notices }: Unsubscribing): Promise<NoticeAt[]> {
  const coming: NoticeAt[] = []
  for (const one of await declinable(tx, person.id, notices))
    if ((await wayToSend(tx, person.id, one.customerId, one.notice)) !== 'none') coming.push(one)
  return coming
}

async function customerName(tx: ReadTx, personId: string, id: string): Promise<string | null> {
  const [facts] = await tx.factsOfPairs([{ who: { personId }, on: { kind: 'customer', id } }])
  return facts?.thing?.customer?.name ?? null
}
