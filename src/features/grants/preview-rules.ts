// What a proposed access would change, worked out before it is given: who would have what, and who gains and loses what (BX-01).
import { type Action, allowancesOf, type Law } from '../../law/law.ts'
import { conversationRelations, type Relation } from '../../rows/expression.ts'
import { bareView, holds } from '../../rows/holds.ts'
import {
  type AccessGiven,
  type AccessScope,
  accessWords,
  covers,
  expressionsOf,
  type Held,
  heldAllows,
  heldCodes,
  heldKey,
  scopeKey,
} from './access-rules.ts'
import { namesInWords, peopleInWords } from './rules.ts'

export interface Somebody {
  readonly id: string
  readonly name: string
}

/** What a group of a partner has, and who is in it today. */
export interface HeldByGroup {
  readonly id: string
  readonly name: string
  readonly members: ReadonlySet<string>
  readonly held: Held
}

/** What is in force between one customer and one partner, by grantee. What a person has replaces the groups', which replace everyone's, also downward (OR-012, OR-014). */
export interface Holdings {
  readonly everyone: Held
  readonly groups: readonly HeldByGroup[]
  readonly personal: ReadonlyMap<string, Held>
}

export const nothingHeld: Holdings = { everyone: [], groups: [], personal: new Map() }

/** What a person has by all of it. */
export function heldBy({ everyone, groups, personal }: Holdings, personId: string): Held {
  const own = personal.get(personId)
  if (own) return own
  const mine = groups.filter(({ members }) => members.has(personId))
  return mine.length > 0 ? mine.flatMap(({ held }) => held) : everyone
}

/** The holdings once a proposal holds: what it says counts, what it leaves out stays. */
export function combined(now: Holdings, proposed: Holdings): Holdings {
  const others = now.groups.filter(({ id }) => !proposed.groups.some((group) => group.id === id))
  return {
    everyone: proposed.everyone.length > 0 ? proposed.everyone : now.everyone,
    groups: [...others, ...proposed.groups],
    personal: new Map([...now.personal, ...proposed.personal]),
  }
}

/** The people whose access the proposal itself would be: the named ones, the members of its groups, everyone; without those who have something more specific. */
export function reachedBy<P extends Somebody>(proposed: Holdings, after: Holdings, people: readonly P[]): P[] {
  const inGroup = (groups: readonly HeldByGroup[], id: string) => groups.some(({ members }) => members.has(id))
  return people.filter(({ id }) => {
    if (proposed.personal.has(id)) return true
    if (after.personal.has(id)) return false
    return inGroup(proposed.groups, id) || (proposed.everyone.length > 0 && !inGroup(after.groups, id))
  })
}

/** Everything that a proposal would give, each different thing once. */
export function heldOf({ everyone, groups, personal }: Holdings): Held[] {
  const all = [everyone, ...groups.map(({ held }) => held), ...personal.values()].filter((held) => held.length > 0)
  return [...new Map(all.map((held) => [heldKey(held), held])).values()]
}

/** Every action that something given allows, record kinds first, in the order of the definition. */
function givenActions(law: Law): Action[] {
  const ofKinds = [...law.kinds.values()].flatMap((kind) => kind.actions.map(({ action }): Action => `${kind.kind}:${action}`))
  const given = new Set(allowancesOf(law).flatMap((one) => [...one.may.keys()]))
  return [...ofKinds.filter((action) => given.has(action)), ...[...given].filter((action) => !ofKinds.includes(action))]
}

/** What is given besides records, in words that fit "they would gain: …" and stand as a line of their own. */
const ownWords: Readonly<Record<Action, string>> = {
  'account:ask_configuration_change': 'ask for changes of the configuration',
  'account:ask_site_deletion': 'ask for the deletion of the site',
  'account:ask_access_for_others': 'ask for access for others',
  'people:read': "see the list of the customer's people",
  'people:add': 'add people of the customer',
  'people:make_administrator': "make others administrators of the customer's people",
  'colleague:let_in': 'let in colleagues',
  'people:manage': "change and remove the customer's people",
}

