// A second approver, where the definition asks for one (BX-14): the first approval is kept and told, and gives nothing; another person's gives it.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { nameOf, personOf } from '../organizations/actor-rules.ts'
import { type Choice, choiceOf, sameChoice, takesTwo } from './first-approval-rules.ts'
import { firstApprovalOf, keepFirst } from './first-approval-store.ts'
import { firstApprovedLetter } from './letters.ts'
import type { AccessRequest, AnsweredItem } from './rules.ts'
import { accessInHistory, answerers, factsOf, partOf, requestInHistory, send } from './steps.ts'

export { firstApprovalOf }

interface Approving {
  readonly request: AccessRequest
  readonly given: readonly AnsweredItem[]
  readonly endsOn: Choice['endsOn']
  readonly headCount: number
}

/**
 * Whether this approval still waits for a second person; it is then kept, with just what was chosen, and everybody who may answer is told. The second
 * must choose the same, and the first must be one who may still answer: otherwise this one is the first.
 */
export async function waitsForSecond(tx: WriteTx, { request, given, endsOn, headCount }: Approving): Promise<boolean> {
  if (!takesTwo(tx.law, given)) return false
  const me = personOf(tx.actor) ?? refuse('not-allowed', 'Only a person can approve this.')
  const choice = choiceOf(request.items, given, endsOn)
  const first = await firstApprovalOf(tx, request.id)
  const same = first !== null && sameChoice(first.choice, choice)
  if (first !== null && same && first.by.id === me)
    refuse('already-answered', 'You approved this already. It takes a second person who may answer. Nothing was changed.')
  if (first !== null && same && (await mayStillAnswer(tx, first.by.id, request.id))) return false
  await keepFirst(tx, request.id, me, choice)
  await tell(tx, { request, given, endsOn, headCount })
  return true
}

const mayStillAnswer = async (tx: ReadTx, personId: string, requestId: string): Promise<boolean> =>
  (await tx.canThey(personId, 'access_request:answer', { kind: 'access_request', id: requestId })).decision.allowed

/** The customer's own matter: whoever asked is not told before there is an answer. */
async function tell(tx: WriteTx, { request, given, endsOn, headCount }: Approving): Promise<void> {
  tx.record({
    what: 'access_request.approved_first',
    customerId: request.customerId,
    on: { kind: 'access_request', id: request.id },
    detail: {
      ...requestInHistory(tx, request),
      given: given.map(({ item, access }) => accessInHistory(tx, item.person, access)),
      until: endsOn,
    },
  })
  const parts = given.map(({ item, access }) => partOf(tx.law, item.person, access, request.partner.name, headCount))
  const content = firstApprovedLetter(factsOf(tx, request, headCount), nameOf(tx.actor), parts)
  send(tx, 'access-request-approved-first', content, request, [answerers(tx, request.customerId)])
}
