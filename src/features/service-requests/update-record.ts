// Changing a record: its title, its state, its attributes.
import type { Context, WriteTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { KindLaw } from '../../law/law.ts'
import { longestTitle, oneLine } from '../conversations/rules.ts'
import { postTo } from '../conversations/steps.ts'
import { kindOf } from '../records/rules.ts'
import { type OneRecord, shownAfter } from '../records/shown-steps.ts'
import { attributesThere, change, type RecordThere, recipientsOf, recordThere, tell } from '../records/steps.ts'
import { changedLetter } from './letters.ts'
import { type AttributeValue, attributesAfter, type Changes, changesTo, changeWords, stateChange } from './rules.ts'
import { aboutLetters } from './steps.ts'

export interface UpdateInput {
  readonly kind: string
  readonly id: string
  /** 1 to 300 characters. */
  readonly title?: string | undefined
  /** A state of the definition. Into a closed one it also needs the right to close, out of one the right to reopen (O-A18). */
  readonly state?: string | undefined
  /** Merged with what is there; null takes one away. At most 50, of at most 2,000 characters each. */
  readonly attributes?: Record<string, AttributeValue> | undefined
}

/** Changes what is named and leaves the rest (OR-027). Refuses where nothing would change (400), and where somebody else was faster (409). */
export async function updateRecord(ctx: Context, input: UpdateInput): Promise<OneRecord> {
  const kind = kindOf(ctx.house.law, input.kind)
  const title = input.title === undefined ? undefined : oneLine('title', input.title, longestTitle)
  return ctx.writing(`${kind.kind}:update`, { kind: 'record', recordKind: kind.kind, id: input.id }, async (tx) => {
    const there = recordThere(tx)
    if (input.state !== undefined) await maySetState(tx, kind, there, input.state)
    const before = await attributesThere(tx, there)
    const changes = changesTo(
      { ...there.record, attributes: before },
      { title, state: input.state, attributes: attributesAfter(before, input.attributes ?? {}) },
    )
    if (Object.keys(changes).length === 0) refuse('invalid-input', 'Nothing would change.')
    await change(tx, there, changes)
    await tellChanged(tx, kind, there, changes, before)
    return shownAfter(tx, there.record)
  })
}

async function maySetState(tx: WriteTx, kind: KindLaw, { record }: RecordThere, to: string): Promise<void> {
  const asked = stateChange(kind, record.state, to)
  if (asked !== 'close' && asked !== 'reopen') return
  const { allowed } = await tx.can(`${kind.kind}:${asked}`, { kind: 'record', recordKind: record.kind, id: record.id })
  if (!allowed) refuse('not-allowed', `You may change this, but not ${asked} it. Nothing was changed.`)
}

async function tellChanged(
  tx: WriteTx,
  kind: KindLaw,
  there: RecordThere,
  changes: Changes,
  before: Record<string, unknown>,
): Promise<void> {
  const { title, state, attributes } = changes
  const fields = [...(title === undefined ? [] : ['title']), ...(attributes === undefined ? [] : ['attributes'])].join(' and ')
  if (state !== undefined) await tell(tx, there, { what: 'state', detail: { from: there.record.state, to: state } })
  if (fields !== '') {
    const was = {
      ...(title === undefined ? {} : { title: there.record.title }),
      ...(attributes === undefined ? {} : { attributes: before }),
    }
    const is = { ...(title === undefined ? {} : { title }), ...(attributes === undefined ? {} : { attributes }) }
    await tell(tx, there, { what: 'changed', detail: { fields, before: was, after: is } })
  }
  const { about, by } = aboutLetters(tx, there)
  postTo(tx, there, await recipientsOf(tx, there), 'record-changed', changedLetter(about, by, changeWords(kind, there.record, changes)))
}
