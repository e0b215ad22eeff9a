// Whom the letters about a link reach: whoever asks at the partner, and whoever answers at the customer and at the vendor.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { Letter } from '../../context/post.ts'
import type { OrganizationId } from '../../kernel/ids.ts'
import type { Action } from '../../law/law.ts'
import { rolesThatMay } from '../grants/rules.ts'
import { theVendor } from '../organizations/steps.ts'

type Content = Pick<Letter, 'subject' | 'text' | 'html'>
export interface Two {
  readonly customer: { readonly id: OrganizationId }
  readonly partner: { readonly id: OrganizationId }
}

const about = ({ customer, partner }: Two) => ({
  customerId: customer.id,
  partnerId: partner.id,
  thread: `link/${customer.id}/${partner.id}`,
})

/** The address of the page where a partner meets its contacts for the customer. */
export const contactsPage = (tx: ReadTx, customerId: string): string => `${tx.settings.publicUrl}/contacts/${customerId}`

export function toAskers(tx: WriteTx, letter: string, content: Content, two: Two): void {
  const ask: Action = 'link:ask'
  const to = { everyoneIn: two.partner.id, roles: rolesThatMay(tx.law, 'partner', ask) }
  tx.post({ letter, to, ...content, ...about(two), onlyIf: { action: ask, on: { kind: 'partner', id: two.partner.id } } })
}

export async function toAnswerers(tx: WriteTx, letter: string, content: Content, two: Two): Promise<void> {
  const answer: Action = 'link:answer'
  const customers = rolesThatMay(tx.law, 'customer', answer)
  const vendors = rolesThatMay(tx.law, 'vendor', answer)
  if (customers.length > 0) {
    const onlyIf = { action: answer, on: { kind: 'customer', id: two.customer.id } } as const
    tx.post({ letter, to: { everyoneIn: two.customer.id, roles: customers }, ...content, ...about(two), onlyIf })
  }
  if (vendors.length > 0) {
    const onlyIf = { action: answer, on: { kind: 'portal' } } as const
    tx.post({ letter, to: { everyoneIn: (await theVendor(tx)).id, roles: vendors }, ...content, ...about(two), onlyIf })
  }
}
