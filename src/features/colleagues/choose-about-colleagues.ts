// The customer decides whether partners' administrators let in colleagues themselves: not allowed, tell me, ask me (BX-15, C-A10).
import type { Context, ReadTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { CustomerFact } from '../../law/facts.ts'
import type { ColleagueChoice } from '../../law/law.ts'
import { rolesThatMay } from '../grants/rules.ts'
import { homeOf, nameOf, personOf } from '../organizations/actor-rules.ts'
import { organizationAt } from '../organizations/steps.ts'
import { choiceLetter } from './letters.ts'
import { choiceOf, refuseWithoutColleagues } from './rules.ts'
import { choose } from './store.ts'

export interface ChoiceView {
  readonly choice: ColleagueChoice
  /** False: the customer has not chosen, and the definition's word counts. */
  readonly chosen: boolean
}

const viewOf = ({ law }: ReadTx, customer: CustomerFact | null): ChoiceView => ({
  choice: choiceOf(law, customer),
  chosen: customer?.colleagues != null,
})

export function readColleagueChoice(ctx: Context): Promise<ChoiceView> {
  return ctx.reading('access:give', { kind: 'customer', id: homeOf(ctx.actor) }, async (tx) => {
    refuseWithoutColleagues(tx.law)
    return viewOf(tx, tx.facts.thing?.customer ?? null)
  })
}

/** From this instant. What partners let in before stays until it ends or is removed; everybody who may give access there is told. */
export function chooseAboutColleagues(ctx: Context, { choice }: { choice: ColleagueChoice }): Promise<ChoiceView> {
  const home = homeOf(ctx.actor)
  return ctx.writing('access:give', { kind: 'customer', id: home }, async (tx) => {
    refuseWithoutColleagues(tx.law)
    const before = viewOf(tx, tx.facts.thing?.customer ?? null)
    if (before.chosen && before.choice === choice) refuse('invalid-input', 'Nothing would change: it is so already.', { field: 'choice' })
    const customer = await organizationAt(tx, home)
    await choose(tx, customer.id, choice, personOf(ctx.actor) ?? refuse('not-allowed', 'Only a person can choose this.'))
    tx.record({ what: 'colleagues.chosen', customerId: customer.id, detail: { customer: customer.name, choice, before: before.choice } })
    const content = choiceLetter({ customer: customer.name, by: nameOf(ctx.actor), choice, link: `${tx.settings.publicUrl}/partners` })
    tx.post({
      letter: 'colleagues-chosen',
      to: { everyoneIn: customer.id, roles: rolesThatMay(tx.law, 'customer', 'access:give') },
      ...content,
      customerId: customer.id,
      onlyIf: { action: 'access:give', on: { kind: 'customer', id: customer.id } },
    })
    return { choice, chosen: true }
  })
}
