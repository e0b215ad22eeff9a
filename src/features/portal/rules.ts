// A portal's words for the pages: names, kinds, what can be given with what it allows and what not, to whom, terms. All of it from the definition.
import { homeAbilities } from '../../law/abilities.ts'
import { type Action, type AllowanceLaw, type Law, type LevelLaw, levelAllowsOnAll } from '../../law/law.ts'
import { actionInWords } from '../grants/preview-rules.ts'

export interface LevelWords {
  readonly code: string
  readonly name: string
  readonly says: string
  readonly rank: number
  readonly can: string[]
  readonly cannot: string[]
  /** Support mail for the whole account comes with it. */
  readonly notices: string[]
  /** How narrowly it may be given, beside the whole customer. */
  readonly scopes: string[]
}

/** A role, or a right with a switch of its own. */
export type RightWords = Omit<LevelWords, 'rank' | 'cannot'>

/** The levels, lowest first, each with what it can do and what only higher ones can. */
export function levelWords(law: Law): LevelWords[] {
  const known = [...new Set(law.levels.flatMap((level) => [...level.may.keys()]))]
  return law.levels.map((level) => ({
    code: level.code,
    name: level.name,
    says: level.says,
    rank: level.rank,
    can: known.filter((action) => level.may.has(action)).map((action) => canWords(law, level, action)),
    cannot: known.filter((action) => !level.may.has(action)).map((action) => actionInWords(law, action)),
    notices: [...level.notices],
    scopes: narrowScopes(level),
  }))
}

/** Roles, or the rights beside levels, in the order of the definition. */
export function rightWords(law: Law): RightWords[] {
  return law.rights.map((right) => ({
    code: right.code,
    name: right.name,
    says: right.says,
    can: [...right.may.keys()].map((action) => actionInWords(law, action)),
    notices: [...right.notices],
    scopes: narrowScopes(right),
  }))
}

const narrowScopes = ({ scopes }: AllowanceLaw): string[] => scopes.filter((scope) => scope === 'sites' || scope === 'records')

function canWords(law: Law, level: LevelLaw, action: Action): string {
  const words = actionInWords(law, action)
  const onAll = levelAllowsOnAll(law, level.code, action)
  return onAll ? words : `${words}, where they are named on it`
}

export interface KindWords {
  readonly one: string
  readonly many: string
  readonly states: Record<string, { name: string; closed: boolean }>
  /** Whether it is about money: never given by a relation. */
  readonly money: boolean
  /** What can be done to it: its name and its words. */
  readonly actions: Record<string, string>
}

export function kindWords(law: Law): Record<string, KindWords> {
  return Object.fromEntries(
    [...law.kinds.values()].map(({ kind, names, states, money, actions }) => [
      kind,
      {
        one: names.one,
        many: names.many,
        states: Object.fromEntries(states.map(({ code, name, closed }) => [code, { name, closed }])),
        money,
        actions: Object.fromEntries(actions.map(({ action, words }) => [action, words])),
      },
    ]),
  )
}

export interface DemoPerson {
  readonly email: string
  readonly name: string
  readonly organization: string
  readonly side: string
  readonly roles: string[]
}

/** Two people of each organization, those who may do most first: enough to walk through a demo. */
export function leadingPeople(law: Law, people: readonly DemoPerson[]): DemoPerson[] {
  const many = ({ roles }: DemoPerson) => homeAbilities(law, roles).length
  const organizations = [...new Set(people.map(({ organization }) => organization))]
  return organizations.flatMap((name) =>
    people
      .filter(({ organization }) => organization === name)
      .sort((a, b) => many(b) - many(a))
      .slice(0, 2),
  )
}
