// The vendor writes to everybody who gets a notice about some customers.
import type { Context, WriteTx } from '../../context/context.ts'
import { asId, type PersonId } from '../../kernel/ids.ts'
import { refuseField } from '../../kernel/refusal.ts'
import type { CustomerFact } from '../../law/facts.ts'
import type { NoticeLaw } from '../../law/law.ts'
import { linesOfText, oneLine } from '../conversations/rules.ts'
import { noticeLetter } from './letters.ts'

export const limits = { customers: 100, subject: 200, text: 10_000 } as const
/** So many people are asked about at once. */
const pageSize = 500

export interface SendInput {
  readonly notice: string
  /** 1 to 100. */
  readonly customerIds: readonly string[]
  /** 1 to 200 characters on one line. */
  readonly subject: string
  /** 1 to 10,000 characters. */
  readonly text: string
}

export interface Sent {
  readonly items: { readonly customer: { readonly id: string; readonly name: string }; readonly letters: number }[]
}

/**
 * OR-026, OR-032, OR-036, OR-045. To whoever the law says gets it, at the customer and at its partners; asked again when each letter is sent,
 * and with it what the reader chose.
 */
export function sendNotice(ctx: Context, input: SendInput): Promise<Sent> {
  return ctx.writing('notices:send', { kind: 'portal' }, async (tx) => {
    const notice = noticeToSend(tx, input.notice)
    const subject = oneLine('subject', input.subject, limits.subject)
    const text = linesOfText('text', input.text, limits.text)
    const items = []
    for (const customer of await customersNamed(tx, input.customerIds)) {
      const facts = {
        vendor: tx.law.names.vendor,
        customer: customer.name,
        notice: notice.name,
        subject,
        text,
        publicUrl: tx.settings.publicUrl,
      }
      const letters = await sendTo(tx, customer, notice, noticeLetter(facts))
      tx.record({
        what: 'notice.sent',
        customerId: customer.id,
        on: { kind: 'customer', id: customer.id },
        detail: { customer: customer.name, notice: notice.name, subject, letters },
      })
      items.push({ customer: { id: customer.id, name: customer.name }, letters })
    }
    return { items }
  })
}

function noticeToSend({ law }: WriteTx, code: string): NoticeLaw {
  const notice = law.notices.get(code)
  if (!notice || notice.whenOpened !== null) {
    const known = [...law.notices.values()].filter(({ whenOpened }) => whenOpened === null).map((one) => one.code)
    return refuseField('notice', `"notice" is one of: ${known.join(', ')}.`)
  }
  return notice
}

async function customersNamed(tx: WriteTx, ids: readonly string[]): Promise<CustomerFact[]> {
  const named = [...new Set(ids)]
  if (named.length === 0 || named.length > limits.customers) refuseField('customerIds', `Name 1 to ${limits.customers} customers.`)
  const facts = await tx.factsOfPairs(named.map((id) => ({ who: { personId: '' }, on: { kind: 'customer', id } })))
  return facts.map(({ thing }, index) => thing?.customer ?? refuseField(`customerIds.${index}`, 'There is no such customer.'))
}

async function sendTo(tx: WriteTx, customer: CustomerFact, { code }: NoticeLaw, content: ReturnType<typeof noticeLetter>): Promise<number> {
  const on = { kind: 'customer', id: customer.id } as const
  const onlyIf = { action: `notice:${code}`, on } as const
  let letters = 0
  for (let after: string | null = null, more = true; more; ) {
    const page = await tx.whoCan(onlyIf.action, on, { limit: pageSize, after, keep: () => true })
    for (const { id } of page.items) {
      tx.post({ letter: 'notice', to: { person: asId<PersonId>(id) }, ...content, customerId: customer.id, notice: code, onlyIf })
      letters++
    }
    after = page.endedAt
    more = page.more
  }
  return letters
}
