// Invitations of partners by customers: sending, answering, the links for them, and ending the work with a partner.
import type { Named } from './access.ts'
import type { Call } from './call.ts'

export interface Invitation {
  id: string
  number: string
  customer: Named
  partner: Named & { emailDomain: string | null }
  state: 'waiting' | 'accepted' | 'declined' | 'withdrawn' | 'lapsed'
  roles: { code: string; name: string; says: string }[]
  /** The last day of what it gives. */
  endsOn: string
  sentAt: string
  /** null: a partner is told which customer, and not who there. */
  sentBy: string | null
  lapsesOn: string
  answered: { at: string; byName: string | null; reason: string | null } | null
  abilities: { withdraw: boolean; answer: boolean }
}

export interface Invitations {
  items: Invitation[]
  /** Of a partner: the ID by which customers invite it. */
  partnerId: string | null
  links: { id: string; madeBy: string | null; madeAt: string; expiresAt: string }[]
}

/** A partner by its ID, or by the token of a link that it made. */
export type NewInvitation = ({ partnerId: string } | { token: string }) & { roles: string[]; endsOn?: string; understood?: boolean }

export function invitationCalls(call: Call) {
  const at = (id: string, answer = '') => `/api/v1/invitations/${encodeURIComponent(id)}${answer}`
  return {
    list: () => call.get<Invitations>('/api/v1/invitations'),
    read: (id: string) => call.get<Invitation>(at(id)),
    /** Refused by the field `understood` until that is true; the sentence names the partner. */
    send: (invitation: NewInvitation) => call.send<Invitation>('POST', '/api/v1/invitations', invitation),
    withdraw: (id: string) => call.send<Invitation>('POST', at(id, '/withdrawal'), {}),
    accept: (id: string) => call.send<Invitation>('POST', at(id, '/acceptance'), {}),
    decline: (id: string, reason?: string) => call.send<Invitation>('POST', at(id, '/decline'), reason ? { reason } : {}),
    /** The address is shown once. */
    makeLink: () => call.send<{ id: string; url: string; expiresAt: string }>('POST', '/api/v1/invitation-links', {}),
    endLink: (id: string) => call.send<void>('DELETE', `/api/v1/invitation-links/${encodeURIComponent(id)}`),
    lookAtLink: (token: string) =>
      call.send<{ partner: { name: string; emailDomain: string | null }; expiresAt: string }>('POST', '/api/v1/invitation-links/look', {
        token,
      }),
    /** Ends everything that a partner has which one's company chose itself. */
    endWork: (partnerId: string, reason?: string) =>
      call.send<{ partner: Named; ended: number }>(
        'POST',
        `/api/v1/partners/${encodeURIComponent(partnerId)}/revocation`,
        reason ? { reason } : {},
      ),
  }
}
