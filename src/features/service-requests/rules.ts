// What may be changed on a record, and who may be named on it.

import { refuse, refuseField } from '../../kernel/refusal.ts'
import type { RecordFact } from '../../law/facts.ts'
import type { Action, KindLaw, Law } from '../../law/law.ts'
import { isClosed, recordToBeId } from '../records/rules.ts'

/** Values that a record's attribute may have; null takes the attribute away. */
export type AttributeValue = string | number | boolean | null
const mostAttributes = 50
export const longestAttribute = 2000
const attributeName = /^[a-z][a-z0-9_]{0,63}$/

/** The attributes after a change. Refuses names and sizes beyond the limits (400, field `attributes`). */
export function attributesAfter(before: Record<string, unknown>, change: Record<string, AttributeValue>): Record<string, unknown> {
  for (const [name, value] of Object.entries(change)) {
    if (!attributeName.test(name))
      refuseField('attributes', `"${name.slice(0, 70)}" is no name of an attribute: lower-case letters, digits and underscores.`)
    if (typeof value === 'string' && (value.length > longestAttribute || !value.isWellFormed() || value.includes('\0')))
      refuseField('attributes', `"${name}" is longer than ${longestAttribute} characters, or broken.`)
  }
  const after = Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== null))
  if (Object.keys(after).length > mostAttributes) refuseField('attributes', `There are more than ${mostAttributes} attributes.`)
  return after
}

/** What an update changes. */
export interface Changes {
  readonly title?: string
  readonly state?: string
  readonly attributes?: Record<string, unknown>
}

interface Wanted {
  readonly title: string | undefined
  readonly state: string | undefined
  readonly attributes: Record<string, unknown>
}

/** What differs between a record and what is wanted of it. */
export function changesTo(before: { title: string; state: string; attributes: Record<string, unknown> }, wanted: Wanted): Changes {
  return {
    ...(wanted.title === undefined || wanted.title === before.title ? {} : { title: wanted.title }),
    ...(wanted.state === undefined || wanted.state === before.state ? {} : { state: wanted.state }),
    ...(JSON.stringify(wanted.attributes) === JSON.stringify(before.attributes) ? {} : { attributes: wanted.attributes }),
  }
}

/** The changes as lines of a letter. */
export function changeWords(kind: KindLaw, before: RecordFact, { title, state, attributes }: Changes): string[] {
  const stateName = (code: string) => kind.states.find((known) => known.code === code)?.name ?? code
  return [
    ...(title === undefined ? [] : [`Title: ${before.title} → ${title}`]),
    ...(state === undefined ? [] : [`State: ${stateName(before.state)} → ${stateName(state)}`]),
    ...(attributes === undefined ? [] : ['Its attributes were changed.']),
  ]
}

/** What a change of the state is, besides an update: closing and reopening are asked for by themselves (O-A18). */
export function stateChange(kind: KindLaw, from: string, to: string): 'none' | 'update' | 'close' | 'reopen' {
  if (!kind.states.some(({ code }) => code === to))
    refuseField('state', `"state" is one of: ${kind.states.map(({ code }) => code).join(', ')}.`)
  if (from === to) return 'none'
  if (isClosed(kind, from) === isClosed(kind, to)) return 'update'
  return isClosed(kind, to) ? 'close' : 'reopen'
}

/** Refuses to close what is closed, and to reopen what is open (409). */
export function mustBe(wanted: 'open' | 'closed', kind: KindLaw, record: { state: string; number: string }): void {
  const is = isClosed(kind, record.state) ? 'closed' : 'open'
  if (is !== wanted) refuse('stale', `${record.number} is ${is} already.`)
}

/** How somebody stands to the customer of a record, and what they could be on it. */
export interface Standing {
  readonly personId: string
  readonly name: string
  readonly organizationId: string
  readonly organizationName: string
  /** Works at the customer. */
  readonly own: boolean
  /** The name of the level that they have there, or null. */
  readonly level: string | null
  readonly mayBePointOfContact: boolean
}

/** Why somebody cannot be point of contact, in one line; null where they can (OR-086). */
export function whyNotPointOfContact(standing: Standing, sufficient: string | undefined): string | null {
  if (standing.own || standing.mayBePointOfContact) return null
  const first = standing.name.split(' ')[0] ?? standing.name
  const remedy = sufficient ? `: give ${first} ${sufficient} first` : ''
  return standing.level === null ? `No access${remedy}.` : `${standing.level}${remedy}.`
}

/** The sentence for somebody who cannot be added, the same whether or not there is such a person (O-A22). */
export const hasNoAccess = (customerName: string): string =>
  `Only people of ${customerName} and people who have been given access to it can be named here. Give access first.`

/** A record of the kind as it will be when it is opened: what people could be on it is asked before it is there. */
export const recordToBe = ({ kind, opensAs, names }: KindLaw, title: string): RecordFact => ({
  id: recordToBeId,
  kind,
  externalId: '',
  number: names.number,
  title,
  state: opensAs,
  siteNo: null,
  attributes: {},
  reference: 'none',
  relations: [],
  partners: [],
})

/** The customer's roles that read every record of the kind, whoever is named on it. */
export function rolesThatReadAll(law: Law, kind: string): string[] {
  const action: Action = `${kind}:read`
  return [...law.homeRoles.values()]
    .filter(({ side, may }) => side === 'customer' && may.get(action)?.is === 'always')
    .map(({ role }) => role)
}
