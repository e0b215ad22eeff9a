// Whom the letters about an access reach, and the facts they tell.

import type { WriteTx } from '../../context/context.ts'
import type { Letter, Recipient } from '../../context/post.ts'
import type { GrantId, OrganizationId, PersonId } from '../../kernel/ids.ts'
import { levelOf } from '../../law/law.ts'
import { nameOf } from '../organizations/actor-rules.ts'
import { peopleWorkingAt } from '../organizations/steps.ts'
import type { AccessFacts, Before } from './letters.ts'
import { dayInWords, endsOn, type Grant, levelName, namesInWords, peopleInWords, rolesThatMay } from './rules.ts'

interface Two {
  readonly customer: { readonly id: OrganizationId }
  readonly partner: { readonly id: OrganizationId; readonly side: string }
}

/** Both sides of an access: whoever may give at the customer; at the partner everyone, or the named people and the administrators. */
export async function bothSides(tx: WriteTx, { customer, partner }: Two, people: readonly { id: PersonId }[] | null): Promise<Recipient[]> {
  const customers: Recipient = { everyoneIn: customer.id, roles: rolesThatMay(tx.law, 'customer', 'access:give') }
  return [customers, ...(await partnerSide(tx, partner, people))]
}

export async function partnerSide(tx: WriteTx, partner: Two['partner'], people: readonly { id: PersonId }[] | null): Promise<Recipient[]> {
  if (people === null) return [{ everyoneIn: partner.id }]
  const named = new Set(people.map(({ id }) => id))
  return [...named, ...(await administrators(tx, partner)).filter((id) => !named.has(id))].map((person) => ({ person }))
}

/** The partner's people who may ask for everyone. */
async function administrators(tx: WriteTx, partner: Two['partner']): Promise<PersonId[]> {
  if (partner.side !== 'partner') return []
  const roles = rolesThatMay(tx.law, 'partner', 'access_request:ask_for_organization')
  return (await peopleWorkingAt(tx, partner.id)).filter((person) => person.roles.some((role) => roles.includes(role))).map(({ id }) => id)
}

/** One letter to each of the recipients; whoever has moved on before it is sent, and may not see the access any more, gets none. */
export function send(
  tx: WriteTx,
  letter: string,
  content: Pick<Letter, 'subject' | 'text' | 'html'>,
  about: Two & { readonly id: GrantId; readonly thread: string },
  to: readonly Recipient[],
): void {
  const onlyIf = { action: 'access:read', on: { kind: 'grant', id: about.id } } as const
  const ids = { customerId: about.customer.id, partnerId: about.partner.id, thread: about.thread }
  tx.post(...to.map((recipient) => ({ letter, to: recipient, ...content, ...ids, onlyIf })))
}

export const threadOf = (grant: Pick<Grant, 'customer' | 'partner'>): string => `access/${grant.customer.id}/${grant.partner.id}`

/** What a letter says about grants of one level and end that were given together. */
export function factsOf(tx: WriteTx, grants: readonly [Grant, ...Grant[]], headCount: number): AccessFacts {
  const [grant] = grants
  const names = grants.flatMap(({ person }) => (person ? [person.name] : []))
  const { customer, partner, level } = grant
  return {
    customer: customer.name,
    partner: partner.name,
    who:
      names.length === 0
        ? `everyone at ${partner.name} (${peopleInWords(headCount)} today)`
        : `${namesInWords(names, 10)} (${partner.name})`,
    level: levelName(tx.law, level),
    says: levelOf(tx.law, level)?.says ?? '',
    until: dayInWords(endsOn(grant)),
    zone: customer.timeZone,
    by: nameOf(tx.actor),
    reason: grant.reason,
    link: `${tx.settings.publicUrl}/access/${grant.id}`,
  }
}

export const beforeOf = (tx: WriteTx, grant: Grant): Before => ({ level: levelName(tx.law, grant.level), until: dayInWords(endsOn(grant)) })
