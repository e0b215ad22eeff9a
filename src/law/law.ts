// The law of a portal: a portal definition compiled. Pure data; every question is answered by reading it.
import type { Period } from '../kernel/instant.ts'
import type { Relation, RowExpression, Scope } from '../rows/expression.ts'

/** What is done to what: 'service_request:reply', 'access:give', 'access_request:answer'. */
export type Action = `${string}:${string}`
/** The role in which every API key asks. A key reads no pages; what it learns is bounded by whose key it is. */
export const keyRole = 'api_key'
/** Actions that need no word in a definition: keys ask for decisions, people look after their own sign-in and profile. */
export const askAction = 'decision:ask' satisfies Action
export const ownAction = 'self:manage' satisfies Action
/** Letting in a colleague: asked of the customer. It takes a role at one's partner, what the customer gave, and the customer's choice. */
export const letInAction = 'colleague:let_in' satisfies Action

/** Whoever may one of these in a partner administers it there, and so sees what its people have and ask for by name (OR-008, OR-064). */
export const administering = ['access_request:ask_for_organization', 'group:fill', 'access:relinquish'] as const satisfies readonly Action[]

/** Whether the action only sees: all that is done while somebody looks through another's eyes. */
export const isReading = (action: Action): boolean => action.endsWith(':read') || action.startsWith('page:')

export type Side = 'customer' | 'partner' | 'vendor'

export interface StateLaw {
  readonly code: string
  readonly name: string
  readonly closed: boolean
}

export interface KindLaw {
  readonly kind: string
  readonly names: { readonly one: string; readonly many: string; readonly number: string }
  readonly states: readonly StateLaw[]
  /** The state in which a new record starts. */
  readonly opensAs: string
  /** The state that closing leads to, and the one that reopening leads to. */
  readonly closesAs: string
  readonly reopensAs: string
  /** Action names and their words, in the order of the definition. */
  readonly actions: readonly { readonly action: string; readonly words: string }[]
  /** How people and partners are named on a record of this kind. */
  readonly people: readonly Relation[]
  readonly partners: readonly string[]
  /** The kinds that a record of this kind can be part of, and the kind of the one record that it can refer to. */
  readonly parents: readonly string[]
  readonly refersTo: string | null
  readonly fields: ReadonlyMap<string, FieldType>
  /** Invoices, balances, payments: never given by a relation. */
  readonly money: boolean
}

export type FieldType = 'text' | 'number' | 'boolean' | 'list'

/** Something that a grant gives: a level of the ladder, a role, or a right. */
export interface AllowanceLaw {
  readonly code: string
  readonly name: string
  /** One line that says it to the customer. */
  readonly says: string
  readonly aliases: readonly string[]
  /** What it allows, on which rows (of a customer that it was given for). */
  readonly may: ReadonlyMap<Action, RowExpression>
  readonly notices: readonly string[]
  /** Whether it may be held at named sites or for named records only; elsewhere such a grant does not give it. */
  readonly scopes: readonly Scope[]
}

export interface LevelLaw extends AllowanceLaw {
  /** Place on the ladder, from 0; a higher level includes the lower ones. */
  readonly rank: number
}

export interface HomeRoleLaw {
  readonly role: string
  readonly side: Side
  /** What the role allows in one's own organization, on which rows. */
  readonly may: ReadonlyMap<Action, RowExpression>
  readonly notices: readonly string[]
  /** Whether it may be held at single sites. */
  readonly scopes: readonly Scope[]
  /** Who has its duties while nobody has the role; left out: nobody. */
  readonly fallsBackTo?: string
}

export type Grantee = 'organization' | 'group' | 'person' | 'vendor_person'
export type Precedence = 'person' | 'group' | 'organization'
/** How access is given: one level, any of some roles, or an Administrator and rights. */
export type Shape = 'ladder' | 'roles' | 'rights'

/** A sort of notice about a customer. Who gets it is the action `notice:<code>`, who cannot decline it `notice_kept:<code>`, both asked of the customer. */
export interface NoticeLaw {
  readonly code: string
  readonly name: string
  /** One line that says what it tells. */
  readonly says: string
  /** The kind whose opening it tells of, to whoever chose it; null: the vendor writes it, and it comes by itself. */
  readonly whenOpened: string | null
}

