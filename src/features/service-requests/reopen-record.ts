// Opening a closed record again.
import type { Context } from '../../context/context.ts'
import { postTo } from '../conversations/steps.ts'
import { kindOf } from '../records/rules.ts'
import { type OneRecord, shownAfter } from '../records/shown-steps.ts'
import { change, recipientsOf, recordThere, tell } from '../records/steps.ts'
import { reopenedLetter } from './letters.ts'
import { mustBe } from './rules.ts'
import { aboutLetters } from './steps.ts'

/** Opens a closed record again (O-A18). An open one is refused (409). */
export async function reopenRecord(ctx: Context, input: { kind: string; id: string }): Promise<OneRecord> {
  const kind = kindOf(ctx.house.law, input.kind)
  return ctx.writing(`${kind.kind}:reopen`, { kind: 'record', recordKind: kind.kind, id: input.id }, async (tx) => {
    const there = recordThere(tx)
    mustBe('closed', kind, there.record)
    await change(tx, there, { state: kind.reopensAs })
    await tell(tx, there, { what: 'reopened', detail: { from: there.record.state, to: kind.reopensAs } })
    const { about, by } = aboutLetters(tx, there)
    postTo(tx, there, await recipientsOf(tx, there), 'record-reopened', reopenedLetter(about, by))
    return shownAfter(tx, there.record)
  })
}
