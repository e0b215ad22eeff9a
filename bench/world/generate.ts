// Generates a portal of a size with the skew that real ones have: a few partners serve thousands of customers, most serve a handful.
import { type BenchGrants, type BenchPeople, type BenchRecords, type BenchWorld, type Links, now, oldest } from './bench-world.ts'
import { below, type Chance, chanceFrom } from './random.ts'
import type { Size } from './sizes.ts'

/** Partners from here on have no grant for everyone: each of their customers named one person. */
const individualsFrom = (size: Size): number => Math.floor(size.partners * 0.95)
/** Partners whose customers gave everyone there no more than being copied in. */
const copiesOnly = (partner: number): boolean => partner % 10 === 7

export function generate(size: Size, seed = 41): BenchWorld {
  const chance = chanceFrom(seed)
  const people = generatePeople(size, chance)
  const grants = generateGrants(size, people, chance)
  const records = generateRecords(size, chance)
  const partnersOf = partnersOfCustomers(size, grants)
  return {
    size,
    people,
    grants,
    records,
    named: generateNamed(size, people, records, partnersOf, chance),
    assigned: generateAssigned(size, records, partnersOf, chance),
  }
}

/** Three in five work at customers, the others at partners: two at each, and the rest where most customers are. */
function generatePeople({ customers, partners, people }: Size, chance: Chance): BenchPeople {
  const atCustomers = Math.floor(people * 0.6)
  const many = new Int32Array(partners).fill(2)
  for (let n = people - atCustomers - 2 * partners; n > 0; n--) {
    const partner = Math.floor(partners ** chance()) - 1
    many[partner] = (many[partner] as number) + 1
  }
  const home = new Int32Array(people)
  const manages = new Uint8Array(people)
  for (let n = 0; n < atCustomers; n++) {
    home[n] = n % customers
    manages[n] = n < customers ? 1 : 0
  }
  const ofPartner = new Int32Array(partners + 1)
  let next = atCustomers
  for (let partner = 0; partner < partners; partner++) {
    ofPartner[partner] = next
    for (let n = many[partner] as number; n > 0; n--) home[next++] = -1 - partner
  }
  ofPartner[partners] = next
  return { home, manages, ofPartner }
}

const sumOf = (size: Size, a: number): number => {
  let sum = 0
  for (let k = 1; k <= size.partners; k++) sum += servedBy(size, a, k)
  return sum
}
const servedBy = (size: Size, a: number, k: number): number => Math.max(1, Math.min(size.cap, Math.round(a * k ** -1.5)))

/** The number A for which the partners together serve as many customers as there are grants for everyone. */
function skewOf(size: Size): number {
  let [low, high] = [1, size.grants * 100]
  while (high - low > 1) {
    const middle = (low + high) / 2
    if (sumOf(size, middle) < size.grants * 0.97) low = middle
    else high = middle
  }
  return high
}

function generateGrants(size: Size, people: BenchPeople, chance: Chance): BenchGrants {
  const a = skewOf(size)
  const room = Math.ceil(size.grants * 1.1) + size.partners
  const rows = { customer: new Int32Array(room), partner: new Int32Array(room), person: new Int32Array(room), level: new Uint8Array(room) }
  let count = 0
  const add = (customer: number, partner: number, person: number, level: number) => {
    rows.customer[count] = customer
    rows.partner[count] = partner
    rows.person[count] = person
    rows.level[count++] = level
  }
  const chosen = new Int32Array(size.customers).fill(-1)
  for (let partner = 0; partner < size.partners; partner++) {
    for (let n = servedBy(size, a, partner + 1); n > 0; n--) {
      const customer = notYet(chosen, partner, chance)
      const person = partner < individualsFrom(size) ? -1 : personOf(people, partner, chance)
      add(customer, partner, person, copiesOnly(partner) ? 0 : usualLevel(chance))
    }
  }
  personalGrants(rows, count, size, people, chance, add)
  const until = Int16Array.from({ length: count }, () => (chance() < 0.05 ? -below(chance, 300) : 1 + below(chance, 700)))
  const cut = <T extends Int32Array | Uint8Array>(column: T): T => column.slice(0, count) as T
  return { customer: cut(rows.customer), partner: cut(rows.partner), person: cut(rows.person), level: cut(rows.level), untilDay: until }
}

/** Look and higher nearly always; now and then everyone is only copied in. */
const usualLevel = (chance: Chance): number => [0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5][below(chance, 13)] as number

function notYet(chosen: Int32Array, partner: number, chance: Chance): number {
  for (;;) {
    const customer = below(chance, chosen.length)
    if (chosen[customer] === partner) continue
    chosen[customer] = partner
    return customer
  }
}

function personOf({ ofPartner }: BenchPeople, partner: number, chance: Chance): number {
  const from = ofPartner[partner] as number
  return from + below(chance, (ofPartner[partner + 1] as number) - from)
}

