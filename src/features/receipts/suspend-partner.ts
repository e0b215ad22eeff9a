// The vendor suspends a partner: its people may do nothing anywhere until that is lifted. What they were given stands, and gives nothing meanwhile.
import type { Context, WriteTx } from '../../context/context.ts'
import { takingAway } from '../../context/taking-away.ts'
import { refuse } from '../../kernel/refusal.ts'
import { linesOfText } from '../conversations/rules.ts'
import { longestReason, rolesThatMay } from '../grants/rules.ts'
import { nameOf } from '../organizations/actor-rules.ts'
import { type Organization, organizationAt } from '../organizations/steps.ts'
import { suspendedLetter, unsuspendedLetter } from './letters.ts'
import { customersGivingTo, setSuspended } from './suspension-store.ts'

export interface SuspensionView {
  readonly partner: { readonly id: string; readonly name: string }
  readonly suspended: boolean
  /** How many customers' accesses give nothing meanwhile. */
  readonly customers: number
}

/** For whoever runs the portal. Refuses (409) a partner that is suspended already. Sessions stay, and get a no for everything. */
export function suspendPartner(ctx: Context, input: { partnerId: string; reason: string }): Promise<SuspensionView> {
  return takingAway(ctx).writing('portal:operate', { kind: 'portal' }, (tx) => change(tx, input, 'suspended'))
}

/** Lifts it: what was given and has not ended counts again from now on. Refuses (409) a partner that is not suspended. */
export function liftSuspension(ctx: Context, input: { partnerId: string; reason: string }): Promise<SuspensionView> {
  return ctx.writing('portal:operate', { kind: 'portal' }, (tx) => change(tx, input, 'unsuspended'))
}

async function change(tx: WriteTx, input: { partnerId: string; reason: string }, to: 'suspended' | 'unsuspended'): Promise<SuspensionView> {
  const partner = await organizationAt(tx, input.partnerId)
  if (partner.side !== 'partner') refuse('not-found', 'There is no such partner.')
  const reason = linesOfText('reason', input.reason, longestReason)
  if (!(await setSuspended(tx, partner.id, to === 'suspended')))
    refuse('stale', `${partner.name} is ${to === 'suspended' ? 'suspended already' : 'not suspended'}. Nothing was changed.`)
  const customers = await customersGivingTo(tx, partner.id)
  const detail = { organization: partner.name, why: reason }
  const on = { kind: 'partner', id: partner.id }
  tx.record({ what: `organization.${to}`, partnerId: partner.id, on, detail })
  for (const { id } of customers) tx.record({ what: `organization.${to}`, customerId: id, on, detail })
  tell(tx, partner, customers, reason, to)
  return { partner: { id: partner.id, name: partner.name }, suspended: to === 'suspended', customers: customers.length }
}

/** The partner's people, who may not even ask any more, and whoever manages access at each customer that gave them some. */
function tell(
  tx: WriteTx,
  partner: Organization,
  customers: readonly Pick<Organization, 'id' | 'name'>[],
  reason: string,
  to: 'suspended' | 'unsuspended',
): void {
  const letter = `partner-${to}`
  const write = to === 'suspended' ? suspendedLetter : unsuspendedLetter
  const facts = { partner: partner.name, by: nameOf(tx.actor), reason, link: `${tx.settings.publicUrl}/` }
  tx.post({
    letter,
    to: { everyoneIn: partner.id },
    ...write({ ...facts, customer: null }),
    partnerId: partner.id,
    thread: `suspension/${partner.id}`,
  })
  const roles = rolesThatMay(tx.law, 'customer', 'access:give')
  for (const { id, name } of customers) {
    const onlyIf = { action: 'access:read', on: { kind: 'customer', id } } as const
    const about = { customerId: id, partnerId: partner.id, thread: `suspension/${partner.id}/${id}`, onlyIf }
    tx.post({
      letter,
      to: { everyoneIn: id, roles },
      ...write({ ...facts, customer: name, link: `${tx.settings.publicUrl}/partners` }),
      ...about,
    })
  }
}
