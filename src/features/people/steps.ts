// Who a person is now, for everybody who signs them in, shows them or writes to them.
import type { ReadTx } from '../../context/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { PersonActor } from '../../law/actors.ts'
import type { Me } from './rules.ts'
import { describeMe } from './rules.ts'
import { type CurrentPerson, currentPerson } from './store.ts'

export type { CurrentPerson } from './store.ts'

/** The person with the address or id who belongs somewhere at this instant. */
export const findCurrentPerson = (tx: ReadTx, by: { id: PersonId } | { email: string }): Promise<CurrentPerson | undefined> =>
  currentPerson(tx, by)

/** The person who acts. A key is none, and has neither profile nor sessions. */
export function actingPerson(tx: ReadTx): PersonActor {
  if (tx.actor.kind === 'person') return tx.actor
  return refuse('not-allowed', 'An API key is no person: it has no profile, no sessions and no passkeys.')
}

/** A person as they see themselves. */
export const meOf = (tx: ReadTx, person: CurrentPerson): Me => describeMe(person, tx.law, tx.settings.sendsMail)

/** Whose history shows what a person does with their own account: that of their organization. */
export function historyOf(person: { side: string; organizationId: string }): { customerId?: string; partnerId?: string } {
  if (person.side === 'customer') return { customerId: person.organizationId }
  return person.side === 'partner' ? { partnerId: person.organizationId } : {}
}
