// A person chooses how to get a notice about a customer, and changes or ends that at any time.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { chooser, type NoticesAtCustomer, noticesAt } from './choices-steps.ts'
import type { Way } from './rules.ts'
import { choose } from './store.ts'

export interface ChooseInput {
  readonly customerId: string
  readonly notice: string
  readonly way: Way
}

/**
 * OR-067 to OR-069, OR-107. For oneself alone. What one's access does not bring is not found, whether there is such a notice or not (404);
 * what is kept cannot be declined (403).
 */
export function chooseNotice(ctx: Context, input: ChooseInput): Promise<NoticesAtCustomer> {
  return ctx.writing('self:manage', { kind: 'self' }, async (tx) => {
    const { personId, name } = chooser(tx)
    const [before] = await noticesAt(tx, [input.customerId])
    const notice = before?.notices.find(({ code }) => code === input.notice)
    if (!before || !notice) refuse('not-found', 'There is no such notice, or you cannot get it.')
    if (!notice.ways.includes(input.way)) {
      refuse(
        'not-allowed',
        `“${notice.name}” about ${before.customer.name} cannot be declined. It can come in the daily digest. Nothing was changed.`,
      )
    }
    await choose(tx, personId, { ...input, notice: notice.code })
    // One's own affair: it stands in no organization's history.
    tx.record({
      what: 'notice.chosen',
      on: { kind: 'person', id: personId },
      detail: { person: name, customer: before.customer.name, notice: notice.name, before: notice.way, way: input.way },
    })
    const [after] = await noticesAt(tx, [input.customerId])
    return after ?? before
  })
}