/** What a customer says to colleagues whom a partner's administrator lets in: not allowed, tell me, ask me (BX-15). */
export type ColleagueChoice = 'forbid' | 'tell' | 'ask'

export interface PageLaw {
  readonly page: string
  readonly name: string
  /** The kind of its records, or null where it lists none. */
  readonly shows: string | null
}

/** A type of user: of a partner, or `customers`. */
export interface NamedLaw {
  readonly code: string
  readonly name: string
}

/** The type of the people of a customer. */
export const customersType = 'customers'

/** Something that whoever may asks in the account's name, so that it counts as the word of a role there. */
export interface AccountAskLaw {
  readonly code: string
  readonly name: string
  /** What it is; of what is reserved, what to do instead. */
  readonly says: string
  /** Asked of the customer; null: reserved, so that it is refused to everybody. */
  readonly action: Action | null
  /** Whether it names somebody. */
  readonly forPerson: boolean
}

export interface Law {
  readonly portal: string
  /** Version in the database; 0 while it is stored nowhere. */
  readonly version: number
  readonly source: string
  readonly names: {
    readonly vendor: string
    readonly customer: string
    readonly partner: string
    /** What the page of a partner's roles is called, and the words that lead to it. */
    readonly partner_roles?: { readonly title: string; readonly at: readonly string[] } | undefined
  }
  readonly kinds: ReadonlyMap<string, KindLaw>
  readonly homeRoles: ReadonlyMap<string, HomeRoleLaw>
  readonly shape: Shape
  /** Lowest first; of the shape `rights`, the Administrator alone. */
  readonly levels: readonly LevelLaw[]
  /** What is given beside a level, or instead of one: roles or rights, any of them. */
  readonly rights: readonly AllowanceLaw[]
  readonly partnerTypes: readonly NamedLaw[]
  readonly switches: readonly NamedLaw[]
  /** Asking for a page is the action `page:<name>`; its rule says which records stand on it. */
  readonly pages: ReadonlyMap<string, PageLaw>
  /** For every action: on which rows, by which levels and home roles. An action without a rule is refused to everybody. */
  readonly rules: ReadonlyMap<Action, RowExpression>
  readonly grantees: readonly Grantee[]
  /** Which grant decides, most specific first. */
  readonly precedence: readonly Precedence[]
  readonly term: { readonly default: Period; readonly longest: Period }
  /** What holds where a customer has not chosen whether partners' administrators may let in colleagues; null: the portal does not know it. */
  readonly colleagues: ColleagueChoice | null
  readonly notices: ReadonlyMap<string, NoticeLaw>
  readonly requests: {
    readonly answeredBy: readonly string[]
    readonly lapseAfter: Period
    /** Levels, roles and rights that take two people to approve. */
    readonly secondFor: readonly string[]
  }
  /** How long an invitation, or a link for one, waits; null: customers invite nobody. */
  readonly invitations: { readonly lapseAfter: Period } | null
  /** What is asked in the account's name: as which kind of record, and as the word of which role it counts; null: nothing is. */
  readonly accountRequests: { readonly opens: string; readonly countsAs: string; readonly asks: readonly AccountAskLaw[] } | null
}

/** The level with the code or one of its aliases, or undefined. */
export function levelOf(law: Law, name: string): LevelLaw | undefined {
  return law.levels.find((level) => level.code === name || level.aliases.includes(name))
}

/** Levels and rights: everything that a grant can give. */
export const allowancesOf = (law: Law): readonly AllowanceLaw[] => [...law.levels, ...law.rights]

/** Whether a level allows an action on at least some rows. */
export const levelAllows = (law: Law, level: string, action: Action): boolean => levelOf(law, level)?.may.has(action) ?? false

/** Whether a level allows an action on every row of the customer (whatever its state), and not only where the person is named. */
export function levelAllowsOnAll(law: Law, level: string, action: Action): boolean {
  const expression = levelOf(law, level)?.may.get(action)
  return expression !== undefined && (expression.is === 'always' || expression.is === 'state')
}

export const closedStates = (kind: KindLaw): string[] => kind.states.filter((state) => state.closed).map((state) => state.code)
export const openStates = (kind: KindLaw): string[] => kind.states.filter((state) => !state.closed).map((state) => state.code)
