// The warnings before an access is given: only when true, with the account's own numbers, and with a tick only where it widens (screens 2.3).
import { domainOf } from '../../kernel/email-address.ts'
import { type Action, type KindLaw, type Law, letInAction } from '../../law/law.ts'
import { bareView, holds } from '../../rows/holds.ts'
import type { DomainVerdict, KnownFirm } from '../organizations/rules.ts'
import { allowanceOf, expressionsOf, givesOf, type Held, heldAllows, heldCodes } from './access-rules.ts'
import {
  actionInWords,
  type Counts,
  combined,
  gained,
  type Holdings,
  heldBy,
  heldWords,
  reachedBy,
  type Somebody,
  widens,
} from './preview-rules.ts'
import { namesInWords, peopleInWords } from './rules.ts'

export type WarningCode = 'W1' | 'W2' | 'W3' | 'W4' | 'W5' | 'W6' | 'W7' | 'W8'

export interface Warning {
  readonly code: WarningCode
  readonly title: string
  readonly text: string
  /** Whether the access is given only with `understood: true`. At most one warning asks for it. */
  readonly needsTick: boolean
  /** What stands beside the tick; null where none is asked for. */
  readonly tick: string | null
}

export interface WarningFacts {
  readonly law: Law
  readonly customer: string
  readonly partner: string
  readonly vendor: string
  /** Everybody who works at the partner today. */
  readonly people: readonly Somebody[]
  readonly before: Holdings
  readonly proposed: Holdings
  /** Those who may let in colleagues at the customer, without asking it, once they are given that. */
  readonly letIn: ReadonlySet<string>
  /** Per record kind, what everyone, or the groups, to whom the proposal opens it could read. */
  readonly countsForEveryone: ReadonlyMap<string, Counts>
}

/** W1 to W7, in this order. W1 to W3 are one, the gravest; so are W4 and W5. */
export function warningsOf(facts: WarningFacts): Warning[] {
  const grave = [historyWarning(facts), accountWarning(facts)].filter((warning) => warning !== null)
  const after = combined(facts.before, facts.proposed)
  const asksForTick = widens(facts.law, facts.people, facts.before, after)
  const marked = grave.map((warning, index) =>
    asksForTick && index === grave.length - 1 ? { ...warning, needsTick: true } : { ...warning, needsTick: false, tick: null },
  )
  return [...marked, ...colleaguesWarning(facts), ...lowerThanEveryone(facts, after)]
}

/** Whether saving must be refused without `understood`. */
export const mustBeUnderstood = (warnings: readonly Warning[]): boolean => warnings.some((warning) => warning.needsTick)

type Draft = Omit<Warning, 'needsTick'>

/** An audience that the customer does not name one by one, and that the partner can enlarge. */
export interface OpenAudience {
  readonly who: string
  readonly held: Held
  readonly isGroup: boolean
}

/** Everyone at the partner, or the groups that its administrators fill; null where only people are named. */
export function openTo({ everyone, groups }: Holdings, partner: string): OpenAudience | null {
  if (everyone.length > 0) return { who: `everyone at ${partner}`, held: everyone, isGroup: false }
  if (groups.length === 0) return null
  const names = groups.map(({ name }) => `“${name}”`)
  return {
    who: names.length === 1 ? `the group ${names[0]}` : `the groups ${namesInWords(names, 10)}`,
    held: groups.flatMap(({ held }) => held),
    isGroup: true,
  }
}

/** W1 to W3: everyone at a partner reads everything; answers and closes; opens new ones (OR-025, OR-030, OR-035). */
function historyWarning(facts: WarningFacts): Draft | null {
  const { law, proposed, partner, customer } = facts
  const audience = openTo(proposed, partner)
  const held = audience?.held ?? []
  const readable = [...law.kinds.values()].filter(({ kind }) => allowsOnOthers(law, held, kind, 'read', 'every'))
  // Of several kinds the warning is about the one that people write on: there are the messages and files.
  const kind = readable.find(isTalkedOn) ?? readable[0]
  if (audience === null || kind === undefined) return null
  const counts = countsOf(facts, kind)
  const others = readable.filter((one) => one !== kind)
  const verbs = changingVerbs(law, held, kind.kind)
  const opens = heldAllows(law, held, `${kind.kind}:open`)
  const mails = held.flatMap(givesOf).some((code) => (allowanceOf(law, code)?.notices.length ?? 0) > 0)
  const sentences = [
    readsAll(facts, audience, counts, kind),
    others.length > 0 ? `They will also see ${joined(others.map((one) => ownOnes(countsOf(facts, one).total, one.names)))}.` : '',
    mails ? 'They will also get support e-mails for your account.' : '',
    verbs.length > 0 ? `They will also be able to ${joined(verbs)} ${openOnes(counts.open, kind.names)}.` : '',
    opens ? `They will also be able to open new ${kind.names.many} in ${possessive(customer)} name.` : '',
  ]
  return {
    code: opens ? 'W3' : verbs.length > 0 ? 'W2' : 'W1',
    text: sentences.filter(Boolean).join(' '),
    ...heading(counts.total > 0, kind.names, audience.who),
  }
}

