// What a proposed access would change, worked out before it is given: who would have which level, and who gains and loses what (BX-01).
import type { Action, Law } from '../../law/law.ts'
import { levelOf } from '../../law/law.ts'
import { conversationRelations, type Relation } from '../../rows/expression.ts'
import { bareView, holds } from '../../rows/holds.ts'
import { levelName, namesInWords, peopleInWords } from './rules.ts'

export interface Somebody {
  readonly id: string
  readonly name: string
}

/** The levels in force between one customer and one partner. A personal level replaces the one for everyone, also downward (OR-012, OR-014). */
export interface Levels {
  readonly everyone: string | null
  readonly personal: ReadonlyMap<string, string>
}

export const noLevels: Levels = { everyone: null, personal: new Map() }

export const levelFor = (levels: Levels, personId: string): string | null => levels.personal.get(personId) ?? levels.everyone

/** The levels once a proposal holds: what it says counts, what it leaves out stays. */
export function combined(now: Levels, proposed: Levels): Levels {
  return { everyone: proposed.everyone ?? now.everyone, personal: new Map([...now.personal, ...proposed.personal]) }
}

/** The people whose access the proposal itself would be: the named ones, and those who have no personal level where it is for everyone. */
export function reachedBy<P extends Somebody>(proposed: Levels, after: Levels, people: readonly P[]): P[] {
  return people.filter(({ id }) => proposed.personal.has(id) || (proposed.everyone !== null && !after.personal.has(id)))
}

/** Every action that some level allows, record kinds first, in the order of the definition. */
function givenActions(law: Law): Action[] {
  const ofKinds = [...law.kinds.values()].flatMap((kind) => kind.actions.map(({ action }): Action => `${kind.kind}:${action}`))
  const given = new Set(law.levels.flatMap((level) => [...level.may.keys()]))
  return [...ofKinds.filter((action) => given.has(action)), ...[...given].filter((action) => !ofKinds.includes(action))]
}

/** What the levels give besides records, in words that fit "they would gain: …" and stand as a line of their own. */
const ownWords: Readonly<Record<Action, string>> = {
  'account:ask_configuration_change': 'ask for changes of the configuration',
  'account:ask_site_deletion': 'ask for the deletion of the site',
  'account:ask_access_for_others': 'ask for access for others',
  'people:manage': "add, change and remove the customer's people",
}

/** The action as half a sentence: the definition's words for records, ours for the rest. */
export function actionInWords(law: Law, action: Action): string {
  const [kind = '', verb = ''] = action.split(':')
  const words = law.kinds.get(kind)?.actions.find((one) => one.action === verb)?.words ?? ownWords[action]
  return words ?? (verb.includes('_') ? verb.replaceAll('_', ' ') : `${verb} ${kind.replaceAll('_', ' ')}`)
}

/** On which kinds of rows (by state, and by how one is named on them) the level allows the action. */
function extentOf(law: Law, level: string | null, action: Action): Set<string> {
  const expression = level === null ? undefined : levelOf(law, level)?.may.get(action)
  if (!expression) return new Set()
  const states = law.kinds.get(action.split(':')[0] ?? '')?.states.map(({ code }) => code) ?? [null]
  const named: Relation[][] = [[], ...conversationRelations.map((relation) => [relation])]
  const rows = states.flatMap((state) => named.map((on) => ({ ...bareView, gives: [level ?? ''], relations: on, state })))
  return new Set(rows.filter((row) => holds(expression, row)).map((row) => `${row.state} ${row.relations.join()}`))
}

/** The actions that the second level allows where the first does not. */
export function gained(law: Law, from: string | null, to: string | null): Action[] {
  return givenActions(law).filter((action) => {
    const before = extentOf(law, from, action)
    return [...extentOf(law, to, action)].some((row) => !before.has(row))
  })
}

/** Who gains and who loses what, one sentence each; `words` holds these and whoever a level for everyone passes by. */
export interface Changes {
  readonly gain: readonly string[]
  readonly lose: readonly string[]
  readonly words: readonly string[]
}

/** What changes for the people when the levels do. People who change alike stand in one sentence. */
export function changesBetween(law: Law, people: readonly Somebody[], before: Levels, after: Levels): Changes {
  const groups = Map.groupBy(people, ({ id }) => JSON.stringify([levelFor(before, id), levelFor(after, id)]))
  const [gain, lose]: [string[], string[]] = [[], []]
  for (const [key, group] of groups) {
    const [from, to] = JSON.parse(key) as [string | null, string | null]
    const less = gained(law, to, from)
    gain.push(...gainOf(law, group, from, to))
    if (less.length > 0) lose.push(`${whoOf(group)} would lose: ${listed(law, less)}.`)
  }
  return { gain, lose, words: [...gain, ...lose, ...untouched(law, people, before, after)] }
}

