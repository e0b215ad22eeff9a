// What is asked for: requests of partners for access, and the answers to them.
import type { AccessGiven, AccessScope, Named, PersonName, Preview, ScopeChoice, Warning } from './access.ts'
import type { Call } from './call.ts'
import type { ProblemBody } from './problem.ts'

export interface AccessRequestItem {
  id: string
  person: PersonName | null
  level: string | null
  rights: string[]
  scope: AccessScope
  /** What is asked for, in words. */
  asks: string
  has: (AccessGiven & { endsOn: string }) | null
  /** What of that it would change, field by field. */
  differences: { field: 'may' | 'covers' | 'until'; now: string; asked: string }[]
  grantedLevel: string | null
  grantedRights: string[]
  /** What was given, in words. */
  given: string | null
}

export interface AccessRequest {
  id: string
  number: string
  state: 'waiting' | 'approved' | 'denied' | 'withdrawn' | 'lapsed'
  partner: Named & { emailDomain: string | null; peopleCount: number; firstTime: boolean }
  askedBy: PersonName & { domainMatches: boolean }
  /** null to the asker until somebody answered. */
  customer: Named | null
  addressedTo: string
  items: AccessRequestItem[]
  endsOn: string
  reason: string
  askedAt: string
  lapsesOn: string
  answered: { at: string; by: Named | null; reason: string | null } | null
  /** For the customer: one of two has approved this, and a second person must approve the same. */
  firstApproval: { by: Named; at: string; gives: string[]; endsOn: string } | null
  preview: Preview | null
  warnings: Warning[]
  abilities: Record<string, boolean>
}

export interface Approval {
  endsOn?: string
  /** null leaves that one out. */
  items?: { id: string; level?: string | null; rights?: string[]; scope?: ScopeChoice | null }[]
  understood?: boolean
}

export interface NewAccessRequest {
  /** The address of whoever may answer; or else a customer that my firm is linked to. */
  contactManagerEmail?: string
  customerId?: string
  /** A scope is for a customer that is named by its id alone. */
  items: { personId: string | null; level?: string | null; rights?: string[]; scope?: ScopeChoice }[]
  endsOn: string
  reason: string
}

export interface OperatorsRequest {
  id: string
  number: string
  state: string
  partner: Named
  askedBy: string
  addressedTo: string
  customer: Named | null
  asks: string[]
  endsOn: string
  askedAt: string
  lapsesAt: string
}

export function accessRequestCalls(call: Call) {
  const at = (id: string, answer = '') => `/api/v1/access-requests/${encodeURIComponent(id)}${answer}`
  return {
    list: (side: 'asked' | 'received', state: 'waiting' | 'answered' | 'lapsed' | 'all') =>
      call.get<{ items: AccessRequest[] }>('/api/v1/access-requests', { side, state }),
    read: (id: string) => call.get<AccessRequest>(at(id)),
    /** The sites of a customer that I can name when I ask it. */
    sites: (customer: string) => call.get<{ items: { siteNo: number; name: string }[] }>('/api/v1/access-requests/sites', { customer }),
    /** The answer does not say whether the address is known. */
    ask: (request: NewAccessRequest) =>
      call.send<{ id: string; number: string; sentence: string }>('POST', '/api/v1/access-requests', request),
    /** One result for each, in their order; one that fails does not stop the rest. */
    askMany: (requests: NewAccessRequest[]) =>
      call.send<{ items: { asked: { id: string; number: string; sentence: string } | null; problem: ProblemBody | null }[] }>(
        'POST',
        '/api/v1/access-requests/many',
        { requests },
      ),
    approve: (id: string, approval: Approval) => call.send<AccessRequest>('POST', at(id, '/approval'), approval),
    decline: (id: string, reason?: string) => call.send<AccessRequest>('POST', at(id, '/denial'), reason ? { reason } : {}),
    withdraw: (id: string) => call.send<AccessRequest>('POST', at(id, '/withdrawal'), {}),
    /** Of the whole portal, for the operator. */
    all: (query: { customer?: string; partner?: string; state?: string }) =>
      call.get<{ items: OperatorsRequest[] }>('/api/v1/portal/access-requests', query),
  }
}
