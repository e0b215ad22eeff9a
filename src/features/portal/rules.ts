// A portal's words for the pages: names, kinds, levels with what they can and cannot, terms. All of it from the definition.
import { homeAbilities } from '../../law/abilities.ts'
import { wordsOf } from '../../law/explain.ts'
import { type Action, type Law, type LevelLaw, levelAllowsOnAll } from '../../law/law.ts'

export interface LevelWords {
  readonly code: string
  readonly name: string
  readonly says: string
  readonly rank: number
  readonly can: string[]
  readonly cannot: string[]
  /** Support mail for the whole account comes with it. */
  readonly notices: string[]
}

/** The levels, lowest first, each with what it can do and what only higher ones can. */
export function levelWords(law: Law): LevelWords[] {
  const known = [...new Set(law.levels.flatMap((level) => [...level.may.keys()]))]
  return law.levels.map((level) => ({
    code: level.code,
    name: level.name,
    says: level.says,
    rank: level.rank,
    can: known.filter((action) => level.may.has(action)).map((action) => canWords(law, level, action)),
    cannot: known.filter((action) => !level.may.has(action)).map((action) => wordsOf(law, action)),
    notices: [...level.notices],
  }))
}

function canWords(law: Law, level: LevelLaw, action: Action): string {
  const words = wordsOf(law, action)
  const onAll = levelAllowsOnAll(law, level.code, action)
  return onAll ? words : `${words}, where they are named on it`
}

export interface KindWords {
  readonly one: string
  readonly many: string
  readonly states: Record<string, { name: string; closed: boolean }>
}

export function kindWords(law: Law): Record<string, KindWords> {
  return Object.fromEntries(
    [...law.kinds.values()].map(({ kind, names, states }) => [
      kind,
      { one: names.one, many: names.many, states: Object.fromEntries(states.map(({ code, name, closed }) => [code, { name, closed }])) },
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
