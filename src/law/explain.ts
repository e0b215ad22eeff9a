// Why, or why not? The decision in sentences, made from the same law and the same facts. "Nothing allows it" is told apart from "something forbids it".
import { dayInWords, type Instant, lastDayOf } from '../kernel/instant.ts'
import { holds } from '../rows/holds.ts'
import { type Decision, decide } from './decide.ts'
import type { Facts, GrantFact, Question } from './facts.ts'
import { fits } from './fits.ts'
import { givenBy, isInForce, standing } from './grants-in-force.ts'
import { holdsUntil } from './holds-until.ts'
import { type Action, allowancesOf, type Law } from './law.ts'
import { relationSentences } from './relation-sentences.ts'
import type { Sentence } from './sentence.ts'
import { viewOf } from './view.ts'

export interface Explanation {
  readonly sentences: readonly Sentence[]
  /** The lowest level that would make it a yes, or null. */
  readonly nearest: { readonly level: string; readonly name: string } | null
  /** Until when the yes holds if nobody changes anything; null: no end is known, or it is a no. */
  readonly until: Instant | null
}

/** Explains a decision that `decide` made from the same facts. */
export function explain(law: Law, action: Action, facts: Facts, decision: Decision): Explanation {
  const { subject, thing } = facts
  if (!subject) return { sentences: [{ text: 'Nobody by that name has a place in this portal at that time.' }], nearest: null, until: null }
  if (!thing) return { sentences: [{ text: 'There is no such thing, or it cannot be seen.' }], nearest: null, until: null }
  const asked: Question = { ...facts, subject, thing }
  if (!fits(law, action, thing.on)) return { sentences: [...setting(asked), { text: 'Nothing allows it.' }], nearest: null, until: null }
  const { used, notUsed } = standing(asked)
  const sentences = [...setting(asked), ...homeSentences(law, action, asked), ...named(asked), ...relationSentences(law, action, asked)]
  for (const grant of used) sentences.push(grantSentence(law, action, grant, asked))
  for (const grant of notUsed) sentences.push(replacedSentence(law, grant, asked, used))
  for (const grant of asked.grants) if (!isInForce(grant, asked.at)) sentences.push(...outOfForce(law, grant, asked))
  if (decision.allowed) return { sentences, nearest: null, until: holdsUntil(law, action, asked) }
  const nearest = decision.forbidden === null && !thing.customer?.suspended ? nearestLevel(law, action, asked) : null
  return { sentences: [...sentences, ...refusalSentences(law, action, asked, decision, used, nearest)], nearest, until: null }
}

/** What is done, in words: from the definition for record kinds, from here for what the product itself knows. */
export function wordsOf(law: Law, action: Action): string {
  const [kind, verb] = action.split(':') as [string, string]
  const words = law.kinds.get(kind)?.actions.find((known) => known.action === verb)?.words
  const notice = kind.startsWith('notice') ? law.notices.get(verb) : undefined
  if (notice) return `${kind === 'notice' ? 'get' : 'have to get'} “${notice.name}”`
  return words ?? ownWords[action] ?? action.replace(/[:_]/g, ' ')
}

const ownWords: Readonly<Record<string, string>> = {
  'access:give': 'give a partner access',
  'access:change': 'change access',
  'access:remove': 'remove access',
  'access:read': 'see who has access',
  'access_request:answer': 'answer a request for access',
  'access_request:ask_for_organization': 'ask for access for everybody at the partner',
  'access_request:ask_for_people': 'ask for access for named people',
  'access_request:ask_for_self': 'ask for access for oneself',
  'access_request:read': 'see requests for access',
  'access_request:withdraw': 'withdraw a request for access',
  'account:ask_configuration_change': 'ask for changes of the configuration',
  'account:ask_site_deletion': 'ask for the deletion of the site',
  'account:ask_access_for_others': 'ask for access for others',
  'colleague:let_in': 'let in colleagues',
  'link:ask': 'ask for a customer to be linked',
  'link:answer': 'link a partner and a customer',
  'group:fill': 'say who is in a group',
  'group:read': 'see the groups and who is in them',
  'invitation:answer': 'accept or decline an invitation of a customer',
  'invitation:offer': 'make a link by which a customer can invite the partner',
  'invitation:read': 'see invitations',
  'invitation:send': 'invite a partner, or withdraw an invitation',
  'letters:read': 'read the letters',
  'notices:send': 'write notices to customers',
  'people:make_administrator': 'make somebody an administrator',
  'people:read': 'see the people',
  'people:add': 'add people with no more than one has',
  'people:manage': 'change and remove people, and give them any role',
  'explanation:ask': 'ask who can see what',
  'history:read': 'read the history',
  'portal:operate': 'run the portal',
}