function heading(past: boolean, names: { one: string; many: string }, who: string): Pick<Draft, 'title' | 'tick'> {
  return {
    title: past ? `This opens your whole history to ${who}` : `This opens every ${names.one} to ${who}`,
    tick: past ? `I understand that this includes past ${names.many}` : 'I understand that this is for everyone there',
  }
}

const isTalkedOn = ({ actions }: KindLaw): boolean => actions.some(({ action }) => action === 'reply')

const nothingCounted: Counts = { total: 0, open: 0, closed: 0, messages: 0, files: 0 }
const countsOf = ({ countsForEveryone }: WarningFacts, { kind }: KindLaw): Counts => countsForEveryone.get(kind) ?? nothingCounted

function ownOnes(total: number, names: { one: string; many: string }): string {
  if (total === 0) return `${names.many} (there are none today)`
  return total === 1 ? `your one ${names.one}` : `your ${total} ${names.many}`
}

function readsAll(facts: WarningFacts, audience: OpenAudience, counts: Counts, kind: KindLaw): string {
  const { names } = kind
  const { people, before, proposed, partner } = facts
  const reached = reachedBy(proposed, combined(before, proposed), people).length
  const subject = audience.isGroup ? groupIsReached(reached, audience.who, partner) : whoIsReached(reached, people.length, partner)
  const reads = `${subject} will be able to ${isTalkedOn(kind) ? 'read every message and file on' : 'see'}`
  if (counts.total === 0) return `${reads} the ${names.many} you open from now on.`
  const all = counts.total === 2 ? 'both' : `all ${counts.total}`
  return `${reads} ${counts.total === 1 ? `your one ${names.one}, with its whole past` : `${all} of your past and present ${names.many}`}.`
}

const allPeople = (count: number): string => (count === 1 ? 'The one person' : count === 2 ? 'Both people' : `All ${count} people`)

function groupIsReached(reached: number, who: string, partner: string): string {
  if (reached === 0) return `Whoever an administrator of ${partner} adds to ${who}`
  return `${allPeople(reached)} in ${who} today, and anyone whom an administrator of ${partner} adds later,`
}

function whoIsReached(reached: number, all: number, partner: string): string {
  if (all === 0) return `Nobody works at ${partner} today; anyone they add later`
  const who = reached === all ? allPeople(all) : `${reached} of the ${peopleInWords(all)}`
  const others = reached === all ? '' : ' (the others have personal levels)'
  return `${who} at ${partner} today${others}, and anyone they add later,`
}

/** What the level lets people do to records on which they are not named, while these are open. */
function changingVerbs(law: Law, held: Held, kind: string): string[] {
  const may = (action: string) => allowsOnOthers(law, held, kind, action, 'open')
  const verbs = [...(may('reply') ? ['answer', 'add files to'] : []), ...(may('close') ? ['close'] : [])]
  return verbs.length === 0 && may('update') ? ['change'] : verbs
}

/** Whether the action is allowed on records on which one is not named: whatever their state, or on those that are open. */
function allowsOnOthers(law: Law, held: Held, kind: string, action: string, where: 'every' | 'open'): boolean {
  const codes = heldCodes(law, held)
  const expressions = expressionsOf(law, codes, `${kind}:${action}`)
  const all = law.kinds.get(kind)?.states ?? []
  const states = all.length > 0 ? all.filter(({ closed }) => where === 'every' || !closed).map(({ code }) => code) : [null]
  if (states.length === 0) return false
  return states.every((state) => expressions.some((expression) => holds(expression, { ...bareView, gives: codes, state })))
}

function openOnes(open: number, names: { one: string; many: string }): string {
  if (open === 0) return `${names.many} that are open (none is today)`
  return open === 1 ? `your one open ${names.one}` : `your ${open} open ${names.many}`
}

const asks: Action = 'account:ask_configuration_change'
const deletes: Action = 'account:ask_site_deletion'
const manages: Action = 'people:manage'

