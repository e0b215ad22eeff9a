// The live preview of the form "Give access": nothing is written, whatever is chosen.
import type { Context } from '../../context/context.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { organizationAt, peopleWorkingAt } from '../organizations/steps.ts'
import type { AccessInput } from './access-rules.ts'
import { partnerToGive } from './give-access.ts'
import { type GranteeChoice, type Grantees, granteesChosen, holdingsFor } from './grantee-steps.ts'
import { type AccessPreview, previewAccess, standingGrants } from './preview-steps.ts'
import { type Grant, isForEveryone, termUntil } from './rules.ts'
import { accessChosen } from './scope-steps.ts'
import { viewOfOne } from './steps.ts'
import type { GrantView } from './view-rules.ts'

export interface PreviewInput extends AccessInput, GranteeChoice {
  readonly partnerId: string
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
    const access = await accessChosen(tx, customer, input)
    const grantees = await granteesChosen(tx, { customer, partner, people }, input, access)
    if (input.endsOn !== undefined) termUntil(input.endsOn, customer.timeZone, tx.now, tx.law)
    const preview = await previewAccess(tx, { customer, partner, people, proposed: holdingsFor(grantees, access) })
    const standing = await standingGrants(tx, customer.id, partner.id)
    const existing = standing.find((grant) => isTheirs(grantees, grant) && grant.until > tx.now)
    return { ...preview, existing: existing ? await viewOfOne(tx, existing) : null }
  })
}

/** Whether the grant is the one of the only grantee that was chosen. */
function isTheirs({ people, groups }: Grantees, grant: Grant): boolean {
  if (people !== null) return people.length === 1 && grant.person?.id === people[0]?.id
  if (groups === null) return isForEveryone(grant)
  return groups.length === 1 && grant.group !== null && grant.group.id === groups[0]?.group?.id
}
