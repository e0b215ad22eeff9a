// Starting a session for somebody who has proved who they are.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Actor } from '../../law/actors.ts'
import type { Me } from '../people/rules.ts'
import { findCurrentPerson, historyOf, meOf } from '../people/steps.ts'
import { isFresh } from './rules.ts'
import { addSession, endSessions, type NewSession, sessionBegan, thinSessions } from './store.ts'

/**
 * Starts a session where the person still belongs somewhere, and ends the one that the browser had (V7.2.4): no token outlives a sign-in.
 * Undefined for a person whose membership ended: to them the answer is the same as to a wrong code.
 */
export async function startSession(
  tx: WriteTx,
  by: { id: PersonId } | { email: string },
  was: Actor,
  session: Omit<NewSession, 'personId'>,
): Promise<Me | undefined> {
  const person = await findCurrentPerson(tx, by)
  if (!person) return undefined
  if (was.kind === 'person') await endSessions(tx, was.personId, was.sessionId)
  const id = await addSession(tx, { ...session, personId: person.id })
  await thinSessions(tx, person.id)
  tx.record({
    what: 'session.started',
    ...historyOf({ side: person.organization.side, organizationId: person.organization.id }),
    on: { kind: 'person', id: person.id },
    detail: { person: person.name, how: session.how, session: id },
  })
  return meOf(tx, person)
}

/** Refuses unless the acting person signed in lately: what changes how one signs in is not done from a forgotten browser (V7.5.1). */
export async function requireFreshSignIn(tx: ReadTx): Promise<void> {
  const { actor } = tx
  const began = actor.kind === 'person' ? await sessionBegan(tx, actor.personId, actor.sessionId) : undefined
  if (began === undefined || !isFresh(began, tx.now)) {
    refuse('not-allowed', 'Sign in again first: adding a passkey needs a sign-in of the last thirty minutes.', {
      detail: { reason: 'sign-in-too-old' },
    })
  }
}
