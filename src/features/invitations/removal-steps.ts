// An invitation that waits when a customer removes everything of a partner is withdrawn with it, and is sent again where that is undone.

import type { ReadTx, WriteTx } from '../../context/context.ts'
import { dayInWords } from '../../kernel/instant.ts'
import { personOf } from '../organizations/actor-rules.ts'
import { endsOn, type Invitation, invitationNumber, stateOf } from './rules.ts'
import { recordIt } from './steps.ts'
import { addInvitation, answer, invitationsWhere } from './store.ts'

interface WaitingInvitation {
  readonly id: string
  readonly says: string
}

/** What waits for the partner's answer, one sentence each. */
export async function waitingInvitations(tx: ReadTx, customerId: string, partnerId: string): Promise<WaitingInvitation[]> {
  return (await waitingOf(tx, customerId, partnerId)).map((one) => ({ id: one.id, says: saysOf(one) }))
}

const waitingOf = async (tx: ReadTx, customerId: string, partnerId: string): Promise<Invitation[]> =>
  (await invitationsWhere(tx, { customerId, partnerId })).filter((one) => stateOf(one, tx.now) === 'waiting')

const saysOf = (one: Invitation): string => `Invitation ${invitationNumber(one.number)}, to ${dayInWords(endsOn(one))}.`

export async function withdrawWaiting(tx: WriteTx, customerId: string, partnerId: string): Promise<WaitingInvitation[]> {
  const withdrawn: WaitingInvitation[] = []
  for (const one of await waitingOf(tx, customerId, partnerId)) {
    if (!(await answer(tx, one.id, { state: 'withdrawn', by: personOf(tx.actor), reason: null }))) continue
    recordIt(tx, 'withdrawn', one)
    withdrawn.push({ id: one.id, says: saysOf(one) })
  }
  return withdrawn
}

/** Invites anew to the same end; false where it would have lapsed, or another one waits. */
export async function inviteAgain(tx: WriteTx, id: string): Promise<boolean> {
  const [one] = await invitationsWhere(tx, { id })
  const by = personOf(tx.actor)
  if (!one || by === null || one.lapsesAt <= tx.now) return false
  const { customer, partner, gives, until, lapsesAt } = one
  const added = await addInvitation(tx, { customerId: customer.id, partnerId: partner.id, gives, until, lapsesAt, by })
  const [again] = added === undefined ? [] : await invitationsWhere(tx, { id: added })
  if (again) recordIt(tx, 'sent', again)
  return again !== undefined
}
