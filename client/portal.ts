// The portal itself: its names and levels, letters, history, questions with their reasons, and import and export.
import type { Call } from './call.ts'
import type { Side } from './sign-in.ts'

export interface Level {
  code: string
  name: string
  says: string
  can: string[]
  cannot: string[]
  rank: number
  /** Mails for the whole account that come with it. */
  notices: string[]
  /** How narrowly it may be given, beside the whole customer. */
  scopes: NarrowScope[]
}

/** A role, or a right with a switch of its own. */
export interface Right {
  code: string
  name: string
  says: string
  can: string[]
  notices: string[]
  scopes: NarrowScope[]
}

export type NarrowScope = 'sites' | 'records'
export type Grantee = 'organization' | 'group' | 'person' | 'vendor_person'

export interface KindWords {
  one: string
  many: string
  states: Record<string, { name: string; closed?: boolean }>
  money: boolean
  /** What can be done to it, and its words. */
  actions: Record<string, string>
}

export interface Portal {
  names: { vendor: string; customer: string; partner: string }
  /** By kind, in the order of the definition. */
  records: Record<string, KindWords>
  levels: Level[]
  rights: Right[]
  giving: {
    shape: 'ladder' | 'roles' | 'rights'
    grantees: Grantee[]
    /** What the page of a partner's roles is called, and the words that lead to it. */
    rolesPage: { title: string; at: string[] } | null
    /** Whether partners' administrators may let in colleagues, where a customer allows it. */
    colleagues: boolean
  }
  term: { default: string; longest: string }
  lapseAfter: string
  mail: 'sent' | 'held'
  demo: boolean
  demoPeople?: { email: string; name: string; organization: string; side: Side; roles: string[] }[]
}

export interface Letter {
  id: string
  to: string
  subject: string
  letter: string
  state: 'waiting' | 'gathered' | 'digested' | 'sent' | 'held' | 'dropped' | 'dead'
  createdAt: string
  attempts: number
  lastError: string | null
}

export interface OneLetter extends Letter {
  text: string
  html: string
}

export interface HistoryEntry {
  id: string
  at: string
  sentence: string
  /** What was and what is, in words; null where nothing took the place of something. */
  before: string | null
  after: string | null
  reason: string | null
  for: string | null
  /** By which access it was allowed. */
  grant: { id: string; number: string } | null
}

export interface Question {
  /** A person's id, or external id. */
  person: string
  /** A verb of the record's kind, such as `reply`. */
  action: string
  record: { kind: string; id?: string; externalId?: string }
  /** As of then; now where it is left out. */
  at?: string
}

export interface Explanation {
  decision: boolean
  at: string
  until: string | null
  sentences: { text: string; about?: { kind: string; id: string } }[]
  /** The lowest level that would allow it. */
  nearest: { level: string; name: string } | null
  grant: { id: string; number: string; level: string } | null
}

/** An OpenID AuthZEN 1.0 evaluation. */
export interface Evaluation {
  subject: { type: string; id: string; properties?: Record<string, unknown> }
  action: { name: string; properties?: Record<string, unknown> }
  resource: { type: string; id: string; properties?: Record<string, unknown> }
  context?: Record<string, unknown>
}

export interface EvaluationAnswer {
  decision: boolean
  context?: Record<string, unknown>
}

/** Many evaluations at once: each takes what it lacks from the request, whole. */
export interface Evaluations extends Partial<Evaluation> {
  evaluations: Partial<Evaluation>[]
  options?: { evaluations_semantic?: 'execute_all' | 'deny_on_first_deny' | 'permit_on_first_permit' }
}

/** An OpenID AuthZEN 1.0 search. What is searched for has a type alone; an action search has no action. */
export interface Search {
  subject: { type: string; id?: string; properties?: Record<string, unknown> }
  action?: { name: string; properties?: Record<string, unknown> }
  resource: { type: string; id?: string; properties?: Record<string, unknown> }
  context?: Record<string, unknown>
  /** `token` is the `next_token` of the page before; a limit beside it must be the same one. */
  page?: { limit?: number; token?: string }
}

