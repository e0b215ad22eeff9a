// The roles of one partner at one customer, as the dialog that enables and disables them shows them.
import type { ReadTx } from '../../context/context.ts'
import { groupsMadeFor, lastMembersOfGroups } from '../groups/steps.ts'
import type { Organization } from '../organizations/steps.ts'
import { standingGrants } from './preview-steps.ts'
import { endsOn, type Grant, stands } from './rules.ts'

export interface RoleView {
  readonly code: string
  readonly name: string
  readonly says: string
  readonly enabled: boolean
  readonly grantId: string | null
  readonly endsOn: string | null
  readonly group: { readonly id: string; readonly name: string; readonly members: readonly string[] } | null
  /** Who was in the last group that ended; they are not in a new one (M-A8). */
  readonly formerly: readonly string[]
}

export interface PartnerRoles {
  readonly partner: { readonly id: string; readonly name: string }
  readonly roles: readonly RoleView[]
}

/** What groups of the partner have at the customer and nobody has ended. */
export async function roleGrants(tx: ReadTx, customerId: string, partnerId: string): Promise<Grant[]> {
  return (await standingGrants(tx, customerId, partnerId)).filter((grant) => grant.group !== null && stands(grant, tx.now))
}

export async function rolesOf(tx: ReadTx, customer: Organization, partner: Organization): Promise<PartnerRoles> {
  const held = await roleGrants(tx, customer.id, partner.id)
  const made = await groupsMadeFor(tx, customer.id, partner.id)
  const members = await lastMembersOfGroups(tx, [
    ...new Set([...made.map(({ id }) => id), ...held.flatMap(({ group }) => group?.id ?? [])]),
  ])
  const names = (groupId: string) => (members.get(groupId) ?? []).map(({ name }) => name)
  const roles = tx.law.rights.map(({ code, name, says }) => {
    const grant = held.find(({ rights }) => rights.includes(code))
    const [last] = made
      .filter((group) => group.gives === code && group.endedAt !== null)
      .sort((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? 1 : -1))
    return {
      code,
      name,
      says,
      enabled: grant !== undefined,
      grantId: grant?.id ?? null,
      endsOn: grant ? endsOn(grant) : null,
      group: grant?.group ? { ...grant.group, members: names(grant.group.id) } : null,
      formerly: last ? names(last.id) : [],
    }
  })
  return { partner: { id: partner.id, name: partner.name }, roles }
}
