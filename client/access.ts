// Access: partners, what was given to them, and what a choice would mean before it is made.
import type { Call } from './call.ts'
import type { ProblemBody } from './problem.ts'

export interface Named {
  id: string
  name: string
}

export interface PersonName extends Named {
  email: string
}

export interface Partner extends Named {
  emailDomain: string | null
  peopleCount: number
  relationship: boolean
  /** The partner of record: a label, which gives nothing. */
  ofRecord: boolean
}

export interface PartnerPerson extends PersonName {
  roles: string[]
}

/** unconfirmed: imported, waits for the customer; suspended: the vendor suspends the partner; expired: its day came. */
export type GrantState = 'active' | 'ending' | 'later' | 'unconfirmed' | 'suspended' | 'expired' | 'removed' | 'relinquished' | 'replaced'

export type AccessScope =
  | { kind: 'all' }
  | { kind: 'sites'; sites: { siteNo: number; name: string }[] }
  | { kind: 'records'; records: { kind: string; id: string; number: string }[] }

/** What an access gives. */
export interface AccessGiven {
  /** null: roles or rights alone. */
  level: string | null
  rights: string[]
  scope: AccessScope
  /** All of it in words. */
  gives: string
}

/** Sites by their number or id, or records; left out: the whole customer. */
export type ScopeChoice = { sites: (number | string)[] } | { records: { kind: string; id: string }[] }

export interface Grant extends AccessGiven {
  id: string
  number: string
  customer: Named & { timeZone: string }
  partner: Named & { peopleCount: number }
  /** null: everyone at the partner. */
  person: PersonName | null
  /** With no person and no group: everyone at the partner. */
  group: Named | null
  endsOn: string
  from: string
  until: string
  state: GrantState
  /** Why this one does not count for somebody although it is in force. */
  usedInstead: string | null
  reason: string | null
  givenBy: Named | null
  givenAt: string
  requestId: string | null
  ended: { at: string; by: { id: string; name: string } | null; kind: string; reason: string | null } | null
  lastUsedAt: string | null
  abilities: Record<string, boolean>
}

export interface Warning {
  code: string
  title: string
  text: string
  needsTick: boolean
  /** What the tick says, where one is needed. */
  tick: string | null
}

/** What a choice would mean, from the same law that decides later. */
export interface Preview {
  people: { now: number; names: string[] }
  records: { total: number; open: number; closed: number }
  messages: number
  files: number
  /** The records by kind. */
  kinds: { kind: string; one: string; many: string; total: number; open: number }[]
  /** What it covers; at most five names. */
  sites: { total: number; names: string[] }
  /** The pages that it opens. */
  pages: string[]
  abilities: { action: string; words: string; yes: boolean; number: number | null }[]
  changes: { gain: string[]; lose: string[]; words: string[] }
  warnings: Warning[]
  existing: Grant | null
}

export interface AccessChoice {
  partnerId: string
  /** null: everyone at the partner, now and later. */
  personIds: string[] | null
  /** A group of the partner, or `new`: made for this, for its administrators to fill. */
  group?: string
  level?: string | null
  rights?: string[]
  scope?: ScopeChoice
  /** The last day, YYYY-MM-DD, in the customer's time zone. */
  endsOn: string
}

export interface PartnerRoles {
  partner: Named
  roles: {
    code: string
    name: string
    says: string
    enabled: boolean
    grantId: string | null
    endsOn: string | null
    group: (Named & { members: string[] }) | null
    /** Who was in the group that ended last. */
    formerly: string[]
  }[]
}

/** People of a partner that its administrators put together. */
export interface Group extends Named {
  state: 'standing' | 'ended'
  endedAt: string | null
  members: (PersonName & { since: string })[]
  access: { grantId: string; customer: Named; gives: string; until: string }[]
  abilities: { fill: boolean }
}