export interface Found<Result> {
  /** `next_token` is empty on the last page. */
  page: { next_token: string; count: number }
  results: Result[]
}

export interface ImportOptions {
  dryRun: boolean
  trustGrants: boolean
  asOf?: string
}

export function portalCalls(call: Call) {
  return {
    read: () => call.get<Portal>('/api/v1/portal'),
    letters: (query: { after?: string; limit?: number } = {}) =>
      call.get<{ mail: 'held' | 'sent'; items: Letter[]; next: string | null }>('/api/v1/letters', query),
    letter: (id: string) => call.get<OneLetter>(`/api/v1/letters/${encodeURIComponent(id)}`),
    history: (query: HistoryFilter & { after?: string; limit?: number } = {}) =>
      call.get<{ items: HistoryEntry[]; next: string | null }>('/api/v1/history', query),
  }
}

export type HistoryFilter = {
  customer?: string
  partner?: string
  person?: string
  from?: string
  to?: string
  /** Things and deeds, with commas: `grant,access_request.asked`. */
  what?: string
}

export interface FoundBy {
  sentences: Explanation['sentences']
  grant: { id: string; number: string } | null
  until: string | null
}

export interface FoundPerson extends FoundBy {
  person: { id: string; name: string; organization: string }
  /** Of another firm than the record. */
  outside: boolean
}

export interface FoundRecord extends FoundBy {
  record: { id: string; kind: string; number: string; title: string }
  customer: { id: string; name: string } | null
}

export interface FoundPage<T> {
  items: T[]
  at: string
  next: string | null
}

export function questionCalls(call: Call) {
  return {
    /** Who can do that to the record, and why. */
    people: (question: { action: string; record: Question['record']; at?: string; after?: string; limit?: number }) =>
      call.send<FoundPage<FoundPerson>>('POST', '/api/v1/explanations/people', question),
    /** To which records of a kind they can do that, and why. */
    records: (question: { person: string; action: string; kind: string; at?: string; after?: string; limit?: number }) =>
      call.send<FoundPage<FoundRecord>>('POST', '/api/v1/explanations/records', question),
    explain: (question: Question) => call.send<Explanation>('POST', '/api/v1/explanations', question),
    evaluate: (question: Evaluation) => call.send<EvaluationAnswer>('POST', '/access/v1/evaluation', question),
    evaluateMany: (questions: Evaluations) => call.send<{ evaluations: EvaluationAnswer[] }>('POST', '/access/v1/evaluations', questions),
    /** Which users can do the action to the resource. */
    searchSubjects: (search: Search) => call.send<Found<{ type: string; id: string }>>('POST', '/access/v1/search/subject', search),
    /** To which resources the user can do the action. */
    searchResources: (search: Search) => call.send<Found<{ type: string; id: string }>>('POST', '/access/v1/search/resource', search),
    /** What the user can do to the resource. */
    searchActions: (search: Search) => call.send<Found<{ name: string }>>('POST', '/access/v1/search/action', search),
  }
}

export function importCalls(call: Call) {
  return {
    /** Yields progress; the last line is the result. */
    run: (options: ImportOptions, file: { content: Blob; name: string }, mapping?: { content: Blob; name: string }) => {
      const form = new FormData()
      form.append('options', JSON.stringify(options))
      if (mapping) form.append('mapping', mapping.content, mapping.name)
      form.append('file', file.content, file.name)
      return call.lines<Record<string, unknown>>('POST', '/api/v1/imports', form)
    },
    list: () => call.get<{ items: Record<string, unknown>[] }>('/api/v1/imports'),
    undo: (id: string) => call.send<Record<string, unknown>>('POST', `/api/v1/imports/${encodeURIComponent(id)}/undo`, {}),
    exportWorld: () => call.lines<Record<string, unknown>>('GET', '/api/v1/export'),
  }
}
