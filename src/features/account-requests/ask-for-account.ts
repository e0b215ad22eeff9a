// Somebody asks in the name of a customer's account: a change of the configuration, the deletion of a site, access for somebody else. It is opened like any
// other record, and carries whose word it counts as; the vendor acts on it without asking the customer again.
import type { Context, WriteTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { AccountAskLaw } from '../../law/law.ts'
import { linesOfText, longestBody, longestTitle, oneLine } from '../conversations/rules.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { accountRequestEvent } from '../records/account-request-rules.ts'
import { kindOf } from '../records/rules.ts'
import { type OneRecord, shownAfter } from '../records/shown-steps.ts'
import { actingPerson, tell } from '../records/steps.ts'
import { openInside } from '../service-requests/opening-steps.ts'
import { accountRequestsOf, askNamed, type PersonInput, personNamed, roleWords, whyNot } from './rules.ts'

export interface AskInput {
  readonly customerId: string
  /** A request of the definition. */
  readonly asks: string
  /** 1 to 300 characters. */
  readonly title: string
  /** 1 to 20,000 characters. */
  readonly description: string
  /** Whom it is about, where it is about somebody. */
  readonly person?: PersonInput | undefined
  readonly pointOfContactId?: string | undefined
}

/** OR-038. Whoever may not is refused with the reasons and what it would take (OR-039); what is reserved is refused to everybody (OR-044). */
export async function askForAccount(ctx: Context, input: AskInput): Promise<OneRecord> {
  const requests = accountRequestsOf(ctx.house.law)
  const ask = askNamed(requests, input.asks)
  const opens = `${requests.opens}:open` as const
  const on = { kind: 'customer', id: input.customerId } as const
  return ctx.writing(ask.action ?? opens, on, async (tx) => {
    if (ask.action === null) refuse('not-allowed', `${whyNot(tx.law, requests, ask, whoseOf(tx, input), null)} Nothing was asked.`)
    if (!(await tx.can(opens, on)).allowed) refuse('not-allowed', 'You cannot open anything there. Nothing was asked.')
    const kind = kindOf(tx.law, requests.opens)
    const person = personNamed(ask, input.person)
    const there = await openInside(tx, {
      kind,
      title: oneLine('title', input.title, longestTitle),
      description: linesOfText('description', input.description, longestBody),
      pointOfContactId: input.pointOfContactId,
      lines: linesFor(tx, ask, requests.countsAs, person),
    })
    const { name, organizationName } = actingPerson(tx)
    const detail = {
      asks: ask.code,
      name: ask.name,
      countsAs: roleWords(requests.countsAs),
      by: name,
      byOrganization: organizationName,
      person,
    }
    await tell(tx, there, { what: accountRequestEvent, detail: { ...detail } })
    return shownAfter(tx, there.record)
  })
}

const whoseOf = (tx: WriteTx, { customerId }: AskInput) => (homeOf(tx.actor) === customerId ? 'own' : 'other')

function linesFor({ law, facts }: WriteTx, { name }: AccountAskLaw, countsAs: string, person: PersonInput | null): string[] {
  const customer = facts.thing?.customer?.name ?? `the ${law.names.customer}`
  return [
    `It asks for: ${name}${person === null ? '' : `, for ${person.name} (${person.email})`}.`,
    `It counts as the word of the ${roleWords(countsAs)} of ${customer}: ${law.names.vendor} acts on it without asking again.`,
  ]
}
