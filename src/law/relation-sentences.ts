// What relations say in an explanation: the partner that a record names, the customer that prefers it, the type of user and the switches.
import { holds } from '../rows/holds.ts'
import type { Question } from './facts.ts'
import { standing } from './grants-in-force.ts'
import { type Action, customersType, type Law } from './law.ts'
import type { Sentence } from './sentence.ts'
import { viewOf } from './view.ts'

/** Said where a relation allows it, or where the type of user is what decides. */
export function relationSentences(law: Law, action: Action, facts: Question): Sentence[] {
  const rule = law.rules.get(action)
  if (!rule) return []
  const view = viewOf(law, facts, standing(facts).used)
  if (!holds(rule, { ...view, gives: [], homeRoles: [] })) return []
  return [
    ...typeSentence(law, facts, view.type),
    ...switchSentences(law, facts),
    ...assignmentSentences(facts),
    ...customerSentences(facts),
  ]
}

function typeSentence(law: Law, { subject }: Question, type: string | null): Sentence[] {
  const name = type === customersType ? law.names.customer : law.partnerTypes.find(({ code }) => code === type)?.name
  return name ? [{ text: `${subject.name} uses the portal as ${name}.` }] : []
}

const switchSentences = (law: Law, { subject }: Question): Sentence[] =>
  law.switches.filter(({ code }) => subject.switches.includes(code)).map(({ name }) => ({ text: `“${name}” is on for ${subject.name}.` }))

function assignmentSentences({ subject, thing: { record } }: Question): Sentence[] {
  if (!record || record.partners.length === 0) return []
  const own = record.partners.some(({ partnerId }) => partnerId === subject.organizationId)
  const as = [
    ...new Set(record.partners.map(({ relation }) => relation.replace(/^reference\//, 'what it refers to, ').replace(/[._]/g, ' '))),
  ]
  const who = own ? subject.organizationName : `A partner of the same type and reference as ${subject.organizationName}`
  return [{ text: `${who} is named on ${record.number} as ${as.join(' and ')}.`, about: { kind: 'record', id: record.id } }]
}

const relationWords = {
  associated: 'is the customer of',
  preferred: 'prefers',
  subordinate: 'is subordinate to the customer of',
} as const

function customerSentences({ subject, thing }: Question): Sentence[] {
  return thing.related.map(({ relation, through, partnerId }) => {
    const customer = through === 'record' ? (thing.customer?.name ?? 'The customer') : 'The customer of the record it refers to'
    const partner =
      partnerId === subject.organizationId
        ? subject.organizationName
        : `a partner of the same type and reference as ${subject.organizationName}`
    return { text: `${customer} ${relationWords[relation]} ${partner}.` }
  })
}