/** W4 and W5: the vendor acts on their word; they manage the customer's own people. */
function accountWarning({ law, proposed, vendor, partner, people }: WarningFacts): Draft | null {
  const helds = [proposed.everyone, ...proposed.groups.map(({ held }) => held), ...proposed.personal.values()]
  const may = (action: Action) => helds.some((held) => heldAllows(law, held, action))
  const ofAccount = [...new Set(helds.flatMap((held) => accountActions(law, held)))].filter((action) => action !== manages)
  if (ofAccount.length === 0 && !may(manages)) return null
  const wishes = [...(may(asks) ? ['change your configuration'] : []), ...(may(deletes) ? ['delete your site'] : [])]
  const asked =
    wishes.length > 0 ? `ask ${vendor} to ${wishes.join(' or ')}` : ofAccount.map((action) => actionInWords(law, action)).join(', ')
  const sentences = ofAccount.length > 0 ? [`They will be able to ${asked}. ${vendor} will act without asking you again.`] : []
  if (may(manages)) sentences.push('They will be able to add and remove your own people.')
  const named = people.filter(({ id }) => accountActions(law, proposed.personal.get(id) ?? []).length > 0).map(({ name }) => name)
  const audience = openTo(proposed, partner)
  const who = audience !== null && accountActions(law, audience.held).length > 0 ? audience.who : namesInWords(named)
  return {
    code: may(manages) ? 'W5' : 'W4',
    title: may(manages) ? `This lets ${who} manage your account and your people` : `This lets ${who} manage your account`,
    text: sentences.join(' '),
    tick: ofAccount.length > 0 ? `I understand that ${vendor} acts on their word` : 'I understand that they manage our people',
  }
}

/** What it allows about the account and its people. */
function accountActions(law: Law, held: Held): Action[] {
  const actions = heldCodes(law, held).flatMap((code) => [...(allowanceOf(law, code)?.may.keys() ?? [])])
  return actions.filter((action) => action.startsWith('account:') || action === manages)
}

/** W6: they let in others of the partner, and nobody is asked (CD-038). */
function colleaguesWarning({ law, people, proposed, partner, letIn }: WarningFacts): Warning[] {
  const named = people.filter(({ id }) => letIn.has(id) && heldAllows(law, heldBy(proposed, id), letInAction)).map(({ name }) => name)
  if (named.length === 0) return []
  const who = namesInWords(named)
  return [
    {
      code: 'W6',
      title: `This lets ${who} let in colleagues`,
      text: `${who} will be able to give the same access, or less, to other people at ${partner} without asking you. You will get an e-mail each time.`,
      needsTick: false,
      tick: null,
    },
  ]
}

/** W7: a personal access that gives less than everyone else has there; it replaces theirs all the same. */
function lowerThanEveryone({ law, proposed, people, partner }: WarningFacts, after: Holdings): Warning[] {
  const others = (id: string) => heldBy({ ...after, personal: new Map() }, id)
  const lower = people.filter(({ id }) => proposed.personal.has(id) && gained(law, heldBy(after, id), others(id)).length > 0)
  const groups = Map.groupBy(lower, ({ id }) => `${heldWords(law, heldBy(after, id))} ${heldWords(law, others(id))}`)
  return [...groups.values()].map((group) => {
    const id = group[0]?.id ?? ''
    const who = namesInWords(group.map(({ name }) => name))
    const lost = gained(law, heldBy(after, id), others(id)).map((action) => actionInWords(law, action))
    return {
      code: 'W7',
      title: `This gives ${who} less than everyone else at ${partner}`,
      text: `A personal level replaces the level for everyone. ${who} would lose: ${lost.join('; ')}.`,
      needsTick: false,
      tick: null,
    }
  })
}

/** W8: the address of the one who asks is not of the firm; one that only looks like it asks for the tick (BX-14). */
export function domainWarning(verdict: DomainVerdict, email: string, partner: string, firmDomain: string | null): Warning | null {
  if (firmDomain === null || (verdict !== 'other' && verdict !== 'look-alike')) return null
  const alike = verdict === 'look-alike'
  return {
    code: 'W8',
    title: 'The address does not match the firm',
    text: `This request comes from ${domainOf(email)}. ${possessive(partner)} people use ${firmDomain}.${alike ? ' The two only look alike.' : ''} Check before you answer.`,
    needsTick: alike,
    tick: alike ? `I have checked that this is ${partner}` : null,
  }
}

/** W8 too: the address, of whatever firm, only looks like one of a firm that the customer knows (BX-14). */
export function imitationWarning(imitated: KnownFirm | null, email: string, partner: string): Warning | null {
  if (imitated === null) return null
  return {
    code: 'W8',
    title: 'The address looks like that of another firm',
    text: `This request comes from ${domainOf(email)}. ${possessive(imitated.name)} people use ${imitated.emailDomain}. The two only look alike. Check before you answer.`,
    needsTick: true,
    tick: `I have checked that this is ${partner}`,
  }
}

const joined = (parts: readonly string[]): string =>
  parts.length < 3 ? parts.join(' and ') : `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`

const possessive = (name: string): string => (name.endsWith('s') ? `${name}'` : `${name}'s`)
