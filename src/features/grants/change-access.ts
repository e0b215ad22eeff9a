// The customer changes an access, or extends it: another level, another end, or both. The old one is replaced, never edited.
import type { Context, ReadTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { linesOfText } from '../conversations/rules.ts'
import { organizationAt, peopleWorkingAt } from '../organizations/steps.ts'
import { announceChanged } from './announce-steps.ts'
import { handOver } from './hand-over-steps.ts'
import { previewAccess, refuseUnlessUnderstood } from './preview-steps.ts'
import { endsOn, type Grant, levelNamed, longestReason, refuseOver, termUntil } from './rules.ts'
import { giveGrant, grantAt, refuseChanged, viewOfOne } from './steps.ts'
import type { GrantView } from './view-rules.ts'

export interface ChangeInput {
  readonly grantId: string
  readonly level?: string | undefined
  readonly endsOn?: string | undefined
  readonly reason?: string | undefined
  readonly understood?: boolean | undefined
}

/** OR-003. The tick is asked for only where the change lets somebody do more. */
export function changeAccess(ctx: Context, input: ChangeInput): Promise<GrantView> {
  return ctx.writing('access:change', { kind: 'grant', id: input.grantId }, async (tx) => {
    const grant = await grantAt(tx, input.grantId)
    refuseOver(grant, tx.now)
    const customer = await organizationAt(tx, grant.customer.id)
    const partner = await organizationAt(tx, grant.partner.id)
    const { level, term, reason } = newTerms(tx, grant, customer.timeZone, input)
    const people = await peopleWorkingAt(tx, partner.id)
    const levels = { everyone: grant.person ? null : level, personal: new Map(grant.person ? [[grant.person.id as string, level]] : []) }
    const { warnings } = await previewAccess(tx, { customer, partner, people, levels })
    refuseUnlessUnderstood(warnings, input.understood)
    const { grant: changed, before } = await giveGrant(tx, {
      customer,
      partner,
      person: grant.person,
      level,
      term,
      reason,
      requestId: grant.requestId,
    })
    if (before?.id !== grant.id) refuseChanged()
    await announceChanged(tx, changed, grant, people.length, await handOver(tx, customer, partner))
    return viewOfOne(tx, changed)
  })
}

/** What the access will be; refuses a change that changes nothing. */
function newTerms({ law, now }: Pick<ReadTx, 'law' | 'now'>, grant: Grant, zone: string, input: ChangeInput) {
  const level = levelNamed(law, input.level ?? grant.level).code
  const term = input.endsOn === undefined ? { endsOn: endsOn(grant), until: grant.until } : termUntil(input.endsOn, zone, now, law)
  if (level === grant.level && term.until === grant.until)
    refuse('invalid-input', 'Nothing would change: it is this level until this day already.')
  return { level, term, reason: input.reason === undefined ? grant.reason : linesOfText('reason', input.reason, longestReason) }
}
