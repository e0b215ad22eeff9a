// Asks a letter's question again, for its reader, at the moment of sending.
import type { WriteTx } from '../../context/context.ts'
import type { OnlyIf, Question } from '../../context/post.ts'
import { isInForce } from '../../law/grants-in-force.ts'
import { isWaiting } from '../access-requests/steps.ts'

/** Whether the law says yes to all of it now; nothing to ask is a yes. Nobody is no person: whoever is not known gets no answer. */
export async function holdsNow(tx: WriteTx, personId: string | null, onlyIf: OnlyIf | null): Promise<boolean> {
  if (onlyIf === null) return true
  if (personId === null) return false
  if ('all' in onlyIf) return (await answers(tx, personId, onlyIf.all)).every(Boolean)
  if ('any' in onlyIf) return (await answers(tx, personId, onlyIf.any)).some(Boolean)
  return isYes(tx, personId, onlyIf)
}

async function answers(tx: WriteTx, personId: string, parts: readonly OnlyIf[]): Promise<boolean[]> {
  const all: boolean[] = []
  for (const part of parts) all.push(await holdsNow(tx, personId, part))
  return all
}

async function isYes(tx: WriteTx, personId: string, { action, on, while: state }: Question): Promise<boolean> {
  const { decision, facts } = await tx.canThey(personId, action, on)
  if (!decision.allowed || state === undefined) return decision.allowed
  if (state === 'waiting') return on.kind === 'access_request' && (await isWaiting(tx, on.id))
  const grant = facts.thing?.grant
  return grant != null && isInForce(grant, tx.now)
}
