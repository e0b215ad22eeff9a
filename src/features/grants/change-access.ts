// The customer changes an access, or extends it: something else, another end, or both. The old one is replaced, never edited.
import type { Context, ReadTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { linesOfText } from '../conversations/rules.ts'
import { membersOfGroups } from '../groups/steps.ts'
import { type Organization, organizationAt, peopleWorkingAt } from '../organizations/steps.ts'
import { type AccessGiven, type AccessInput, sameAccess, scopeInputOf } from './access-rules.ts'
import { announceChanged } from './announce-steps.ts'
import { handOver } from './hand-over-steps.ts'
import { forEveryone, forPeople, type Holdings, nothingHeld } from './preview-rules.ts'
import { previewAccess, refuseUnlessUnderstood } from './preview-steps.ts'
import { endsOn, type Grant, longestReason, refuseOver, termUntil } from './rules.ts'
import { accessChosen } from './scope-steps.ts'
import { giveGrant, grantAt, refuseChanged, viewOfOne } from './steps.ts'
import type { GrantView } from './view-rules.ts'

/** What of the access is left out stays as it is; `scope: null` makes it count for the whole customer. */
export interface ChangeInput extends Omit<AccessInput, 'scope'> {
  readonly scope?: AccessInput['scope'] | null
  readonly grantId: string
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
    const { access, term, reason } = await newTerms(tx, grant, customer, input)
    const people = await peopleWorkingAt(tx, partner.id)
    const { warnings } = await previewAccess(tx, { customer, partner, people, proposed: await proposedFor(tx, grant, access) })
    refuseUnlessUnderstood(warnings, input.understood)
    const { grant: changed, before } = await giveGrant(tx, {
      customer,
      partner,
      person: grant.person,
      group: grant.group,
      access,
      term,
      reason,
      requestId: grant.requestId,
      replacing: grant.id,
    })
    if (!before.some(({ id }) => id === grant.id)) refuseChanged()
    await announceChanged(tx, changed, grant, people.length, await handOver(tx, customer, partner))
    return viewOfOne(tx, changed)
  })
}

/** What would be given, beside what the same grantee has on other sites or records. */
async function proposedFor(tx: ReadTx, grant: Grant, access: AccessGiven): Promise<Holdings> {
  const { person, group } = grant
  if (person !== null) return forPeople([person], access)
  if (group === null) return forEveryone(access)
  const members = (await membersOfGroups(tx, [group.id])).get(group.id) ?? []
  return { ...nothingHeld, groups: [{ ...group, members: new Set(members.map(({ id }) => id as string)), held: [access] }] }
}

/** What the access will be; refuses a change that changes nothing. */
async function newTerms(tx: ReadTx, grant: Grant, customer: Organization, input: ChangeInput) {
  const access = await newAccess(tx, grant, customer, input)
  const term =
    input.endsOn === undefined ? { endsOn: endsOn(grant), until: grant.until } : termUntil(input.endsOn, customer.timeZone, tx.now, tx.law)
  if (sameAccess(access, grant) && term.until === grant.until)
    refuse('invalid-input', 'Nothing would change: it is this level until this day already.')
  return { access, term, reason: input.reason === undefined ? grant.reason : linesOfText('reason', input.reason, longestReason) }
}

async function newAccess(tx: ReadTx, grant: Grant, customer: Organization, { level, rights, scope }: ChangeInput): Promise<AccessGiven> {
  if (level === undefined && rights === undefined && scope === undefined) return grant
  const chosen = { level: level === undefined ? grant.level : level, rights: rights ?? grant.rights }
  // What is kept is checked again too: a scope stays only where all that is given now may be held so narrowly.
  const kept = scope === undefined ? scopeInputOf(grant.scope) : (scope ?? undefined)
  return accessChosen(tx, customer, { ...chosen, scope: kept })
}