export function groupCalls(call: Call) {
  const at = (id: string, rest = '') => `/api/v1/groups/${encodeURIComponent(id)}${rest}`
  return {
    list: () => call.get<{ items: Group[] }>('/api/v1/groups'),
    read: (id: string) => call.get<Group>(at(id)),
    /** Who of my firm can be added to it. */
    people: (id: string) => call.get<{ items: PersonName[] }>(at(id, '/people')),
    add: (id: string, personIds: string[]) => call.send<Group>('POST', at(id, '/members'), { personIds }),
    remove: (id: string, personId: string) => call.send<Group>('DELETE', at(id, `/members/${encodeURIComponent(personId)}`)),
  }
}

export function partnerCalls(call: Call) {
  return {
    list: () => call.get<{ items: Partner[] }>('/api/v1/partners'),
    /** The people of my own firm: those for whom I may ask. */
    colleagues: () => call.get<{ items: PartnerPerson[] }>('/api/v1/colleagues'),
    roles: (partnerId: string) => call.get<PartnerRoles>(`/api/v1/partners/${encodeURIComponent(partnerId)}/roles`),
    /** Addresses to tell are separated by commas. */
    setRoles: (partnerId: string, roles: { roles: string[]; notify: string; endsOn?: string; scope?: ScopeChoice; understood?: boolean }) =>
      call.send<PartnerRoles>('PUT', `/api/v1/partners/${encodeURIComponent(partnerId)}/roles`, roles),
    /** The groups of a partner that have, or had, something of mine. */
    groups: (partnerId: string) =>
      call.get<{ items: (Named & { members: string[] })[] }>(`/api/v1/partners/${encodeURIComponent(partnerId)}/groups`),
    /** The sites of my own company. */
    sites: () => call.get<{ items: { siteNo: number; name: string }[] }>('/api/v1/sites'),
    people: (partnerId: string) => call.get<{ items: PartnerPerson[] }>(`/api/v1/partners/${encodeURIComponent(partnerId)}/people`),
  }
}

export function grantCalls(call: Call) {
  const at = (id: string, answer = '') => `/api/v1/grants/${encodeURIComponent(id)}${answer}`
  return {
    list: (side: 'given' | 'received', state: 'active' | 'ending' | 'ended' | 'all') =>
      call.get<{ items: Grant[] }>('/api/v1/grants', { side, state }),
    read: (id: string) => call.get<Grant>(at(id)),
    preview: (choice: AccessChoice, signal?: AbortSignal) => call.send<Preview>('POST', '/api/v1/grants/preview', choice, signal),
    give: (choice: AccessChoice & { reason: string; understood?: boolean }) =>
      call.send<{ items: Grant[] }>('POST', '/api/v1/grants', choice),
    /** A person of the vendor; the answer is the same whoever has the address. */
    giveVendor: (
      given: Omit<AccessChoice, 'partnerId' | 'personIds' | 'group'> & { email: string; reason: string; understood?: boolean },
    ) => call.send<{ sentence: string }>('POST', '/api/v1/grants/vendor-people', given),
    change: (
      id: string,
      change: {
        level?: string | null
        rights?: string[]
        scope?: ScopeChoice | null
        endsOn?: string
        reason?: string
        understood?: boolean
      },
    ) => call.send<Grant>('POST', at(id, '/change'), change),
    /** One result for each, in their order; one that fails does not stop the rest. */
    changeMany: (changes: { id: string; endsOn: string }[]) =>
      call.send<{ items: { grant: Grant | null; problem: ProblemBody | null }[] }>('POST', '/api/v1/grants/changes', { changes }),
    remove: (id: string, reason?: string) =>
      call.send<{ grant: Grant; left: string[]; removal: { id: string; undoUntil: string } }>(
        'POST',
        at(id, '/removal'),
        reason ? { reason } : {},
      ),
    confirm: (id: string) => call.send<Grant>('POST', at(id, '/confirmation'), {}),
    relinquish: (id: string, reason?: string) =>
      call.send<{ grant: Grant; left: string[] }>('POST', at(id, '/relinquishment'), reason ? { reason } : {}),
    /** Of the whole portal, for the operator. */
    all: (query: { customer?: string; partner?: string; state?: string }) => call.get<{ items: Grant[] }>('/api/v1/portal/grants', query),
  }
}
