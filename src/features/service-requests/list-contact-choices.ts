// Who could be added to a record, or be named on one that is about to be opened.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { kindOf, nothingThere } from '../records/rules.ts'
import { recordThere } from '../records/steps.ts'
import { recordToBe } from './rules.ts'
import { type ContactChoices, contactChoices } from './steps.ts'

/** For a record that is there: the customer's own people, then people with access (OR-083, OR-084); at most 500, `q` narrows by name or address. */
export async function listContactChoices(
  ctx: Context,
  input: { kind: string; id: string; q?: string | undefined },
): Promise<ContactChoices> {
  const { kind } = kindOf(ctx.house.law, input.kind)
  return ctx.reading(`${kind}:add_contact`, { kind: 'record', recordKind: kind, id: input.id }, (tx) =>
    contactChoices(tx, recordThere(tx), input.q),
  )
}

/** For the form that opens one: who could be its point of contact (OR-074, OR-075, O-A8). */
export async function listContactChoicesToOpen(
  ctx: Context,
  input: { kind: string; customerId: string; q?: string | undefined },
): Promise<ContactChoices> {
  const kind = kindOf(ctx.house.law, input.kind)
  return ctx.reading(`${kind.kind}:open`, { kind: 'customer', id: input.customerId }, (tx) => {
    const customer = tx.facts.thing?.customer ?? refuse('not-found', nothingThere)
    return contactChoices(tx, { record: recordToBe(kind, ''), customer }, input.q)
  })
}
