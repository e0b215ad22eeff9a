// The warnings before an access is given: only when true, with the account's own numbers, and with a tick only where it widens (screens 2.3).
import { domainOf } from '../../kernel/email-address.ts'
import type { Action, Law } from '../../law/law.ts'
import { levelAllows, levelOf } from '../../law/law.ts'
import { bareView, holds } from '../../rows/holds.ts'
import type { DomainVerdict } from '../organizations/rules.ts'
import { actionInWords, type Counts, combined, gained, type Levels, levelFor, reachedBy, type Somebody, widens } from './preview-rules.ts'
import { namesInWords, peopleInWords } from './rules.ts'

export type WarningCode = 'W1' | 'W2' | 'W3' | 'W4' | 'W5' | 'W7' | 'W8'

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
  readonly before: Levels
  readonly proposed: Levels
  /** Per record kind, what the level for everyone could read. */
  readonly countsForEveryone: ReadonlyMap<string, Counts>
}

/** W1 to W5 and W7, in this order. W1 to W3 are one, the gravest; so are W4 and W5. */
export function warningsOf(facts: WarningFacts): Warning[] {
  const grave = [historyWarning(facts), accountWarning(facts)].filter((warning) => warning !== null)
  const after = combined(facts.before, facts.proposed)
  const asksForTick = widens(facts.law, facts.people, facts.before, after)
  const marked = grave.map((warning, index) =>
    asksForTick && index === grave.length - 1 ? { ...warning, needsTick: true } : { ...warning, needsTick: false, tick: null },
  )
  return [...marked, ...lowerThanEveryone(facts, after)]
}

/** Whether saving must be refused without `understood`. */
export const mustBeUnderstood = (warnings: readonly Warning[]): boolean => warnings.some((warning) => warning.needsTick)

type Draft = Omit<Warning, 'needsTick'>

/** W1 to W3: everyone at a partner reads everything; answers and closes; opens new ones (OR-025, OR-030, OR-035). */
function historyWarning(facts: WarningFacts): Draft | null {
  const { law, proposed, partner, customer } = facts
  const level = proposed.everyone
  const kind = level === null ? undefined : [...law.kinds.values()].find(({ kind }) => allowsOnOthers(law, level, kind, 'read', 'every'))
  if (level === null || kind === undefined) return null
  const counts = facts.countsForEveryone.get(kind.kind) ?? { total: 0, open: 0, closed: 0, messages: 0, files: 0 }
  const verbs = changingVerbs(law, level, kind.kind)
  const opens = levelAllows(law, level, `${kind.kind}:open`)
  const mails = (levelOf(law, level)?.notices.length ?? 0) > 0
  const sentences = [
    readsAll(facts, counts, kind.names),
    mails ? 'They will also get support e-mails for your account.' : '',
    verbs.length > 0 ? `They will also be able to ${joined(verbs)} ${openOnes(counts.open, kind.names)}.` : '',
    opens ? `They will also be able to open new ${kind.names.many} in ${possessive(customer)} name.` : '',
  ]
  return {
    code: opens ? 'W3' : verbs.length > 0 ? 'W2' : 'W1',
    text: sentences.filter(Boolean).join(' '),
    ...heading(counts.total > 0, kind.names, partner),
  }
}

function heading(past: boolean, names: { one: string; many: string }, partner: string): Pick<Draft, 'title' | 'tick'> {
  return {
    title: past ? `This opens your whole history to everyone at ${partner}` : `This opens every ${names.one} to everyone at ${partner}`,
    tick: past ? `I understand that this includes past ${names.many}` : 'I understand that this is for everyone there',
  }
}

function readsAll({ people, before, proposed, partner }: WarningFacts, counts: Counts, names: { one: string; many: string }): string {
  const reached = reachedBy(proposed, combined(before, proposed), people).length
  const subject = whoIsReached(reached, people.length, partner)
  if (counts.total === 0) return `${subject} will be able to read every message and file on the ${names.many} you open from now on.`
  const which =
    counts.total === 1 ? `your one ${names.one}, with its whole past` : `all ${counts.total} of your past and present ${names.many}`
  return `${subject} will be able to read every message and file on ${which}.`
}

