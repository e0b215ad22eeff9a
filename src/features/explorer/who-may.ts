// "Who can do this to that?" and "to what can they do it?", at this instant or an earlier one: each found by the law itself, with its sentences (BX-23).
import type { Context, ReadTx } from '../../context/context.ts'
import type { What } from '../../context/load-facts.ts'
import { isUuid } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Decision } from '../../law/decide.ts'
import type { Facts } from '../../law/facts.ts'
import type { Action } from '../../law/law.ts'
import type { Sentence } from '../../law/sentence.ts'
import { actionOf, answerFor, learns, lookedAtFor } from '../decisions/rules.ts'
import { askingOf } from './rules.ts'

export interface WhoQuestion {
  readonly action: string
  readonly record: { readonly kind: string; readonly id?: string | undefined; readonly externalId?: string | undefined }
  readonly at?: Instant | undefined
  readonly after?: string | undefined
  readonly limit: number
}

export interface FoundPerson {
  readonly person: { readonly id: string; readonly name: string; readonly organization: string }
  readonly outside: boolean
  readonly sentences: readonly Sentence[]
  readonly grant: { readonly id: string; readonly number: string } | null
  readonly until: Instant | null
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly at: Instant
  readonly next: string | null
}

/** Everybody who may, as far as the asker may learn about them: a customer about its own records, the operator about all. */
export function whoMay(ctx: Context, question: WhoQuestion): Promise<Page<FoundPerson>> {
  const { action: asking, on } = askingOf(ctx.actor)
  return ctx.reading(asking, on, async (tx) => {
    const { kind: recordKind, id, externalId } = question.record
    const what: What = id === undefined ? { kind: 'record', recordKind, externalId: externalId ?? '' } : { kind: 'record', recordKind, id }
    const action = actionOf(recordKind, question.action)
    const found = await tx.whoCan(action, what, search(tx, question), question.at)
    const shown = await stillTold(tx, action, found.items, question.at)
    const items = shown.map(({ facts, decision }): FoundPerson => {
      const { sentences, grant, until } = answerFor(tx.actor, found.law, action, facts, decision)
      const { subject, thing } = facts
      const person = { id: subject?.personId ?? '', name: subject?.name ?? '', organization: subject?.organizationName ?? '' }
      return { person, outside: subject?.organizationId !== thing?.customer?.id, sentences, grant, until }
    })
    return { items, at: question.at ?? tx.now, next: found.more ? found.endedAt : null }
  })
}

export interface WhatQuestion {
  readonly person: string
  readonly action: string
  readonly kind: string
  /** Grants, memberships, roles, relations and the definition as of then; of the records those that were there, as they are now. */
  readonly at?: Instant | undefined
  readonly after?: string | undefined
  readonly limit: number
}

export interface FoundRecord {
  readonly record: { readonly id: string; readonly kind: string; readonly number: string; readonly title: string }
  readonly customer: { readonly id: string; readonly name: string } | null
  readonly sentences: readonly Sentence[]
  readonly grant: { readonly id: string; readonly number: string } | null
  readonly until: Instant | null
}

/** Every record of a kind to which the person can do it, of those about which the asker may learn. */
export function whatMayThey(ctx: Context, question: WhatQuestion): Promise<Page<FoundRecord>> {
  const { action: asking, on } = askingOf(ctx.actor)
  return ctx.reading(asking, on, async (tx) => {
    const who = isUuid(question.person) ? { personId: question.person } : { externalId: question.person }
    const action = actionOf(question.kind, question.action)
    const found = await tx.whichThings(who, action, question.kind, search(tx, question), question.at)
    const shown = await stillTold(tx, action, found.items, question.at)
    const items = shown.flatMap(({ facts, decision }): FoundRecord[] => {
      const { record, customer } = facts.thing ?? {}
      if (!record) return []
      const { sentences, grant, until } = answerFor(tx.actor, found.law, action, facts, decision)
      const { id, kind, number, title } = record
      return [
        {
          record: { id, kind, number, title },
          customer: customer ? { id: customer.id, name: customer.name } : null,
          sentences,
          grant,
          until,
        },
      ]
    })
    return { items, at: question.at ?? tx.now, next: found.more ? found.endedAt : null }
  })
}

/** A record is told of as it is now, so a partner whose people do not see it now hears nothing of it, whatever they saw then. */
async function stillTold<F extends { facts: Facts; decision: Decision }>(
  tx: ReadTx,
  action: Action,
  found: readonly F[],
  at: Instant | undefined,
): Promise<F[]> {
  if (at === undefined || !('side' in tx.actor) || tx.actor.side !== 'partner') return [...found]
  const told: F[] = []
  for (const one of found) {
    const { subject, thing } = one.facts
    if (subject?.personId && thing && (await tx.canThey(subject.personId, action, thing.on)).decision.seen) told.push(one)
  }
  return told
}

const search = (tx: ReadTx, { limit, after }: { limit: number; after?: string | undefined }) => ({
  limit,
  after: after ?? null,
  within: lookedAtFor(tx.actor),
  keep: ({ facts, decision }: { facts: Parameters<typeof learns>[1]; decision: Parameters<typeof learns>[2] }) =>
    learns(tx.actor, facts, decision),
})
