// A person's own live sessions.
import type { Context } from '../../context/context.ts'
import { actingPerson } from '../people/steps.ts'
import { liveSessions, type Session } from './store.ts'

export interface ListedSession extends Session {
  current: boolean
}

/** The last used first; `current` marks the one that asks. Where a person signed in from is not kept, what their browser said it is, is. */
export function listSessions(ctx: Context): Promise<ListedSession[]> {
  return ctx.reading('self:manage', { kind: 'self' }, async (tx) => {
    const { personId, sessionId } = actingPerson(tx)
    const sessions = await liveSessions(tx, personId)
    return sessions.map((session) => ({ ...session, current: session.id === sessionId }))
  })
}
