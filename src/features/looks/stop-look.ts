// A look is stopped by whoever looks; one that ended by itself is stopped in the same way, so that nobody goes on unaware.
import type { Context } from '../../context/context.ts'
import { takingAway } from '../../context/taking-away.ts'
import { asThemselves } from '../../context/themselves.ts'
import { refuse } from '../../kernel/refusal.ts'
import { ownAction } from '../../law/law.ts'
import { actingPerson } from '../people/steps.ts'
import { keepLook, lookInWords } from './store.ts'

const self = { kind: 'self' } as const

/** The session is the person's own again. Where there is no look nothing is done. */
export async function stopLook(ctx: Context): Promise<void> {
  const own = asThemselves(ctx)
  if (own === ctx) return ctx.reading(ownAction, self, async () => undefined)
  return takingAway(own).writing(ownAction, self, async (tx) => {
    const { sessionId, organizationId, organizationName } = actingPerson(tx)
    const { partnerId, ...names } = await lookInWords(tx, sessionId)
    if (!(await keepLook(tx, sessionId, null))) refuse('stale', 'The look was stopped already.')
    const on = { kind: 'session', id: sessionId }
    tx.record({ what: 'look.stopped', customerId: organizationId, partnerId, on, detail: { customer: organizationName, ...names } })
  })
}
