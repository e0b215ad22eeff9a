// Opening a record for a customer, in one's own name or for the customer that gave one the right to.
import type { Context } from '../../context/context.ts'
import { linesOfText, longestBody, longestTitle, oneLine } from '../conversations/rules.ts'
import { kindOf } from '../records/rules.ts'
import { type OneRecord, shownAfter } from '../records/shown-steps.ts'
import { openInside } from './opening-steps.ts'

export interface OpenInput {
  readonly kind: string
  readonly customerId: string
  /** 1 to 300 characters. */
  readonly title: string
  /** 1 to 20,000 characters. */
  readonly description: string
  /** Whoever support should talk to; whoever opens it, unless said otherwise (OR-074). */
  readonly pointOfContactId?: string | undefined
}

/**
 * Opens a record (OR-033, OR-072, OR-077). Who opened it and who is its point of contact are two fields (O-A9). The point of contact is one of the
 * customer's own people or somebody whose level allows it (OR-075, O-A8).
 */
export async function openRecord(ctx: Context, input: OpenInput): Promise<OneRecord> {
  const kind = kindOf(ctx.house.law, input.kind)
  const title = oneLine('title', input.title, longestTitle)
  const description = linesOfText('description', input.description, longestBody)
  return ctx.writing(`${kind.kind}:open`, { kind: 'customer', id: input.customerId }, async (tx) => {
    const { record } = await openInside(tx, { kind, title, description, pointOfContactId: input.pointOfContactId })
    return shownAfter(tx, record)
  })
}