function setting({ subject, thing }: Question): Sentence[] {
  const sentences: Sentence[] = []
  if (thing.record && thing.customer)
    sentences.push({ text: `${thing.record.number} belongs to ${thing.customer.name}.`, about: { kind: 'record', id: thing.record.id } })
  if (subject.personId)
    sentences.push({ text: `${subject.name} works at ${subject.organizationName}.`, about: { kind: 'person', id: subject.personId } })
  if (subject.suspended) sentences.push({ text: `${subject.organizationName} is suspended.` })
  else if (thing.customer?.suspended) sentences.push({ text: `${thing.customer.name} is suspended.` })
  return sentences
}

function homeSentences(law: Law, action: Action, facts: Question): Sentence[] {
  const { subject, thing } = facts
  const view = viewOf(law, facts, [])
  const rule = law.rules.get(action)
  if (!thing.customer || !rule || !holds(rule, view) || holds(rule, { ...view, homeRoles: [] })) return []
  return [
    {
      text: `As ${listed(view.homeRoles.map((role) => role.replaceAll('_', ' ')))} of ${thing.customer.name}, ${subject.name} may ${wordsOf(law, action)}.`,
    },
  ]
}

function named({ subject, thing }: Question): Sentence[] {
  if (!thing.record || thing.record.relations.length === 0) return []
  const as = listed(thing.record.relations.map((relation) => relation.replaceAll('_', ' ')))
  return [{ text: `${subject.name} is named on ${thing.record.number} as ${as}.`, about: { kind: 'record', id: thing.record.id } }]
}

function grantSentence(law: Law, action: Action, grant: GrantFact, facts: Question): Sentence {
  const includes =
    decide(law, action, facts).grant?.id === grant.id ? `, which includes: ${wordsOf(law, action)}` : coverage(law, grant, facts)
  const reason = grant.reason ? ` Reason: “${grant.reason}”.` : ''
  const by = grant.givenByName ?? 'an import'
  const text = `${by} gave ${granteeOf(grant, facts)} ${whatOf(law, grant)} (A-${grant.number}) at ${customerName(facts)} until the end of ${lastDay(grant, facts)}${includes}.${reason}`
  return { text, about: { kind: 'grant', id: grant.id } }
}

function replacedSentence(law: Law, grant: GrantFact, facts: Question, used: readonly GrantFact[]): Sentence {
  const text = `${capital(granteeOf(grant, facts))} also has ${whatOf(law, grant)} (A-${grant.number}). It is not used: ${replacement(used)}.`
  return { text, about: { kind: 'grant', id: grant.id } }
}

function outOfForce(law: Law, grant: GrantFact, facts: Question): Sentence[] {
  const about = { kind: 'grant', id: grant.id } as const
  const what = `${whatOf(law, grant)} (A-${grant.number}) for ${granteeOf(grant, facts)}`
  if (facts.at < grant.from) return [{ text: `${what} has not started yet.`, about }]
  if (grant.confirmedAt === null || facts.at < grant.confirmedAt)
    return [{ text: `${what} was imported and is not confirmed: it gives nothing.`, about }]
  // A later grant takes the place of one that had ended by its date long before: its own end is the one that counted.
  const end = grant.endedAt ?? grant.until
  if (end < grant.until) return [{ text: `${what} was ended on ${lastDayAt(end, facts)}.`, about }]
  return [{ text: `${what} ended with ${lastDay(grant, facts)}.`, about }]
}

