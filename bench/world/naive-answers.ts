// The right answers, worked out from the generated numbers in the plainest way, and without the product.
import { type BenchWorld, oldest, titleOf } from './bench-world.ts'

const look = 1
const ids = 2 ** 24

/** What one person reaches: the level at each customer (-1: none), and where they see everything because it is their own. */
export interface Reach {
  readonly person: number
  readonly level: Int8Array
  readonly manages: number
  /** Their own customer, or -1. */
  readonly own: number
}

/** The grants in force to a partner or its people. */
function rowsOf({ partner, untilDay }: BenchWorld['grants'], of: number): number[] {
  const rows: number[] = []
  for (let row = 0; row < partner.length; row++) if (partner[row] === of && (untilDay[row] as number) > 0) rows.push(row)
  return rows
}

/** The level that decides at each customer: the person's own grant in force, else the one for everyone. */
export function reachOf({ size, people, grants }: BenchWorld, person: number): Reach {
  const home = people.home[person] as number
  const level = new Int8Array(size.customers).fill(-1)
  const isOwn = new Uint8Array(size.customers)
  const reaching = home < 0 ? rowsOf(grants, -1 - home) : []
  for (const row of reaching) {
    const [customer, to] = [grants.customer[row] as number, grants.person[row] as number]
    if (to === person) isOwn[customer] = 1
    if (to === person || (to === -1 && isOwn[customer] === 0)) level[customer] = grants.level[row] as number
  }
  return { person, level, own: home >= 0 ? home : -1, manages: home >= 0 && people.manages[person] === 1 ? home : -1 }
}

/** The records on which a person is named. */
function namedOn({ named }: BenchWorld, person: number): Set<number> {
  const found = new Set<number>()
  for (let row = 0; row < named.to.length; row++) if (named.to[row] === person) found.add(named.record[row] as number)
  return found
}

/** Whether the person may read the record. */
function mayRead(world: BenchWorld, reach: Reach, isNamed: boolean, record: number): boolean {
  const customer = world.records.customer[record] as number
  if (reach.own >= 0) return customer === reach.own && (reach.manages === customer || isNamed)
  const level = reach.level[customer] as number
  return level >= look || (level >= 0 && isNamed)
}

/** The records of a kind, newest first, the higher id first where two changed in one second. */
export function newestFirst({ records }: BenchWorld, kind: number): Uint32Array {
  const keys = new Float64Array(records.kind.length)
  let count = 0
  // One number holds both: seconds, then the id below them; exact, because the seconds begin where the records do.
  for (let n = 0; n < keys.length; n++) if (records.kind[n] === kind) keys[count++] = ((records.updatedAt[n] as number) - oldest) * ids + n
  const sorted = keys.subarray(0, count).sort().reverse()
  return Uint32Array.from(sorted, (key) => key % ids)
}

/** Every record of a kind that the person may read, newest first. */
export function rightList(world: BenchWorld, newest: Uint32Array, person: number): Uint32Array {
  const reach = reachOf(world, person)
  const named = namedOn(world, person)
  return newest.filter((record) => mayRead(world, reach, named.has(record), record))
}

/** Those of the list whose number or title has the text. */
export const withText = ({ records }: BenchWorld, list: Uint32Array, text: string): Uint32Array =>
  list.filter((record) => titleOf(records.title[record] as number).includes(text) || `SR-${record + 1}`.toLowerCase().includes(text))
