// Whether a record is what the portal definition says of its kind: its state, who is named on it and how, its fields, its whole and its reference.
import type { FieldType, KindLaw, Law } from '../../law/law.ts'
import type { LineFault } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type RecordLine = LineOf<'record'>

/** What is wrong with it whatever stands here: a kind, a whole, a reference or a name that cannot be. */
export function recordMisfit(line: RecordLine, { kinds }: Law): LineFault | undefined {
  const kind = kinds.get(line.recordKind)
  if (!kind) return { field: 'recordKind', expected: `expected a kind of record of the portal definition: ${[...kinds.keys()].join(', ')}` }
  return placeFault(line, kind) ?? namesFault(line, kind) ?? fieldsFault(line.attributes ?? {}, kind)
}

/** @param state what the line says, or what stands */
export function stateFault(state: string | undefined, { states, names }: KindLaw): LineFault | undefined {
  if (states.some(({ code }) => code === state)) return undefined
  return { field: 'state', expected: `expected a state of a ${names.one}: ${states.map(({ code }) => code).join(', ')}` }
}

/** Where it belongs: a site is a customer's; a part is part of a whole of the right kind. */
function placeFault({ customer, site, partOf, refersTo }: RecordLine, { parents, refersTo: kindReferred }: KindLaw): LineFault | undefined {
  if (site && customer === null) return { field: 'site', expected: "expected none: a record that is nobody's is at no site" }
  if (partOf && !parents.includes(partOf.recordKind))
    return { field: 'partOf.recordKind', expected: expectedKind('that this one is part of', parents) }
  if (refersTo && refersTo.recordKind !== kindReferred)
    return { field: 'refersTo.recordKind', expected: expectedKind('that this one refers to', kindReferred === null ? [] : [kindReferred]) }
  return undefined
}

const expectedKind = (what: string, kinds: readonly string[]) =>
  kinds.length > 0 ? `expected a kind ${what}: ${kinds.join(', ')}` : `expected nothing here: there is no kind ${what}`

function namesFault({ contacts = [], partners = [] }: RecordLine, kind: KindLaw): LineFault | undefined {
  const contact = contacts.findIndex(({ relation }) => !kind.people.includes(relation))
  if (contact >= 0) return { field: `contacts.${contact}.relation`, expected: expectedRelation('people', kind.people, kind) }
  const partner = partners.findIndex(({ relation }) => !kind.partners.includes(relation))
  return partner < 0 ? undefined : { field: `partners.${partner}.relation`, expected: expectedRelation('partners', kind.partners, kind) }
}

const expectedRelation = (whom: string, relations: readonly string[], { names }: KindLaw) =>
  relations.length > 0
    ? `expected how ${whom} are named on a ${names.one}: ${relations.join(', ')}`
    : `expected no ${whom}: none are named on a ${names.one}`

const is: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
}
const words: Readonly<Record<FieldType, string>> = { text: 'text', number: 'a number', boolean: 'true or false', list: 'a list of texts' }

function fieldsFault(attributes: Readonly<Record<string, unknown>>, { fields }: KindLaw): LineFault | undefined {
  for (const [name, type] of fields) {
    if (Object.hasOwn(attributes, name) && !is[type](attributes[name]))
      return { field: `attributes.${name}`, expected: `expected ${words[type]}` }
  }
  return undefined
}
