// A session that looks through somebody's eyes (BX-01): what of it the door opens, and how the database is told. It shows one customer's things and changes none.
import type pg from 'pg'
import { Refusal } from '../kernel/refusal.ts'
import type { Actor, Look } from '../law/actors.ts'
import { decide } from '../law/decide.ts'
import type { Facts, On } from '../law/facts.ts'
import { type Action, isReading, type Law } from '../law/law.ts'
import { loadFacts } from './load-facts.ts'
import type { Mode } from './opening.ts'

/** The look of the actor's session, or null. */
export const lookOf = (actor: Actor): Look | null => (actor.kind === 'person' && actor.look) || null

const changesNothing = 'You are only looking, through the eyes of somebody else. Nothing was changed. Stop looking first.'
const notPartOfIt =
  'This is no part of a look: it shows what they see of the customer, and nothing of their own account or firm. Stop looking first.'
const isOver = 'The look is over, so nothing is shown. Stop it to go back to your own screen.'

/** Why the door stays shut to a look before anything is asked; null: it need not. Where there is no look it never does. */
export function refusalOfLook(law: Law, actor: Actor, mode: Mode, action: Action, on: On): Refusal | null {
  if (actor.kind !== 'person') return null
  if (actor.lookIsOver) return new Refusal('look-over', isOver)
  const { look } = actor
  if (!look) return null
  if (mode === 'writing') return new Refusal('looking', changesNothing)
  return isPartOf(law, look, actor.organizationId, action, on) ? null : new Refusal('looking', notPartOfIt)
}

/** What no part of a look is, and every change, is refused before its input is read; the door refuses it once more. */
export function refuseOutsideLook(actor: Actor, mode: Mode): void {
  if (actor.kind !== 'person') return
  if (actor.lookIsOver) throw new Refusal('look-over', isOver)
  if (actor.look) throw new Refusal('looking', mode === 'writing' ? changesNothing : notPartOfIt)
}

/** The customer's records of the kinds that the look shows; and of everything else what is read about the customer, or what its partner was given. */
function isPartOf(law: Law, look: Look, partnerId: string, action: Action, on: On): boolean {
  const [of = ''] = action.split(':')
  if (law.kinds.has(of)) return look.kinds.includes(of) && (on.kind !== 'customer' || on.id === look.customer.id)
  if (!isReading(action)) return false
  if (on.kind === 'customer') return on.id === look.customer.id
  if (on.kind === 'partner') return on.id === partnerId && action === 'access:read'
  return on.kind === 'grant'
}

/** What is asked of the customer or of an access is shown only where whoever looks may see it too. Of records the kinds have said so already. */
export async function refuseUnlessTheyMayToo(
  client: pg.PoolClient,
  law: Law,
  actor: Actor,
  action: Action,
  { at, thing }: Facts,
): Promise<void> {
  const look = lookOf(actor)
  if (!look || !thing || !['customer', 'grant'].includes(thing.on.kind)) return
  const { facts } = await loadFacts(client, law, look.by, thing.on, at)
  if (!decide(law, action, facts).allowed) throw new Refusal('looking', notPartOfIt)
}

/** Tells the database what the policies of a look ask; in an open transaction, until its end. */
export async function tellLook(client: pg.PoolClient, { customer, kinds }: Look): Promise<void> {
  await client.query(`select set_config('app.look_customer', $1, true), set_config('app.look_kinds', $2, true)`, [
    customer.number,
    kinds.join(','),
  ])
}

/** The person whose session it is, who looks or whose look is over; everybody else is themselves. */
export function themselves(actor: Actor): Actor {
  if (actor.kind !== 'person' || !(actor.look || actor.lookIsOver)) return actor
  if (actor.look) return actor.look.by
  const { lookIsOver: _, ...self } = actor
  return self
}
