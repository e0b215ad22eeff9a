// The law's own no at the door, told apart from refusals that the work itself makes: it is recorded.
import type pg from 'pg'
import type { Refusal } from '../kernel/refusal.ts'
import type { Actor } from '../law/actors.ts'
import type { Decision } from '../law/decide.ts'
import type { Facts } from '../law/facts.ts'
import type { Action, Law } from '../law/law.ts'
import { refusalWhileLocked } from './focus.ts'
import { refuseUnlessTheyMayToo } from './look.ts'
import { refusalOf } from './refusal-of.ts'

export class Refused extends Error {
  readonly refusal: Refusal
  readonly facts: Facts
  readonly seen: boolean
  constructor(refusal: Refusal, facts: Facts, seen: boolean) {
    super(refusal.message)
    this.refusal = refusal
    this.facts = facts
    this.seen = seen
  }
}

interface Decided {
  readonly facts: Facts
  readonly decision: Decision
}

/** Refuses what the law does not allow, and what those may not do through whose eyes somebody looks. */
export async function refuseUnlessOpen(
  client: pg.PoolClient,
  law: Law,
  actor: Actor,
  action: Action,
  { facts, decision }: Decided,
): Promise<void> {
  if (!decision.allowed) throw new Refused(refusalOf(law, actor, action, facts, decision), facts, decision.seen)
  await refuseUnlessTheyMayToo(client, law, actor, action, facts)
}

/** Refuses what must wait until the screen is unlocked. */
export async function refuseWhileLocked(client: pg.PoolClient, actor: Actor, { facts, decision }: Decided): Promise<void> {
  const locked = await refusalWhileLocked(client, actor, facts)
  if (locked) throw new Refused(locked, facts, decision.seen)
}
