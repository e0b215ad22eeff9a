// AuthZEN searches: who can do it, to what, and what can they do. Each result is one for which an evaluation says yes, to the same asker.
import type { Context, ReadTx } from '../../context/context.ts'
import type { What } from '../../context/load-facts.ts'
import { decide } from '../../law/decide.ts'
import type { Action } from '../../law/law.ts'
import { askAction } from '../../law/law.ts'
import type { Entity, NamedAction } from './evaluate.ts'
import { actionNames, actionOf, askedBy, learns, lookedAtFor, mayLearn, resourceOf } from './rules.ts'

/** Which part of the results is asked for. */
export interface Part {
  readonly limit: number
  /** The place where the page before ended; null: from the start. */
  readonly after: string | null
}

export interface Results {
  /** External ids, or names of actions. */
  readonly names: readonly string[]
  /** The place where the following page starts; undefined: there is none. */
  readonly next: string | null | undefined
}

const none: Results = { names: [], next: undefined }

/** The users who can do the action to the resource. */
export function searchSubjects(
  ctx: Context,
  { subjectType, action, resource }: { readonly subjectType: string; readonly action: NamedAction; readonly resource: Entity },
  part: Part,
): Promise<Results> {
  return asking(ctx, async (tx) => {
    const of = resourceOf(tx.law, resource.type)
    if (subjectType !== 'user' || !of) return none
    const on: What = { ...of, externalId: resource.id }
    const asked = actionOf(resource.type, action.name)
    if (await isForeign(tx, asked, on)) return none
    const said = askedBy(tx.actor, { action: action.properties, resource: resource.properties })
    return found(await tx.whoCan(asked, on, { ...part, ...forAsker(tx), asked: said }))
  })
}

/** The resources of the type to which the user can do the action. */
export function searchResources(
  ctx: Context,
  { subject, action, resourceType }: { readonly subject: Entity; readonly action: NamedAction; readonly resourceType: string },
  part: Part,
): Promise<Results> {
  return asking(ctx, async (tx) => {
    const of = resourceOf(tx.law, resourceType)
    if (subject.type !== 'user' || !of) return none
    const who = { externalId: subject.id }
    const asked = actionOf(resourceType, action.name)
    const { facts } = await tx.canThey(who, asked, ownThing(tx))
    if (!facts.subject || !mayLearn(tx.actor, facts)) return none
    const said = askedBy(tx.actor, { subject: subject.properties, action: action.properties })
    const kind = of.kind === 'record' ? of.recordKind : null
    return found(await tx.whichThings(who, asked, kind, { ...part, ...forAsker(tx), asked: said }))
  })
}

/** The actions that the user can do to the resource, in the order of the definition. */
export function searchActions(
  ctx: Context,
  { subject, resource }: { readonly subject: Entity; readonly resource: Entity },
  { limit, after }: Part,
): Promise<Results> {
  return asking(ctx, async (tx) => {
    const of = resourceOf(tx.law, resource.type)
    if (subject.type !== 'user' || !of) return none
    const names = actionNames(tx.law, of)
    const said = askedBy(tx.actor, { subject: subject.properties, resource: resource.properties })
    const { facts } = await tx.canThey({ externalId: subject.id }, askAction, { ...of, externalId: resource.id }, tx.now, said)
    const can = names.slice(after === null ? 0 : names.indexOf(after) + 1).filter((name) => {
      const decision = decide(tx.law, actionOf(resource.type, name), facts)
      return decision.allowed && learns(tx.actor, facts, decision)
    })
    return can.length > limit ? { names: can.slice(0, limit), next: can[limit - 1] ?? after } : { names: can, next: undefined }
  })
}

const asking = (ctx: Context, work: (tx: ReadTx) => Promise<Results>): Promise<Results> => ctx.reading(askAction, { kind: 'portal' }, work)

type Search = Parameters<ReadTx['whoCan']>[2]

/** What has no external id cannot be named to a caller. */
const forAsker = ({ actor }: ReadTx): Pick<Search, 'within' | 'keep'> => ({
  within: lookedAtFor(actor),
  keep: ({ externalId, facts, decision }) => externalId !== null && learns(actor, facts, decision),
})

const found = ({ items, more, endedAt }: Awaited<ReturnType<ReadTx['whichThings']>>): Results => ({
  names: items.map(({ externalId }) => externalId ?? ''),
  next: more ? endedAt : undefined,
})

/** A customer's key learns of no other customer, not even by how long a search takes or whether it has a next page. */
async function isForeign(tx: ReadTx, action: Action, on: What): Promise<boolean> {
  const { actor } = tx
  if (actor.kind !== 'key' || actor.side !== 'customer') return false
  const { facts } = await tx.canThey({ externalId: '' }, action, on)
  return facts.thing?.customer?.id !== actor.organizationId
}

/** The thing on which the asker may learn of somebody at all. */
function ownThing({ actor }: ReadTx): What {
  return actor.kind === 'key' && actor.side === 'customer' ? { kind: 'customer', id: actor.organizationId ?? '' } : { kind: 'self' }
}
