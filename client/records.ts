// Records of a kind, service requests first: lists, one record with its conversation and contacts, and what may be done to it.
import type { Named } from './access.ts'
import type { Call } from './call.ts'

export interface RecordRow {
  id: string
  number: string
  title: string
  state: string
  /** Null: of no customer. */
  customer: Named | null
  pointOfContact: { name: string; organization: string; outside: boolean } | null
  /** The P mark: a partner works on it. */
  partnerManaged: boolean
  part: 'point_of_contact' | 'additional_contact' | 'requester' | 'can_see'
  createdAt: string
  updatedAt: string
}

export interface RecordPage {
  items: RecordRow[]
  next: string | null
  total: number
}

export interface RecordFilter {
  customer?: string
  /** `open`, `closed` or one state of the portal definition. */
  state?: string
  part?: 'mine' | 'all'
  q?: string
  after?: string
  limit?: number
}

export interface RecordFile extends Named {
  size: number
  mediaType: string
  createdAt: string
  by: string
}

export interface Message {
  id: string
  author: { name: string; organization: string; for: string | null; outside: boolean }
  body: string
  createdAt: string
  files: RecordFile[]
}

export interface RecordEvent {
  id: string
  at: string
  what: string
  by: string | null
  words: string
}

export interface Contact {
  personId: string
  name: string
  organization: string
  relation: 'point_of_contact' | 'additional_contact' | 'requester'
  outside: boolean
  level: string | null
  until: string | null
  accessEnded: boolean
}

export interface OneRecord extends RecordRow {
  customer: Named
  description: string | null
  attributes: Record<string, unknown>
  /** Where it was asked in the name of the customer's account. */
  accountRequest: {
    name: string
    countsAs: string
    by: string
    organization: string
    person: { name: string; email: string } | null
  } | null
  messages: Message[]
  events: RecordEvent[]
  contacts: Contact[]
  replyGoesTo: { name: string; organization: string; outside: boolean }[]
  files: RecordFile[]
  abilities: Record<string, boolean>
}

export interface ContactChoice {
  personId: string
  name: string
  organization: string
  mayBePointOfContact: boolean
  why: string | null
}

export function recordCalls(call: Call) {
  const of = (kind: string, id = '', part = '') => `/api/v1/records/${encodeURIComponent(kind)}${id && `/${encodeURIComponent(id)}`}${part}`
  return {
    list: (kind: string, filter: RecordFilter = {}) => call.get<RecordPage>(of(kind), { ...filter }),
    count: (kind: string, filter: RecordFilter = {}) => call.get<{ total: number }>(`${of(kind)}/count`, { ...filter }),
    customers: (kind: string, action: 'read' | 'open') =>
      call.get<{ items: (Named & { own: boolean })[] }>('/api/v1/records/customers', { kind, action }),
    read: (kind: string, id: string) => call.get<OneRecord>(of(kind, id)),
    open: (kind: string, record: { customerId: string; title: string; description: string; pointOfContactId?: string }) =>
      call.send<{ id: string; number: string }>('POST', of(kind), record),
    update: (kind: string, id: string, change: { title?: string; state?: string; attributes?: Record<string, unknown> }) =>
      call.send<void>('PATCH', of(kind, id), change),
    reply: (kind: string, id: string, body: string) => call.send<Message>('POST', of(kind, id, '/messages'), { body }),
    close: (kind: string, id: string, body?: string) => call.send<void>('POST', of(kind, id, '/closure'), body ? { body } : {}),
    reopen: (kind: string, id: string) => call.send<void>('POST', of(kind, id, '/reopening'), {}),
    contactChoices: (kind: string, id: string) =>
      call.get<{ own: ContactChoice[]; partners: ContactChoice[] }>(of(kind, id, '/contact-choices')),
    /** Who could be point of contact of a record that is about to be opened. */
    contactChoicesToOpen: (kind: string, customerId: string) =>
      call.get<{ own: ContactChoice[]; partners: ContactChoice[] }>(
        `/api/v1/records/customers/${encodeURIComponent(customerId)}/contact-choices`,
        {
          kind,
        },
      ),
    addContact: (kind: string, id: string, personId: string) => call.send<void>('POST', of(kind, id, '/contacts'), { personId }),
    removeContact: (kind: string, id: string, personId: string) =>
      call.send<void>('DELETE', of(kind, id, `/contacts/${encodeURIComponent(personId)}`)),
    setPointOfContact: (kind: string, id: string, personId: string) =>
      call.send<void>('PUT', of(kind, id, '/point-of-contact'), { personId }),
    attach: (kind: string, id: string, file: Blob, name: string) => {
      const form = new FormData()
      form.append('file', file, name)
      return call.send<RecordFile>('POST', of(kind, id, '/files'), form)
    },
    fileAddress: (kind: string, id: string, fileId: string) => of(kind, id, `/files/${encodeURIComponent(fileId)}`),
  }
}
