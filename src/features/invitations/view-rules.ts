// An invitation as the API tells of it, to the customer and to the partner.
import type { Instant, LocalDate } from '../../kernel/instant.ts'
import type { Law } from '../../law/law.ts'
import { endsOn, type Invitation, invitationNumber, lapsesOn, type StoredState, stateOf } from './rules.ts'

export interface InvitationView {
  readonly id: string
  readonly number: string
  readonly customer: { readonly id: string; readonly name: string }
  readonly partner: { readonly id: string; readonly name: string; readonly emailDomain: string | null }
  readonly state: StoredState
  /** What it gives; a role that the portal does not know any more keeps its code as its name. */
  readonly roles: readonly { readonly code: string; readonly name: string; readonly says: string }[]
  readonly endsOn: LocalDate
  readonly sentAt: Instant
  /** Null where the reader may not know the person: a partner is told which customer, not who there. */
  readonly sentBy: string | null
  readonly lapsesOn: LocalDate
  readonly answered: Invitation['answered']
  readonly abilities: { readonly withdraw: boolean; readonly answer: boolean }
}

/** @param may what the reader may do with one of their own organization's that waits */
export function viewOf(invitation: Invitation, law: Law, now: Instant, may: InvitationView['abilities']): InvitationView {
  const state = stateOf(invitation, now)
  const { id, customer, partner } = invitation
  return {
    id,
    number: invitationNumber(invitation.number),
    customer: { id: customer.id, name: customer.name },
    partner,
    state,
    roles: invitation.gives.map((code) => {
      const role = law.rights.find((one) => one.code === code)
      return { code, name: role?.name ?? code, says: role?.says ?? '' }
    }),
    endsOn: endsOn(invitation),
    sentAt: invitation.invitedAt,
    sentBy: invitation.invitedBy.name,
    lapsesOn: lapsesOn(invitation),
    answered: invitation.answered,
    abilities: { withdraw: may.withdraw && state === 'waiting', answer: may.answer && state === 'waiting' },
  }
}