/** The action as half a sentence: the definition's words for records, ours for the rest. */
export function actionInWords(law: Law, action: Action): string {
  const [kind = '', verb = ''] = action.split(':')
  const words = law.kinds.get(kind)?.actions.find((one) => one.action === verb)?.words
  if (words !== undefined) return law.kinds.size > 1 ? `${words} (${law.kinds.get(kind)?.names.many})` : words
  return ownWords[action] ?? (verb.includes('_') ? verb.replaceAll('_', ' ') : `${verb} ${kind.replaceAll('_', ' ')}`)
}

/** On which kinds of rows (by state, and by how one is named on them) the codes allow the action. */
function extentOf(law: Law, codes: readonly string[], action: Action): Set<string> {
  const expressions = expressionsOf(law, codes, action)
  if (expressions.length === 0) return new Set()
  const states = law.kinds.get(action.split(':')[0] ?? '')?.states.map(({ code }) => code) ?? []
  const named: Relation[][] = [[], ...conversationRelations.map((relation) => [relation])]
  const rows = (states.length > 0 ? states : [null]).flatMap((state) =>
    named.map((on) => ({ ...bareView, gives: codes, relations: on, state })),
  )
  return new Set(rows.filter((row) => expressions.some((one) => holds(one, row))).map((row) => `${row.state} ${row.relations.join()}`))
}

/** The actions that the second allows where the first does not: on other rows, or on more of the customer. */
export function gained(law: Law, from: Held, to: Held): Action[] {
  return givenActions(law).filter((action) =>
    to.some((part) => {
      const before = extentOf(
        law,
        heldCodes(law, from, (scope) => covers(scope, part.scope)),
        action,
      )
      return [
        ...extentOf(
          law,
          heldCodes(law, [part], () => true),
          action,
        ),
      ].some((row) => !before.has(row))
    }),
  )
}

/** Who gains and who loses what, one sentence each; `words` holds these and whoever an access for everyone passes by. */
export interface Changes {
  readonly gain: readonly string[]
  readonly lose: readonly string[]
  readonly words: readonly string[]
}

/** What changes for the people when the holdings do. People who change alike stand in one sentence. */
export function changesBetween(law: Law, people: readonly Somebody[], before: Holdings, after: Holdings): Changes {
  const groups = Map.groupBy(people, ({ id }) => JSON.stringify([heldKey(heldBy(before, id)), heldKey(heldBy(after, id))]))
  const [gain, lose]: [string[], string[]] = [[], []]
  for (const group of groups.values()) {
    const id = group[0]?.id ?? ''
    const [from, to] = [heldBy(before, id), heldBy(after, id)]
    const less = gained(law, to, from)
    gain.push(...gainOf(law, group, from, to))
    if (less.length > 0) lose.push(`${whoOf(group)} would lose: ${listed(law, less)}.`)
  }
  return { gain, lose, words: [...gain, ...lose, ...untouched(law, people, before, after)] }
}

function gainOf(law: Law, group: readonly Somebody[], from: Held, to: Held): string[] {
  const more = gained(law, from, to)
  if (more.length === 0) return []
  if (from.length > 0) return [`${whoOf(group)} would gain: ${listed(law, more)}.`]
  return [`${whoOf(group)}, who ${group.length === 1 ? 'sees' : 'see'} nothing now: ${heldWords(law, to)}.`]
}

/** What somebody has, in words: several accesses one after the other. */
export const heldWords = (law: Law, held: Held): string => held.map((access) => accessWords(law, access)).join('; ')

const whoOf = (group: readonly Somebody[]): string =>
  group.length <= 3 ? namesInWords(group.map(({ name }) => name)) : peopleInWords(group.length)

const listed = (law: Law, actions: readonly Action[]): string => actions.map((action) => actionInWords(law, action)).join('; ')

/** Whether anybody would be able to do anything more; for everyone at a partner, and for a group, also somebody who comes later. */
export function widens(law: Law, people: readonly Somebody[], before: Holdings, after: Holdings): boolean {
  const ofGroup = (holdings: Holdings, id: string) => holdings.groups.find((group) => group.id === id)?.held ?? []
  return (
    changesBetween(law, people, before, after).gain.length > 0 ||
    gained(law, before.everyone, after.everyone).length > 0 ||
    after.groups.some(({ id, held }) => gained(law, ofGroup(before, id), held).length > 0)
  )
}

