// Colleagues whom a partner's administrator lets in, what the customer says to it, and the linking of partners and customers.
import type { AccessGiven, Named, PersonName, ScopeChoice } from './access.ts'
import type { Call } from './call.ts'

export type ColleagueChoice = 'forbid' | 'tell' | 'ask'

export interface AccountLink {
  /** null: nobody has asked for it yet. */
  id: string | null
  customer: Named
  partner: Named
  state: 'available' | 'asked' | 'linked' | 'denied'
  askedBy: { name: string; email: string } | null
  askedAt: string | null
  answeredAt: string | null
  abilities: { ask: boolean; answer: boolean }
}

export interface ColleagueRow {
  person: PersonName
  isMe: boolean
  /** null: not for the reader to know. */
  hasAccess: boolean | null
  /** What was given by name. */
  access: (AccessGiven & { grantId: string; endsOn: string }) | null
  /** What they have by these groups, or like everyone there. */
  otherwise: { gives: string; groups: string[] } | null
  waiting: { requestId: string; number: string } | null
  action: 'none' | 'request' | 'wait' | 'add' | 'edit'
}

export interface ColleaguesAt {
  customer: Named
  link: AccountLink
  choice: ColleagueChoice
  /** What I can pass on, and until when at most; null: I let nobody in. */
  letIn: { codes: string[]; lastDay: string | null } | null
  rows: ColleagueRow[]
}

export interface LettingIn {
  personId: string
  level?: string | null
  rights?: string[]
  scope?: ScopeChoice
  /** The last day, YYYY-MM-DD, in the customer's time zone. */
  endsOn: string
  reason: string
}

export function colleagueCalls(call: Call) {
  const at = (customerId: string, rest = '') => `/api/v1/customers/${encodeURIComponent(customerId)}/colleagues${rest}`
  return {
    at: (customerId: string) => call.get<ColleaguesAt>(at(customerId)),
    /** given: it counts now; asked: the customer chose to be asked. */
    letIn: (customerId: string, colleague: LettingIn) =>
      call.send<{ outcome: 'given' | 'asked'; grantId?: string; requestId?: string }>('POST', at(customerId), colleague),
    takeOut: (customerId: string, personId: string, reason?: string) =>
      call.send<{ left: string[] }>('POST', at(customerId, `/${encodeURIComponent(personId)}/removal`), reason ? { reason } : {}),
    choice: () => call.get<{ choice: ColleagueChoice; chosen: boolean }>('/api/v1/colleague-choice'),
    choose: (choice: ColleagueChoice) =>
      call.send<{ choice: ColleagueChoice; chosen: boolean }>('PUT', '/api/v1/colleague-choice', { choice }),
  }
}

export function linkCalls(call: Call) {
  const at = (id: string, answer: string) => `/api/v1/links/${encodeURIComponent(id)}/${answer}`
  return {
    list: () => call.get<{ items: AccountLink[] }>('/api/v1/links'),
    ask: (customerId: string) => call.send<AccountLink>('POST', '/api/v1/links', { customerId }),
    approve: (id: string) => call.send<AccountLink>('POST', at(id, 'approval'), {}),
    decline: (id: string) => call.send<AccountLink>('POST', at(id, 'denial'), {}),
  }
}
