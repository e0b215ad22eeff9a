// A person signs out: here, in one other place, or everywhere.
import type { Context } from '../../context/context.ts'
import type { AuditEntry } from '../../context/record.ts'
import { takingAway } from '../../context/taking-away.ts'
import { asThemselves, forThisSession } from '../../context/themselves.ts'
import { asId, isUuid } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { PersonActor } from '../../law/actors.ts'
import { actingPerson, historyOf } from '../people/steps.ts'
import { endSessions } from './store.ts'

const self = { kind: 'self' } as const

/** Ends the session that asks, and a look with it; its token opens nothing from then on (V7.4.1). */
export function signOut(ctx: Context): Promise<void> {
  return takingAway(asThemselves(forThisSession(ctx))).writing('self:manage', self, async (tx) => {
    const actor = actingPerson(tx)
    await endSessions(tx, actor.personId, actor.sessionId)
    tx.record(ended(actor, actor.sessionId))
  })
}

/** Ends one of the person's sessions, for instance on a lost telephone (V7.5.2). Refuses `not-found` for anybody else's. */
export function endSession(ctx: Context, id: string): Promise<void> {
  return takingAway(ctx).writing('self:manage', self, async (tx) => {
    const actor = actingPerson(tx)
    const wasLive = isUuid(id) && (await endSessions(tx, actor.personId, asId(id))) > 0
    if (!wasLive) refuse('not-found', 'There is no such session, or it has ended.')
    tx.record(ended(actor, id))
  })
}

const ended = (actor: PersonActor, session: string): AuditEntry => ({
  what: 'session.ended',
  ...historyOf(actor),
  on: { kind: 'person', id: actor.personId },
  detail: { person: actor.name, session },
})

/** Ends all of the person's sessions, the one that asks included. */
export function signOutEverywhere(ctx: Context): Promise<void> {
  return takingAway(ctx).writing('self:manage', self, async (tx) => {
    const actor = actingPerson(tx)
    const count = await endSessions(tx, actor.personId)
    tx.record({
      what: 'session.ended_everywhere',
      ...historyOf(actor),
      on: { kind: 'person', id: actor.personId },
      detail: { person: actor.name, count },
    })
  })
}
