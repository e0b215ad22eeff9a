// The people whose lists are measured: from the one at a firm that serves half the portal to the one who is only copied in.
import type { BenchWorld } from './bench-world.ts'
import { reachOf } from './naive-answers.ts'

export const classes = ['worst', 'big', 'mid', 'small', 'individual', 'copied-in', 'own organization'] as const
export type PeopleClass = (typeof classes)[number]

export interface Member {
  readonly is: PeopleClass
  readonly person: number
}

/** Two people of each class: at partners one without and one with grants of their own; at a customer a manager and a contact. */
export function castOf({ size, people, grants }: BenchWorld): Member[] {
  const place = (share: number) => Math.floor(size.partners * share)
  const at = (is: PeopleClass, partner: number): Member[] => [
    { is, person: (people.ofPartner[partner + 1] as number) - 1 },
    { is, person: people.ofPartner[partner] as number },
  ]
  const personal = new Map<number, number>()
  for (const [row, to] of grants.person.entries()) {
    if (to >= 0 && (grants.partner[row] as number) >= place(0.95)) personal.set(to, (personal.get(to) ?? 0) + 1)
  }
  const individuals = [...personal].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 2)
  const mid = place(0.1)
  return [
    ...at('worst', 0),
    ...at('big', place(0.025)),
    ...at('mid', mid),
    ...at('small', place(0.5)),
    ...individuals.map(([person]): Member => ({ is: 'individual', person })),
    ...at('copied-in', mid - (mid % 10) + 7),
    { is: 'own organization', person: 3 },
    { is: 'own organization', person: size.customers + 3 },
  ]
}

/** Says in one line how much a class sees, so that the figures can be read. */
export function reachInWords(world: BenchWorld, { is, person }: Member, visible: number): string {
  const { level, own } = reachOf(world, person)
  const customers = own >= 0 ? 1 : level.reduce((sum, one) => sum + (one >= 0 ? 1 : 0), 0)
  return `${is}: ${customers} customers, ${visible.toLocaleString('en')} visible`
}