function whoIsReached(reached: number, all: number, partner: string): string {
  if (all === 0) return `Nobody works at ${partner} today; anyone they add later`
  const who = reached === all ? (all === 1 ? 'The one person' : `All ${all} people`) : `${reached} of the ${peopleInWords(all)}`
  const others = reached === all ? '' : ' (the others have personal levels)'
  return `${who} at ${partner} today${others}, and anyone they add later,`
}

/** What the level lets people do to records on which they are not named, while these are open. */
function changingVerbs(law: Law, level: string, kind: string): string[] {
  const may = (action: string) => allowsOnOthers(law, level, kind, action, 'open')
  const verbs = [...(may('reply') ? ['answer', 'add files to'] : []), ...(may('close') ? ['close'] : [])]
  return verbs.length === 0 && may('update') ? ['change'] : verbs
}

/** Whether a level allows the action on records on which one is not named: whatever their state, or on those that are open. */
function allowsOnOthers(law: Law, level: string, kind: string, action: string, where: 'every' | 'open'): boolean {
  const expression = levelOf(law, level)?.may.get(`${kind}:${action}`)
  const states = (law.kinds.get(kind)?.states ?? []).filter(({ closed }) => where === 'every' || !closed)
  if (expression === undefined || states.length === 0) return false
  return states.every(({ code }) => holds(expression, { ...bareView, gives: [level], state: code }))
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
  const levels = [proposed.everyone, ...proposed.personal.values()].filter((level) => level !== null)
  const may = (action: Action) => levels.some((level) => levelAllows(law, level, action))
  const ofAccount = [...new Set(levels.flatMap((level) => [...(levelOf(law, level)?.may.keys() ?? [])]))].filter((action) =>
    action.startsWith('account:'),
  )
  if (ofAccount.length === 0 && !may(manages)) return null
  const wishes = [...(may(asks) ? ['change your configuration'] : []), ...(may(deletes) ? ['delete your site'] : [])]
  const asked =
    wishes.length > 0 ? `ask ${vendor} to ${wishes.join(' or ')}` : ofAccount.map((action) => actionInWords(law, action)).join(', ')
  const sentences = ofAccount.length > 0 ? [`They will be able to ${asked}. ${vendor} will act without asking you again.`] : []
  if (may(manages)) sentences.push('They will be able to add and remove your own people.')
  const named = people.filter(({ id }) => isOfAccount(law, proposed.personal.get(id) ?? null)).map(({ name }) => name)
  const who = isOfAccount(law, proposed.everyone) ? `everyone at ${partner}` : namesInWords(named)
  return {
    code: may(manages) ? 'W5' : 'W4',
    title: may(manages) ? `This lets ${who} manage your account and your people` : `This lets ${who} manage your account`,
    text: sentences.join(' '),
    tick: ofAccount.length > 0 ? `I understand that ${vendor} acts on their word` : 'I understand that they manage our people',
  }
}

const isOfAccount = (law: Law, level: string | null): boolean =>
  level !== null && [...(levelOf(law, level)?.may.keys() ?? [])].some((action) => action.startsWith('account:') || action === manages)

/** W7: a personal level that gives less than everyone else has there; it replaces theirs all the same. */
function lowerThanEveryone({ law, proposed, people, partner }: WarningFacts, after: Levels): Warning[] {
  if (after.everyone === null) return []
  const lower = people.filter(({ id }) => proposed.personal.has(id) && gained(law, levelFor(after, id), after.everyone).length > 0)
  const groups = Map.groupBy(lower, ({ id }) => levelFor(after, id) as string)
  return [...groups].map(([level, group]) => {
    const who = namesInWords(group.map(({ name }) => name))
    const lost = gained(law, level, after.everyone).map((action) => actionInWords(law, action))
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

const joined = (verbs: readonly string[]): string =>
  verbs.length < 2 ? verbs.join('') : `${verbs.slice(0, -1).join(', ')}, and ${verbs.at(-1)}`

const possessive = (name: string): string => (name.endsWith('s') ? `${name}'` : `${name}'s`)
