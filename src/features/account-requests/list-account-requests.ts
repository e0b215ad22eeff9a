// What somebody may ask for in the name of a customer's account, and of the rest why not, with the nearest way.
import type { Context, ReadTx } from '../../context/context.ts'
import { explain } from '../../law/explain.ts'
import type { AccountAskLaw, Action } from '../../law/law.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import { type AccountRequests, accountRequestsOf, whyNot } from './rules.ts'

export interface AccountRequestChoice {
  readonly code: string
  readonly name: string
  readonly says: string
  readonly forPerson: boolean
  readonly may: boolean
  /** Why not, in a sentence; null where they may. */
  readonly why: string | null
}

/** In the order of the definition; nothing where the portal knows no such requests. Needs the right to open one there at all. */
export function listAccountRequests(ctx: Context, input: { customerId: string }): Promise<AccountRequestChoice[]> {
  if (ctx.house.law.accountRequests === null) return Promise.resolve([])
  const { opens } = accountRequestsOf(ctx.house.law)
  const on = { kind: 'customer', id: input.customerId } as const
  return ctx.reading(`${opens}:open`, on, async (tx) => {
    const requests = accountRequestsOf(tx.law)
    const choices: AccountRequestChoice[] = []
    for (const ask of requests.asks) choices.push(await choiceOf(tx, requests, ask, input.customerId))
    return choices
  })
}

async function choiceOf(tx: ReadTx, requests: AccountRequests, ask: AccountAskLaw, customerId: string): Promise<AccountRequestChoice> {
  const { code, name, says, forPerson, action } = ask
  const asked = action === null ? null : await askedOf(tx, action, customerId)
  if (asked?.may) return { code, name, says, forPerson, may: true, why: null }
  const whose = homeOf(tx.actor) === customerId ? 'own' : 'other'
  return { code, name, says, forPerson, may: false, why: whyNot(tx.law, requests, ask, whose, asked?.nearest ?? null) }
}

/** The law's answer, and what it would take. */
async function askedOf(tx: ReadTx, action: Action, customerId: string): Promise<{ may: boolean; nearest: string | null }> {
  const { decision, facts, law } = await tx.canThey(personOf(tx.actor) ?? '', action, { kind: 'customer', id: customerId })
  return { may: decision.allowed, nearest: explain(law, action, facts, decision).nearest?.name ?? null }
}
