// What is asked of a check: who, may they do what, to which record; with the naive answer to each.
import { type BenchWorld, states } from '../world/bench-world.ts'
import { below, chanceFrom } from '../world/random.ts'

export const actions = ['read', 'reply', 'update'] as const
export type CheckAction = (typeof actions)[number]

export interface CheckQuestion {
  readonly person: number
  readonly record: number
  readonly action: CheckAction
  readonly right: boolean
}

const [look, update] = [1, 2]

/** The rows of the world that say something about a person or a record, found once: a portal of size L is not read anew for each question. */
export interface Known {
  /** Rows of grants in force, by customer. */
  readonly grantsOf: ReadonlyMap<number, readonly number[]>
  readonly namedOn: ReadonlyMap<number, ReadonlySet<number>>
}

/** A third about records of customers that the person's firm serves, a third about records on which the person is named, a third about any. */
export function checkQuestions(world: BenchWorld, many: number): CheckQuestion[] {
  const chance = chanceFrom(7)
  const { named, grants, records, people } = world
  const requests = Array.from({ length: many }, () => {
    let record = below(chance, records.kind.length)
    while (records.kind[record] !== 0) record = below(chance, records.kind.length)
    return record
  })
  const about = requests.map((record, place) => {
    if (place % 3 === 0) return { record, person: below(chance, people.home.length) }
    if (place % 3 === 1) return { record, person: -1 }
    let row = below(chance, named.to.length)
    while (records.kind[named.record[row] as number] !== 0) row = below(chance, named.to.length)
    return { record: named.record[row] as number, person: named.to[row] as number }
  })
  const known = knownOf(world, new Set(about.map(({ record }) => record)))
  return about.map(({ record, person: given }, place) => {
    const rows = known.grantsOf.get(records.customer[record] as number) ?? []
    const partner = grants.partner[rows[below(chance, rows.length)] ?? 0] as number
    const person = given >= 0 ? given : (people.ofPartner[partner] as number)
    const action = actions[place % 7 < 3 ? 0 : place % 7 < 5 ? 1 : 2]
    return { person, record, action, right: mayNaively(world, known, person, record, action) }
  })
}

function knownOf({ grants, records, named }: BenchWorld, asked: ReadonlySet<number>): Known {
  const customers = new Set([...asked].map((record) => records.customer[record] as number))
  const grantsOf = new Map<number, number[]>()
  for (const [row, customer] of grants.customer.entries()) {
    if (!customers.has(customer) || (grants.untilDay[row] as number) <= 0) continue
    const rows = grantsOf.get(customer)
    if (rows) rows.push(row)
    else grantsOf.set(customer, [row])
  }
  const namedOn = new Map<number, Set<number>>([...asked].map((record) => [record, new Set()]))
  for (const [row, record] of named.record.entries()) namedOn.get(record)?.add(named.to[row] as number)
  return { grantsOf, namedOn }
}

function mayNaively(world: BenchWorld, known: Known, person: number, record: number, action: CheckAction): boolean {
  const { records, people } = world
  const customer = records.customer[record] as number
  const isOpen = states[records.state[record] as number] !== 'closed'
  const isNamed = known.namedOn.get(record)?.has(person) === true
  const home = people.home[person] as number
  if (action !== 'read' && !isOpen) return false
  if (home >= 0) return home === customer && (people.manages[person] === 1 || (isNamed && action !== 'update'))
  const level = levelNaively(world, known.grantsOf.get(customer) ?? [], person, -1 - home)
  if (level < 0) return false
  return level >= (action === 'read' ? look : update) || (isNamed && action !== 'update')
}

function levelNaively({ grants }: BenchWorld, rows: readonly number[], person: number, partner: number): number {
  const own = rows.find((row) => grants.person[row] === person)
  const everyones = rows.find((row) => grants.person[row] === -1 && grants.partner[row] === partner)
  return grants.level[own ?? everyones ?? -1] ?? -1
}
