// A Decision Maker (whoever may give access) says which roles a partner holds, and who is to be told: what differs is saved in one transaction.
import type { Context, WriteTx } from '../../context/context.ts'
import { addPeriod, localDateOf } from '../../kernel/instant.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { AllowanceLaw } from '../../law/law.ts'
import { groupFor, groupInUse, membersOfGroups } from '../groups/steps.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { type Organization, organizationAt, peopleWorkingAt } from '../organizations/steps.ts'
import { type AccessGiven, accessWords, type ScopeInput } from './access-rules.ts'
import { announceGiven } from './announce-steps.ts'
import { partnerToGive } from './give-access.ts'
import { handOver } from './hand-over-steps.ts'
import { outsideLetter } from './letters.ts'
import { type HeldByGroup, nothingHeld } from './preview-rules.ts'
import { previewAccess, refuseUnlessUnderstood } from './preview-steps.ts'
import { endAccess } from './removal-steps.ts'
import { addressesNamed, refuseTooManyTold, roleChanges, rolesNamed } from './role-rules.ts'
import { type PartnerRoles, roleGrants, rolesOf } from './role-steps.ts'
import { termUntil } from './rules.ts'
import { accessChosen } from './scope-steps.ts'
import { giveGrant } from './steps.ts'
import { addressesTold } from './store.ts'

export interface SetRolesInput {
  readonly partnerId: string
  /** The codes of the roles that are to be held; those left out are disabled. */
  readonly roles: readonly string[]
  /** E-mail addresses, separated by commas. */
  readonly notify: string
  /** The last day of what is enabled by this; left out: the usual term of the portal. */
  readonly endsOn?: string | undefined
  /** For roles that are enabled by this and may be held so narrowly. */
  readonly scope?: ScopeInput | undefined
  readonly understood?: boolean | undefined
}

export function readRoles(ctx: Context, input: { partnerId: string }): Promise<PartnerRoles> {
  const home = homeOf(ctx.actor)
  return ctx.reading('access:give', { kind: 'customer', id: home }, async (tx) => {
    rolesNamed(tx.law, [])
    return rolesOf(tx, await organizationAt(tx, home), await partnerToGive(tx, home, input.partnerId))
  })
}

/** MI-002 to MI-005, MI-017 to MI-029. At most 100 addresses are told in an hour (429). Where nothing differs, it says so, and nothing is saved or sent. */
export function setRoles(ctx: Context, input: SetRolesInput): Promise<PartnerRoles> {
  const home = homeOf(ctx.actor)
  return ctx.writing('access:give', { kind: 'customer', id: home }, async (tx) => {
    const wanted = rolesNamed(tx.law, input.roles)
    const customer = await organizationAt(tx, home)
    const partner = await partnerToGive(tx, home, input.partnerId)
    const { enable, disable } = roleChanges(await roleGrants(tx, home, partner.id), wanted)
    const addresses = addressesNamed(input.notify, enable.length > 0)
    if (enable.length === 0 && disable.length === 0)
      refuse('invalid-input', 'Nothing would change: the partner has these roles already. Nothing was sent.')
    refuseTooManyTold(await addressesTold(tx), addresses.length)
    if (disable.length > 0 && !(await tx.can('access:remove', { kind: 'customer', id: home })).allowed)
      refuse('not-allowed', 'You may not remove access. Nothing was changed.')
    for (const grant of disable) await endAccess(tx, customer, grant, null)
    await enableRoles(tx, { customer, partner, enable, input })
    const off = disable.map((grant) => accessWords(tx.law, grant))
    const on = enable.map(({ name }) => name)
    const content = outsideLetter({ customer: customer.name, partner: partner.name, on, off })
    const about = { customerId: customer.id, partnerId: partner.id, thread: `access/${customer.id}/${partner.id}` }
    tx.post(...addresses.map((address) => ({ letter: 'partner-roles-changed', to: { address }, ...content, ...about })))
    return rolesOf(tx, customer, partner)
  })
}

interface Enabling {
  readonly customer: Organization
  readonly partner: Organization
  readonly enable: readonly AllowanceLaw[]
  readonly input: SetRolesInput
}

/** Each role has a group of its own, which is empty until an administrator of the partner fills it (MI-009, MI-010). */
async function enableRoles(tx: WriteTx, { customer, partner, enable, input }: Enabling): Promise<void> {
  if (enable.length === 0) return
  const usual = addPeriod(localDateOf(tx.now, customer.timeZone), tx.law.term.default)
  const term = termUntil(input.endsOn ?? usual, customer.timeZone, tx.now, tx.law)
  const accesses: { role: AllowanceLaw; access: AccessGiven }[] = []
  for (const role of enable) accesses.push({ role, access: await accessChosen(tx, customer, { rights: [role.code], scope: input.scope }) })
  const people = await peopleWorkingAt(tx, partner.id)
  const groups: HeldByGroup[] = []
  for (const { role, access } of accesses) {
    const used = await groupInUse(tx, customer.id, partner.id, role.code)
    const members = used ? ((await membersOfGroups(tx, [used.id])).get(used.id) ?? []) : []
    const name = used?.name ?? `${customer.name} ${role.name}`
    groups.push({ id: used?.id ?? role.code, name, members: new Set(members.map(({ id }) => id as string)), held: [access] })
  }
  const { warnings } = await previewAccess(tx, { customer, partner, people, proposed: { ...nothingHeld, groups } })
  refuseUnlessUnderstood(warnings, input.understood)
  for (const { role, access } of accesses) {
    const group = await groupFor(tx, { customer, partner, gives: role })
    const given = await giveGrant(tx, { customer, partner, person: null, group, access, term, reason: null, requestId: null })
    await announceGiven(tx, [given], people.length, await handOver(tx, customer, partner))
  }
}