function gainOf(law: Law, group: readonly Somebody[], from: string | null, to: string | null): string[] {
  const more = gained(law, from, to)
  if (more.length === 0) return []
  if (from !== null) return [`${whoOf(group)} would gain: ${listed(law, more)}.`]
  return [`${whoOf(group)}, who ${group.length === 1 ? 'sees' : 'see'} nothing now: ${levelName(law, to ?? '')}.`]
}

const whoOf = (group: readonly Somebody[]): string =>
  group.length <= 3 ? namesInWords(group.map(({ name }) => name)) : peopleInWords(group.length)

const listed = (law: Law, actions: readonly Action[]): string => actions.map((action) => actionInWords(law, action)).join('; ')

/** Whether anybody would be able to do anything more; for everyone at a partner, also somebody who joins later. */
export function widens(law: Law, people: readonly Somebody[], before: Levels, after: Levels): boolean {
  return changesBetween(law, people, before, after).gain.length > 0 || gained(law, before.everyone, after.everyone).length > 0
}

/** Those whom a new level for everyone passes by, because they have one of their own. */
function untouched(law: Law, people: readonly Somebody[], before: Levels, after: Levels): string[] {
  if (before.everyone === after.everyone) return []
  const same = people.filter(({ id }) => after.personal.has(id) && levelFor(before, id) === levelFor(after, id))
  const groups = Map.groupBy(same, ({ id }) => levelFor(after, id) as string)
  return [...groups].map(
    ([level, group]) => `${namesInWords(group.map((one) => one.name))}: unchanged (personal level: ${levelName(law, level)}).`,
  )
}

/** Records of one kind that are alike to the law: their state, and which of the reached people are named on them and how. */
export interface RecordGroup {
  readonly kind: string
  readonly state: string
  /** The level of a named person and the relation, for each that stands on the records. */
  readonly named: readonly { readonly level: string; readonly relation: Relation }[]
  readonly records: number
  readonly messages: number
  readonly files: number
}

/** Whether anybody with one of the levels may do the action on the records of a group; the law's own expression decides. */
function anyoneMay(law: Law, levels: readonly string[], action: Action, group: Pick<RecordGroup, 'state' | 'named'>): boolean {
  return levels.some((level) => {
    const expression = levelOf(law, level)?.may.get(action)
    const on = group.named.filter((one) => one.level === level).map((one) => one.relation)
    return expression !== undefined && holds(expression, { ...bareView, gives: [level], relations: on, state: group.state })
  })
}

export interface Counts {
  readonly total: number
  readonly open: number
  readonly closed: number
  readonly messages: number
  readonly files: number
}

/** What the people with these levels could read, counted. */
export function readable(law: Law, levels: readonly string[], groups: readonly RecordGroup[]): Counts {
  const seen = groups.filter((group) => anyoneMay(law, levels, `${group.kind}:read`, group))
  const sum = (some: readonly RecordGroup[], what: 'records' | 'messages' | 'files') =>
    some.reduce((total, group) => total + group[what], 0)
  const isClosed = (group: RecordGroup) => law.kinds.get(group.kind)?.states.find(({ code }) => code === group.state)?.closed ?? false
  const closed = sum(seen.filter(isClosed), 'records')
  const total = sum(seen, 'records')
  return { total, open: total - closed, closed, messages: sum(seen, 'messages'), files: sum(seen, 'files') }
}

export interface PreviewAbility {
  readonly action: Action
  readonly words: string
  readonly yes: boolean
  /** On how many of today's records; null where it is about no existing record. */
  readonly number: number | null
}

/** For every action that a level can give: whether somebody could do it, and on how many records of today. */
export function previewAbilities(law: Law, levels: readonly string[], groups: readonly RecordGroup[]): PreviewAbility[] {
  return givenActions(law).map((action) => {
    const yes = levels.some((level) => levelOf(law, level)?.may.has(action) === true)
    const kind = law.kinds.get(action.split(':')[0] ?? '')
    const counted = kind !== undefined && action !== `${kind.kind}:open`
    const number = groups
      .filter((group) => group.kind === kind?.kind && anyoneMay(law, levels, action, group))
      .reduce((total, group) => total + group.records, 0)
    return { action, words: actionInWords(law, action), yes, number: counted ? number : null }
  })
}
