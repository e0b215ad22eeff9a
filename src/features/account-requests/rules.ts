// What is asked in the account's name: who may, why somebody may not, and what is kept of it on the record.
import { parseEmailAddress } from '../../kernel/email-address.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import type { AccountAskLaw, Law } from '../../law/law.ts'
import { oneLine } from '../conversations/rules.ts'

export type AccountRequests = NonNullable<Law['accountRequests']>

/** Refuses (404) where the portal knows no such requests. */
export const accountRequestsOf = ({ accountRequests }: Pick<Law, 'accountRequests'>): AccountRequests =>
  accountRequests ?? refuse('not-found', 'Nothing is asked in the name of an account on this portal.')

/** What was asked for, by its name in the definition; refuses the rest (field `asks`). */
export const askNamed = ({ asks }: AccountRequests, code: string): AccountAskLaw =>
  asks.find((ask) => ask.code === code) ??
  refuseField('asks', `There is no such request. There are: ${asks.map((ask) => ask.code).join(', ')}.`)

export interface PersonInput {
  readonly name: string
  readonly email: string
}

const longestName = 200

/** Somebody who is named where the request is about somebody, and nobody elsewhere. Whether there is such a person is not looked up. */
export function personNamed({ forPerson, name }: AccountAskLaw, person: PersonInput | undefined): PersonInput | null {
  if (!forPerson) return person === undefined ? null : refuseField('person', `“${name}” names nobody. Leave the person out.`)
  if (person === undefined) return refuseField('person', `“${name}” names somebody. Say who, with an e-mail address.`)
  const email = parseEmailAddress(person.email) ?? refuseField('person.email', 'This is no e-mail address. Write it like dana@example.com.')
  return { name: oneLine('person.name', person.name, longestName), email }
}

/** “primary contact”. */
export const roleWords = (role: string): string => role.replaceAll('_', ' ')

/** Why somebody may not ask for it, with the nearest way (OR-039). */
export function whyNot(
  law: Law,
  { countsAs }: AccountRequests,
  ask: AccountAskLaw,
  whose: 'own' | 'other',
  nearest: string | null,
): string {
  if (ask.action === null) return `Nobody asks for this here. ${ask.says}`
  const role = `Only somebody who is ${roleWords(countsAs)}`
  if (whose === 'own') return `${role} can ask for this.`
  return nearest === null
    ? `${role} of the ${law.names.customer} can ask for this.`
    : `This needs “${nearest}”, or the ${roleWords(countsAs)} of the ${law.names.customer}.`
}