/** Three in a hundred go to one person beside the grant for everyone: a fifth copied in only, a fifth lower, the others higher. */
function personalGrants(
  rows: Pick<BenchGrants, 'customer' | 'partner' | 'person' | 'level'>,
  given: number,
  size: Size,
  people: BenchPeople,
  chance: Chance,
  add: (customer: number, partner: number, person: number, level: number) => void,
): void {
  const taken = new Set<string>()
  while (taken.size < Math.floor(size.grants * 0.03)) {
    const beside = below(chance, given)
    const [customer, partner, level] = [rows.customer[beside] as number, rows.partner[beside] as number, rows.level[beside] as number]
    // The last two people of a partner hold no grant of their own: they are the ones whose lists are measured.
    const person = Math.min(personOf(people, partner, chance), (people.ofPartner[partner + 1] as number) - 3)
    if (rows.person[beside] !== -1 || person < (people.ofPartner[partner] as number) || taken.has(`${customer} ${person}`)) continue
    taken.add(`${customer} ${person}`)
    const sort = chance()
    add(customer, partner, person, sort < 0.2 ? 0 : sort < 0.4 ? Math.max(level - 1, 0) : Math.min(level + 1, 5))
  }
}

function generateRecords(size: Size, chance: Chance): BenchRecords {
  const records = {
    kind: new Uint8Array(size.records),
    customer: new Int32Array(size.records),
    updatedAt: new Uint32Array(size.records),
    state: new Uint8Array(size.records),
    title: new Uint32Array(size.records),
  }
  for (let n = 0; n < size.records; n++) {
    const sort = chance()
    records.kind[n] = sort < 0.7 ? 0 : sort < 0.95 ? 1 : 2
    // Some customers have many times more records than others.
    records.customer[n] = Math.floor(size.customers * chance() ** 1.5)
    records.updatedAt[n] = oldest + below(chance, now / 1000 - oldest)
    records.state[n] = chance() < 0.7 ? 5 : below(chance, 5)
    records.title[n] = below(chance, 1_000_000)
  }
  return records
}

/** For each customer the partners that a grant names, one after the other. */
interface PartnersOf {
  readonly starts: Int32Array
  readonly partner: Int32Array
}

function partnersOfCustomers(size: Size, grants: BenchGrants): PartnersOf {
  const starts = new Int32Array(size.customers + 1)
  for (const customer of grants.customer) starts[customer + 1] = (starts[customer + 1] as number) + 1
  for (let c = 0; c < size.customers; c++) starts[c + 1] = (starts[c + 1] as number) + (starts[c] as number)
  const next = starts.slice()
  const partner = new Int32Array(grants.customer.length)
  for (const [row, customer] of grants.customer.entries()) {
    const place = next[customer] as number
    partner[place] = grants.partner[row] as number
    next[customer] = place + 1
  }
  return { starts, partner }
}

function somePartner({ starts, partner }: PartnersOf, customer: number, chance: Chance): number {
  const from = starts[customer] as number
  const many = (starts[customer + 1] as number) - from
  return many === 0 ? -1 : (partner[from + below(chance, many)] as number)
}

/** Somebody of the customer opened each record; on three in ten, somebody of a partner is an additional contact. */
function generateNamed(size: Size, people: BenchPeople, records: BenchRecords, partnersOf: PartnersOf, chance: Chance): Links {
  const links = linksFor(size.records * 1.5)
  for (let record = 0; record < size.records; record++) {
    const customer = records.customer[record] as number
    links.add(record, customer + size.customers * below(chance, 3), 0)
    const partner = chance() < 0.3 ? somePartner(partnersOf, customer, chance) : -1
    if (partner >= 0) links.add(record, personOf(people, partner, chance), 1)
  }
  return links.all()
}

/** About nine rows for ten records: mostly partners that the customer gave access, some that it gave none. */
function generateAssigned(size: Size, records: BenchRecords, partnersOf: PartnersOf, chance: Chance): Links {
  const links = linksFor(size.records * 2)
  for (let record = 0; record < size.records; record++) {
    for (const relation of [0, 1]) {
      if (chance() >= 0.45) continue
      const known = chance() < 0.8 ? somePartner(partnersOf, records.customer[record] as number, chance) : -1
      links.add(record, known >= 0 ? known : Math.floor(size.partners ** chance()) - 1, relation)
    }
  }
  return links.all()
}

function linksFor(room: number) {
  const links = { record: new Int32Array(room), to: new Int32Array(room), relation: new Uint8Array(room) }
  let count = 0
  return {
    add(record: number, to: number, relation: number): void {
      links.record[count] = record
      links.to[count] = to
      links.relation[count++] = relation
    },
    all: (): Links => ({
      record: links.record.subarray(0, count),
      to: links.to.subarray(0, count),
      relation: links.relation.subarray(0, count),
    }),
  }
}
