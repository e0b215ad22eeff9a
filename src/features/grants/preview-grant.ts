// The live preview of the form "Give access": nothing is written, whatever is chosen.
import type { Context } from '../../context/context.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { organizationAt, peopleWorkingAt } from '../organizations/steps.ts'
import { namedPeople, partnerToGive } from './give-access.ts'
import { type AccessPreview, previewAccess, standingGrants } from './preview-steps.ts'
import { levelNamed, termUntil } from './rules.ts'
import { viewOfOne } from './steps.ts'
import type { GrantView } from './view-rules.ts'

export interface PreviewInput {
  readonly partnerId: string
  readonly personIds: readonly string[] | null
  readonly level: string
  /** Checked where it is there: the form shows what is wrong with a day before it is sent. */
  readonly endsOn?: string | undefined
}

/** With what the same grantee has now, where that is one. */
export interface GrantPreview extends AccessPreview {
  readonly existing: GrantView | null
}

/** BX-01. The same law, the same counts and the same warnings as when the access is given. */
export function previewGrant(ctx: Context, input: PreviewInput): Promise<GrantPreview> {
  const home = homeOf(ctx.actor)
  return ctx.reading('access:give', { kind: 'customer', id: home }, async (tx) => {
    const customer = await organizationAt(tx, home)
    const partner = await partnerToGive(tx, home, input.partnerId)
    const people = await peopleWorkingAt(tx, partner.id)
    const named = namedPeople(input.personIds, people, partner.name)
    const level = levelNamed(tx.law, input.level).code
    if (input.endsOn !== undefined) termUntil(input.endsOn, customer.timeZone, tx.now, tx.law)
    const levels = { everyone: named === null ? level : null, personal: new Map(named?.map(({ id }) => [id, level])) }
    const preview = await previewAccess(tx, { customer, partner, people, levels })
    const grantee = named === null ? null : named.length === 1 ? named[0]?.id : undefined
    const standing = await standingGrants(tx, customer.id, partner.id)
    const existing = standing.find((grant) => (grant.person?.id ?? null) === grantee && grant.until > tx.now)
    return { ...preview, existing: existing ? await viewOfOne(tx, existing) : null }
  })
}
