// The operator sends a letter again that was given up, or that was held while no mail was sent.
import type { Context } from '../../context/context.ts'
import { focusOf } from '../../context/focus.ts'
import { refuse } from '../../kernel/refusal.ts'
import { mayResend } from './rules.ts'
import { oneLetter, waitAgain } from './store.ts'
import { deliveryContext, deliveryTask, portal } from './system.ts'

/** Puts the letter back into the queue; its question is asked again before it goes. Refuses letters that were sent or dropped (409 stale). */
export async function resendLetter(ctx: Context, id: string): Promise<void> {
  await ctx.reading('portal:operate', portal, async () => undefined)
  await deliveryContext(ctx).writing(deliveryTask, portal, async (tx) => {
    const letter = (await oneLetter(tx, id, focusOf(ctx.actor))) ?? refuse('not-found', 'There is no such letter.')
    if (!mayResend(letter.state) || !(await waitAgain(tx, id, letter.state)))
      refuse('stale', `Only a letter that was given up or held can be sent again; this one is ${letter.state}.`)
    const by = ctx.actor.kind === 'person' || ctx.actor.kind === 'key' ? ctx.actor.name : null
    tx.record({
      what: 'letter.resent',
      on: { kind: 'letter', id },
      detail: { by, letter: letter.letter, subject: letter.subject, to: letter.to },
    })
  })
}