function refusalSentences(
  law: Law,
  action: Action,
  facts: Question,
  decision: Decision,
  used: readonly GrantFact[],
  nearest: Explanation['nearest'],
): Sentence[] {
  if (decision.forbidden === 'own_request') return [{ text: 'It is forbidden: nobody answers a request of their own.' }]
  if (decision.forbidden === 'colleagues_forbidden')
    return [{ text: `It is forbidden: ${customerName(facts)} does not let partners add people themselves.` }]
  if (decision.forbidden === 'no_administrator')
    return [{ text: `It is forbidden: only an administrator of ${facts.subject.organizationName} lets in colleagues.` }]
  if (decision.forbidden === 'looking') return [{ text: 'It is forbidden: who looks through the eyes of another changes nothing.' }]
  if (decision.forbidden === 'suspended') return [{ text: `It is forbidden: ${facts.subject.organizationName} is suspended.` }]
  if (facts.thing.customer?.suspended) return [{ text: `It is forbidden: ${customerName(facts)} is suspended.` }]
  const reaches = (grant: GrantFact) => givenBy(law, grant, facts).length > 0
  const has = [
    ...without(law, used.filter(reaches), 'include'),
    ...without(
      law,
      used.filter((grant) => !reaches(grant)),
      'reach',
    ),
  ].join('')
  const needs = nearest ? ` To ${wordsOf(law, action)} needs “${nearest.name}”.` : ''
  return [{ text: `Nothing allows it.${has}${needs}` }]
}

/** “Look” does not include it. “Look” and “Update” do not include it. */
function without(law: Law, grants: readonly GrantFact[], what: string): string[] {
  if (grants.length === 0) return []
  const many = grants.flatMap(({ level, rights }) => [...(level === null ? [] : [level]), ...rights]).length
  return [` ${listed(grants.map((grant) => whatOf(law, grant)))} ${many > 1 ? 'do' : 'does'} not ${what} it.`]
}

/** The lowest level, or else the first role or right, with which the same person could do it to the same thing as it is. */
function nearestLevel(law: Law, action: Action, facts: Question): Explanation['nearest'] {
  const rule = law.rules.get(action)
  if (!rule || !facts.thing.customer) return null
  const row = viewOf(law, facts, [])
  const one = allowancesOf(law).find(({ code }) => holds(rule, { ...row, gives: [code] }))
  return one ? { level: one.code, name: one.name } : null
}

/** What a grant gives, by the names of the definition. */
function whatOf(law: Law, { level, rights }: GrantFact): string {
  const codes = [...(level === null ? [] : [level]), ...rights]
  return listed(codes.map((code) => `“${allowancesOf(law).find((one) => one.code === code)?.name ?? code}”`))
}

/** That a narrower grant does not reach this record; or that the portal does not know any more to whom it was given. */
function coverage(law: Law, grant: GrantFact, facts: Question): string {
  if (givenBy(law, grant, facts).length > 0) return ''
  if (grant.scope.kind === 'all') return ', which gives nothing: access is not given to such a grantee any more'
  return grant.scope.kind === 'sites' ? ', for named sites only' : ', for named records only'
}

/** Why a less specific grant does not count. */
function replacement(used: readonly GrantFact[]): string {
  const isPersonal = used.some(({ personId }) => personId !== null)
  return isPersonal ? 'a personal level replaces the level for everyone' : "a group's access replaces the access for everyone"
}

const customerName = ({ thing }: Question): string => thing.customer?.name ?? 'the customer'
const zoneOf = ({ thing }: Question): string => thing.customer?.timeZone ?? 'UTC'
const lastDay = (grant: GrantFact, facts: Question): string => lastDayAt(grant.until, facts)
const lastDayAt = (at: Instant, facts: Question): string => dayInWords(lastDayOf(at, zoneOf(facts)))

function granteeOf(grant: GrantFact, { subject }: Question): string {
  const partner = subject.organizationName
  if (grant.personId !== null) return grant.personId === subject.personId ? subject.name : `somebody else at ${partner}`
  return grant.groupId === null ? `everyone at ${partner}` : `a group of ${partner}`
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
const listed = (names: readonly string[]): string => [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' and ')
