// Whom the letters about an access reach, and the facts they tell.

import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { Letter, Recipient } from '../../context/post.ts'
import type { GrantId, OrganizationId, PersonId } from '../../kernel/ids.ts'
import { dayInWords } from '../../kernel/instant.ts'
import type { Action } from '../../law/law.ts'
import { membersOfGroups } from '../groups/steps.ts'
import { nameOf } from '../organizations/actor-rules.ts'
import { peopleWorkingAt } from '../organizations/steps.ts'
import { accessSays, accessWords } from './access-rules.ts'
import type { AccessFacts, Before } from './letters.ts'
import { endsOn, type Grant, namesInWords, peopleInWords, rolesThatMay } from './rules.ts'

interface Two {
  readonly customer: { readonly id: OrganizationId }
  readonly partner: { readonly id: OrganizationId; readonly side: string }
}

/** Both sides of an access: whoever may give at the customer; at the partner everyone, or the named people and the administrators. */
export async function bothSides(tx: WriteTx, { customer, partner }: Two, people: readonly { id: PersonId }[] | null): Promise<Recipient[]> {
  const customers: Recipient = { everyoneIn: customer.id, roles: rolesThatMay(tx.law, 'customer', 'access:give') }
  return [customers, ...(await partnerSide(tx, partner, people))]
}

/** Whom an access reaches at the partner, for letters: the person, the members of the group, or (null) everyone. */
export async function reachedByGrant(tx: ReadTx, { person, group }: Pick<Grant, 'person' | 'group'>): Promise<{ id: PersonId }[] | null> {
  if (person !== null) return [person]
  return group === null ? null : ((await membersOfGroups(tx, [group.id])).get(group.id) ?? [])
}

export async function partnerSide(tx: WriteTx, partner: Two['partner'], people: readonly { id: PersonId }[] | null): Promise<Recipient[]> {
  if (people === null) return [{ everyoneIn: partner.id }]
  const named = new Set(people.map(({ id }) => id))
  return [...named, ...(await administrators(tx, partner)).filter((id) => !named.has(id))].map((person) => ({ person }))
}

/** The partner's people who may ask for everyone, or say who is in a group. */
export async function administrators(tx: ReadTx, partner: Two['partner']): Promise<PersonId[]> {
  if (partner.side !== 'partner') return []
  const roles = ['access_request:ask_for_organization', 'group:fill'].flatMap((action) => rolesThatMay(tx.law, 'partner', action as Action))
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

/** What a letter says about grants of one access and end that were given together. */
export function factsOf(tx: WriteTx, grants: readonly [Grant, ...Grant[]], headCount: number): AccessFacts {
  const [grant] = grants
  const names = grants.flatMap(({ person }) => (person ? [person.name] : []))
  const { customer, partner, group } = grant
  return {
    customer: customer.name,
    partner: partner.name,
    who:
      group !== null
        ? `the group “${group.name}” (${partner.name})`
        : names.length === 0
          ? `everyone at ${partner.name} (${peopleInWords(headCount)} today)`
          : `${namesInWords(names, 10)} (${partner.name})`,
    level: accessWords(tx.law, grant),
    says: accessSays(tx.law, grant),
    until: dayInWords(endsOn(grant)),
    zone: customer.timeZone,
    by: nameOf(tx.actor),
    reason: grant.reason,
    link: `${tx.settings.publicUrl}/access/${grant.id}`,
  }
}

export const beforeOf = (tx: WriteTx, grant: Grant): Before => ({ level: accessWords(tx.law, grant), until: dayInWords(endsOn(grant)) })
