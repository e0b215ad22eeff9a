// What ended with somebody's entry and what is left, as the receipt says it to whoever let them go, and as letters say it to each customer.
import type { Law } from '../../law/law.ts'
import { grantNumber, namesInWords } from '../grants/rules.ts'

/** What the database answers: every path that was, with the customer's id where it led to one. */
export interface LetGo {
  readonly sessions: number
  readonly keys: readonly string[]
  readonly keysLeft: readonly string[]
  readonly groups: readonly { readonly group: string; readonly customer: string | null }[]
  /** Customers that give everyone at the organization access. */
  readonly everyone: readonly string[]
  readonly grants: readonly {
    readonly id: string
    readonly number: number
    readonly customer: string
    readonly level: string | null
    readonly rights: readonly string[]
  }[]
  readonly requests: readonly { readonly id: string; readonly number: number; readonly customer: string | null }[]
  readonly handedOver: readonly { readonly number: string; readonly customer: string; readonly to: string }[]
  /** Open records that keep them as point of contact, because the customer has nobody for it. */
  readonly withoutHeir: readonly { readonly number: string; readonly customer: string }[]
  readonly copied: readonly { readonly customer: string; readonly count: number }[]
  /** The names of all customers that are told, by id. */
  readonly customers: Readonly<Record<string, string>>
}

export interface Receipt {
  readonly ended: readonly string[]
  readonly left: readonly string[]
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** What ended at one customer and what is left there; for the customer itself also the requests that stood before it (O-A14: for nobody else). */
export function atCustomer(
  law: Law,
  { person, organization }: { person: string; organization: string },
  all: LetGo,
  customer: string,
): Receipt {
  const here = <T extends { readonly customer: string | null }>(some: readonly T[]): T[] => some.filter((one) => one.customer === customer)
  const level = (code: string | null) => law.levels.find((one) => one.code === code)?.name
  const right = (code: string) => law.rights.find((one) => one.code === code)?.name ?? code
  const groups = here(all.groups)
  const handed = Map.groupBy(here(all.handedOver), ({ to }) => to)
  const copied = here(all.copied)[0]?.count ?? 0
  const kept = here(all.withoutHeir)
  return {
    ended: [
      ...here(all.grants).map(
        (one) => `Personal access ${grantNumber(one.number)} ended: ${[level(one.level) ?? [], one.rights.map(right)].flat().join(', ')}.`,
      ),
      ...groups.map(({ group }) => `${person} is no longer in the group “${group}”.`),
      ...(copied > 0 ? [`${person} is no longer copied in on ${counted(copied, 'record', 'records')}.`] : []),
      ...[...handed].map(
        ([to, some]) =>
          `${to} is now the point of contact of ${namesInWords(
            some.map(({ number }) => number),
            10,
          )}.`,
      ),
    ],
    left: [
      ...(all.everyone.includes(customer) ? [`Everyone at ${organization} still has access; ${person} is not among them any more.`] : []),
      ...(groups.length > 0 ? [`The others in the group keep what it has.`] : []),
      ...(kept.length > 0
        ? [
            `Nobody could take over ${namesInWords(
              kept.map(({ number }) => number),
              10,
            )}: name a point of contact there.`,
          ]
        : []),
    ],
  }
}

/** What ended without any customer, and what is left. */
export function atHome({ person, organization }: { person: string; organization: string }, all: LetGo): Receipt {
  return {
    ended: [
      `${person} does not belong to ${organization} any more.`,
      all.sessions === 0 ? 'No session was open.' : `${counted(all.sessions, 'session', 'sessions')} ended: signed out everywhere.`,
      ...(all.keys.length > 0 ? [`${counted(all.keys.length, 'API key', 'API keys')} ended: ${all.keys.join(', ')}.`] : []),
      ...all.groups.filter(({ customer }) => customer === null).map(({ group }) => `No longer in the group “${group}”.`),
      ...(all.requests.length > 0
        ? [
            `Withdrawn: ${namesInWords(
              all.requests.map(({ number }) => `R-${number}`),
              10,
            )}.`,
          ]
        : []),
    ],
    left: [
      ...(all.keysLeft.length > 0
        ? [
            `Still in use: ${counted(all.keysLeft.length, 'API key', 'API keys')} of ${organization} (${all.keysLeft.join(', ')}). Whoever has seen one can use it.`,
          ]
        : []),
    ],
  }
}

/** The customers that whoever let them go may know of: a request alone does not say before whom it stands (O-A14). */
export const customersShown = ({ groups, grants, handedOver, withoutHeir, copied, everyone }: LetGo): Set<string> =>
  new Set([...everyone, ...[groups, grants, handedOver, withoutHeir, copied].flat().flatMap(({ customer }) => customer ?? [])])
