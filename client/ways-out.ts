// Taking a partner out with a receipt, the named people with access, and the lock of the screen to one customer.
import type { Named, PersonName } from './access.ts'
import type { Call, Query } from './call.ts'

/** The receipt of a removal. */
export interface Removal {
  id: string
  number: string
  customer: Named
  partner: Named
  /** Of one access alone; null: of everything that the partner had. */
  grantId: string | null
  removedAt: string
  removedBy: string | null
  reason: string | null
  ended: { what: string; says: string }[]
  left: string[]
  undoUntil: string
  undone: { at: string; by: string | null; cameBack: string[] } | null
  abilities: { undo: boolean }
}

export interface PersonWithAccess {
  person: PersonName
  partner: Named
  grant: { id: string; number: string }
  gives: string
  through: 'person' | 'group' | 'organization'
  group: string | null
  reason: string | null
  givenBy: string | null
  letInBy: { name: string; hasAccess: boolean } | null
  since: string
  until: string
  state: string
  counts: boolean
  lastUsedAt: string | null
}

export interface Focus {
  customer: Named | null
}

export function removalCalls(call: Call) {
  const of = (partnerId: string) => `/api/v1/partners/${encodeURIComponent(partnerId)}/removal`
  return {
    preview: (partnerId: string) => call.get<{ partner: Named; ends: string[] }>(of(partnerId)),
    removePartner: (partnerId: string, reason?: string) => call.send<Removal>('POST', of(partnerId), reason ? { reason } : {}),
    list: (query: { grant?: string; partner?: string }) => call.get<{ items: Removal[] }>('/api/v1/removals', query),
    read: (id: string) => call.get<Removal>(`/api/v1/removals/${encodeURIComponent(id)}`),
    undo: (id: string) => call.send<Removal>('POST', `/api/v1/removals/${encodeURIComponent(id)}/undoing`, {}),
    peopleWithAccess: (query: Query) => call.get<{ items: PersonWithAccess[] }>('/api/v1/people-with-access', query),
  }
}

export function focusCalls(call: Call) {
  return {
    read: () => call.get<Focus>('/api/v1/me/focus'),
    set: (customerId: string) => call.send<Focus>('PUT', '/api/v1/me/focus', { customerId }),
    end: () => call.send<Focus>('DELETE', '/api/v1/me/focus'),
  }
}
