// The law of a portal: a portal definition compiled. Pure data; every question is answered by reading it.
import type { Period } from '../kernel/instant.ts'
import type { RowExpression } from '../rows/expression.ts'

/** What is done to what: 'service_request:reply', 'access:give', 'access_request:answer'. */
export type Action = `${string}:${string}`
/** The role in which every API key asks. A key reads no pages; what it learns is bounded by whose key it is. */
export const keyRole = 'api_key'
/** Actions that need no word in a definition: keys ask for decisions, people look after their own sign-in and profile. */
export const askAction = 'decision:ask' satisfies Action
export const ownAction = 'self:manage' satisfies Action

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
}

export interface LevelLaw {
  readonly code: string
  readonly name: string
  /** One line that says it to the customer. */
  readonly says: string
  readonly aliases: readonly string[]
  /** Place on the ladder, from 0; a higher level includes the lower ones. */
  readonly rank: number
  /** What the level allows, on which rows (of a customer that the level was given for). */
  readonly may: ReadonlyMap<Action, RowExpression>
  readonly notices: readonly string[]
}

export interface HomeRoleLaw {
  readonly role: string
  readonly side: Side
  /** What the role allows in one's own organization, on which rows. */
  readonly may: ReadonlyMap<Action, RowExpression>
}

export type Grantee = 'organization' | 'person' | 'vendor_person'

export interface Law {
  readonly portal: string
  /** Version in the database; 0 while it is stored nowhere. */
  readonly version: number
  readonly source: string
  readonly names: { readonly vendor: string; readonly customer: string; readonly partner: string }
  readonly kinds: ReadonlyMap<string, KindLaw>
  readonly homeRoles: ReadonlyMap<string, HomeRoleLaw>
  /** Lowest first. */
  readonly levels: readonly LevelLaw[]
  /** For every action: on which rows, by which levels and home roles. An action without a rule is refused to everybody. */
  readonly rules: ReadonlyMap<Action, RowExpression>
  readonly grantees: readonly Grantee[]
  /** Which grant decides, most specific first. */
  readonly precedence: readonly ('person' | 'organization')[]
  readonly term: { readonly default: Period; readonly longest: Period }
  readonly requests: { readonly answeredBy: readonly string[]; readonly lapseAfter: Period }
}

/** The level with the code or one of its aliases, or undefined. */
export function levelOf(law: Law, name: string): LevelLaw | undefined {
  return law.levels.find((level) => level.code === name || level.aliases.includes(name))
}

/** Whether a level allows an action on at least some rows. */
export const levelAllows = (law: Law, level: string, action: Action): boolean => levelOf(law, level)?.may.has(action) ?? false

/** Whether a level allows an action on every row of the customer (whatever its state), and not only where the person is named. */
export function levelAllowsOnAll(law: Law, level: string, action: Action): boolean {
  const expression = levelOf(law, level)?.may.get(action)
  return expression !== undefined && (expression.is === 'always' || expression.is === 'state')
}

export const closedStates = (kind: KindLaw): string[] => kind.states.filter((state) => state.closed).map((state) => state.code)
export const openStates = (kind: KindLaw): string[] => kind.states.filter((state) => !state.closed).map((state) => state.code)
