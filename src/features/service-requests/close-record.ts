// Closing a record, with a last word if one likes.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { postTo, write } from '../conversations/steps.ts'
import { kindOf } from '../records/rules.ts'
import { type OneRecord, shownAfter } from '../records/shown-steps.ts'
import { change, recipientsOf, recordThere, tell } from '../records/steps.ts'
import { closedLetter } from './letters.ts'
import { mustBe } from './rules.ts'
import { aboutLetters } from './steps.ts'

/** Closes an open record; a last word (1 to 20,000 characters) also needs the right to answer. A closed one is refused (409). */
export async function closeRecord(ctx: Context, input: { kind: string; id: string; body?: string | undefined }): Promise<OneRecord> {
  const kind = kindOf(ctx.house.law, input.kind)
  const on = { kind: 'record', recordKind: kind.kind, id: input.id } as const
  return ctx.writing(`${kind.kind}:close`, on, async (tx) => {
    const there = recordThere(tx)
    mustBe('open', kind, there.record)
    if (input.body !== undefined && !(await tx.can(`${kind.kind}:reply`, on)).allowed)
      refuse('not-allowed', 'You may close this, but not answer it. Nothing was changed.')
    const message = input.body === undefined ? undefined : await write(tx, there, input.body)
    await change(tx, there, { state: kind.closesAs })
    await tell(tx, there, {
      what: 'closed',
      detail: { from: there.record.state, to: kind.closesAs, ...(message ? { message: message.id } : {}) },
    })
    const { about, by } = aboutLetters(tx, there)
    postTo(tx, there, await recipientsOf(tx, there), 'record-closed', closedLetter(about, by, message?.body))
    return shownAfter(tx, there.record)
  })
}
