// Reads one record as its page shows it.
import type { Context } from '../../context/context.ts'
import { kindOf } from './rules.ts'
import { type OneRecord, shownRecord } from './shown-steps.ts'

/** Reads one record. What is absent and what one may not see are the same not-found (OR-020). */
export async function readRecord(ctx: Context, input: { kind: string; id: string }): Promise<OneRecord> {
  const { kind } = kindOf(ctx.house.law, input.kind)
  return ctx.reading(`${kind}:read`, { kind: 'record', recordKind: kind, id: input.id }, (tx) => shownRecord(tx, tx.facts))
}
