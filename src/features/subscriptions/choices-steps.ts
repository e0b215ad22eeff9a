// The acting person's notices, customer by customer.
import type { ReadTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { PersonActor } from '../../law/actors.ts'
import type { Facts } from '../../law/facts.ts'
import { type OfferedNotice, offered } from './offered-rules.ts'
import { choicesOf } from './store.ts'

export interface NoticesAtCustomer {
  readonly customer: { readonly id: string; readonly name: string }
  readonly own: boolean
  readonly notices: readonly OfferedNotice[]
}

/** The person who acts. Keys are written nothing. */
export function chooser({ actor }: ReadTx): PersonActor {
  return actor.kind === 'person' ? actor : refuse('not-allowed', 'Only people get letters. Nothing was changed.')
}

/** What is offered at each of the customers; those at which nothing is are left out, as is what is no customer. */
export async function noticesAt(tx: ReadTx, customerIds: readonly string[]): Promise<NoticesAtCustomer[]> {
  const me = chooser(tx)
  const choices = await choicesOf(tx, me.personId)
  const facts = await tx.factsOfPairs(customerIds.map((id) => ({ who: me, on: { kind: 'customer', id } })))
  return facts.flatMap((one) => {
    const { customer } = one.thing ?? {}
    if (!customer) return []
    const choiceOf = (notice: string) =>
      choices.find((choice) => choice.customerId === customer.id && choice.notice === notice)?.way ?? null
    const notices = offered(tx.law, one, choiceOf)
    return notices.length === 0 ? [] : [{ customer: { id: customer.id, name: customer.name }, own: isOwn(one), notices }]
  })
}

const isOwn = ({ thing, subject }: Facts): boolean => thing?.customer?.id === subject?.organizationId