/** Those whom a new access for everyone passes by, because they have one of their own. */
function untouched(law: Law, people: readonly Somebody[], before: Holdings, after: Holdings): string[] {
  if (heldKey(before.everyone) === heldKey(after.everyone)) return []
  const same = people.filter(({ id }) => after.personal.has(id) && heldKey(heldBy(before, id)) === heldKey(heldBy(after, id)))
  const groups = Map.groupBy(same, ({ id }) => heldKey(heldBy(after, id)))
  return [...groups.values()].map((group) => {
    const has = heldWords(law, heldBy(after, group[0]?.id ?? ''))
    return `${namesInWords(group.map((one) => one.name))}: unchanged (personal level: ${has}).`
  })
}

/** Records of one kind that are alike to the law: their state, which of the reached people are named on them and how, and which narrower scopes cover them. */
export interface RecordGroup {
  readonly kind: string
  readonly state: string
  /** What a named person has and the relation, for each that stands on the records. */
  readonly named: readonly { readonly held: Held; readonly relation: Relation }[]
  /** Keys of the narrower scopes that cover them. */
  readonly covered: readonly string[]
  readonly records: number
  readonly messages: number
  readonly files: number
}

/** Whether anybody who has one of these may do the action on the records of a group; the law's own expression decides. */
function anyoneMay(law: Law, helds: readonly Held[], action: Action, group: Pick<RecordGroup, 'state' | 'named' | 'covered'>): boolean {
  const isCovered = (scope: AccessScope) => scope.kind === 'all' || group.covered.includes(scopeKey(scope))
  return helds.some((held) => {
    const codes = heldCodes(law, held, isCovered)
    const on = group.named.filter((one) => heldKey(one.held) === heldKey(held)).map((one) => one.relation)
    const row = { ...bareView, gives: codes, relations: on, state: group.state }
    return expressionsOf(law, codes, action).some((expression) => holds(expression, row))
  })
}

export interface Counts {
  readonly total: number
  readonly open: number
  readonly closed: number
  readonly messages: number
  readonly files: number
}

/** What the people who have these could read, counted. */
export function readable(law: Law, helds: readonly Held[], groups: readonly RecordGroup[]): Counts {
  const seen = groups.filter((group) => anyoneMay(law, helds, `${group.kind}:read`, group))
  const sum = (some: readonly RecordGroup[], what: 'records' | 'messages' | 'files') =>
    some.reduce((total, group) => total + group[what], 0)
  const isClosed = (group: RecordGroup) => law.kinds.get(group.kind)?.states.find(({ code }) => code === group.state)?.closed ?? false
  const closed = sum(seen.filter(isClosed), 'records')
  const total = sum(seen, 'records')
  return { total, open: total - closed, closed, messages: sum(seen, 'messages'), files: sum(seen, 'files') }
}

/** The names of the pages that somebody could open by one of these. */
export const pagesOpened = (law: Law, helds: readonly Held[]): string[] =>
  [...law.pages.values()]
    .filter(({ page }) => {
      const rule = law.rules.get(`page:${page}`)
      return rule !== undefined && helds.some((held) => holds(rule, { ...bareView, gives: heldCodes(law, held, () => true) }))
    })
    .map(({ name }) => name)

export interface PreviewAbility {
  readonly action: Action
  readonly words: string
  readonly yes: boolean
  /** On how many of today's records; null where it is about no existing record. */
  readonly number: number | null
}

/** For every action that can be given: whether somebody could do it, and on how many records of today. */
export function previewAbilities(law: Law, helds: readonly Held[], groups: readonly RecordGroup[]): PreviewAbility[] {
  return givenActions(law).map((action) => {
    const yes = helds.some((held) => heldAllows(law, held, action))
    const kind = law.kinds.get(action.split(':')[0] ?? '')
    const counted = kind !== undefined && action !== `${kind.kind}:open`
    const number = groups
      .filter((group) => group.kind === kind?.kind && anyoneMay(law, helds, action, group))
      .reduce((total, group) => total + group.records, 0)
    return { action, words: actionInWords(law, action), yes, number: counted ? number : null }
  })
}

/** The holdings that giving one access would make, for each sort of grantee. */
export const forEveryone = (access: AccessGiven): Holdings => ({ ...nothingHeld, everyone: [access] })
export const forPeople = (people: readonly { readonly id: string }[], access: AccessGiven): Holdings => ({
  ...nothingHeld,
  personal: new Map(people.map(({ id }) => [id, [access]])),
})
