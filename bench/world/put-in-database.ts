// Puts a generated portal into a migrated database: by COPY, as the owner of the tables, without running triggers row by row.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from } from 'pg-copy-streams'
import type { PersonActor } from '../../src/law/actors.ts'
import { oneByOne } from '../../src/platform/db/guarded-pool.ts'
import { assignments, type BenchWorld, dayMs, kinds, type Links, levels, namings, now, states, titleOf } from './bench-world.ts'
import { uuidOf } from './random.ts'

const at = (ms: number): string => new Date(ms).toISOString()
const longAgo = '2020-01-01T00:00:00Z'

const customerId = (customer: number): string => uuidOf(1, customer)
const partnerId = (partner: number): string => uuidOf(2, partner)
export const personId = (person: number): string => uuidOf(3, person)
const emailOf = (person: number): string => `u${person}@bench.example`
export const externalPerson = (person: number): string => `u${person}`
export const externalRecord = (record: number): string => `R-${record + 1}`
export const recordId = (record: number): string => String(record + 1)

/** Fills the tables and looks at them once, so that the planner knows them. */
export async function putInDatabase(owner: pg.Pool, world: BenchWorld): Promise<void> {
  for (const kind of kinds) await owner.query(`create table if not exists records_${kind} partition of records for values in ('${kind}')`)
  const client = oneByOne(await owner.connect())
  try {
    // Neither foreign keys nor other triggers run: the rows are right as they are made, and what triggers keep is built once at the end.
    await client.query('set session_replication_role = replica')
    for (const [table, rows] of Object.entries(tables)) {
      for (const piece of inPieces(rows(world), longestCopy)) {
        await pipeline(Readable.from(inPieces(piece, 500)).map(text), client.query(from(`copy ${table} from stdin`)))
      }
    }
    await client.query(`insert into record_assignments select partner_id, relation, kind, record_id, updated_at from record_partners`)
    await client.query('select recount_records()')
    await client.query(`select setval('customer_numbers', $1), setval('record_ids', $2)`, [world.size.customers, world.size.records + 1])
  } finally {
    await client.query('set session_replication_role = origin')
    client.release()
  }
  await owner.query('vacuum analyze')
}

const tables: Readonly<Record<string, (world: BenchWorld) => Iterable<string>>> = {
  'organizations (id, kind, name, external_id, customer_no)': organizations,
  'people (id, external_id, email, name)': function* ({ people }) {
    for (let n = 0; n < people.home.length; n++) yield `${personId(n)}\t${externalPerson(n)}\t${emailOf(n)}\tPerson ${n}\n`
  },
  'memberships (id, person_id, organization_id, roles, from_at)': function* (world) {
    for (let n = 0; n < world.people.home.length; n++) {
      yield `${uuidOf(4, n)}\t${personId(n)}\t${homeOf(world, n)}\t{${roleOf(world, n)}}\t${longAgo}\n`
    }
  },
  'grants (id, customer_id, partner_id, person_id, level, from_at, until_at, confirmed_at, given_at)': function* ({ grants }) {
    for (let n = 0; n < grants.customer.length; n++) {
      const person = grants.person[n] as number
      const until = at(now + (grants.untilDay[n] as number) * dayMs)
      yield `${uuidOf(5, n)}\t${customerId(grants.customer[n] as number)}\t${partnerId(grants.partner[n] as number)}\t${person < 0 ? '\\N' : personId(person)}\t${levels[grants.level[n] as number]}\t${longAgo}\t${until}\t${longAgo}\t${longAgo}\n`
    }
  },
  'records (id, kind, customer_no, external_id, number, title, state, created_at, updated_at)': function* ({ records }) {
    for (let n = 0; n < records.kind.length; n++) {
      const changed = at((records.updatedAt[n] as number) * 1000)
      yield `${n + 1}\t${kinds[records.kind[n] as number]}\t${records.customer[n]}\t${externalRecord(n)}\tSR-${n + 1}\t${titleOf(records.title[n] as number)}\t${states[records.state[n] as number]}\t${longAgo}\t${changed}\n`
    }
  },
  'record_people (kind, record_id, relation, person_id, customer_no, added_at)': function* (world) {
    for (const [link, record, to] of linksOf(world.named)) {
      yield `${kindOf(world, record)}\t${record + 1}\t${namings[link]}\t${personId(to)}\t${world.records.customer[record]}\t${longAgo}\n`
    }
  },
  'record_partners (kind, record_id, relation, partner_id, customer_no, updated_at)': function* (world) {
    for (const [link, record, to] of linksOf(world.assigned)) {
      const changed = at((world.records.updatedAt[record] as number) * 1000)
      yield `${kindOf(world, record)}\t${record + 1}\t${assignments[link]}\t${partnerId(to)}\t${world.records.customer[record]}\t${changed}\n`
    }
  },
}

const kindOf = ({ records }: BenchWorld, record: number) => kinds[records.kind[record] as number]

function* organizations({ size }: BenchWorld): Generator<string> {
  for (let n = 0; n < size.customers; n++) yield `${customerId(n)}\tcustomer\tCustomer ${n}\tc${n}\t${n}\n`
  for (let n = 0; n < size.partners; n++) yield `${partnerId(n)}\tpartner\tPartner ${n}\tp${n}\t\\N\n`
}

function* linksOf({ relation, record, to }: Links): Generator<[number, number, number]> {
  for (let n = 0; n < record.length; n++) yield [relation[n] as number, record[n] as number, to[n] as number]
}

/** Lines of one COPY: the embedded database holds all of it until it has come to its end. */
const longestCopy = 20_000

const text = (lines: readonly string[]): string => lines.join('')

function* inPieces(lines: Iterable<string>, longest: number): Generator<string[]> {
  let piece: string[] = []
  for (const line of lines) {
    if (piece.push(line) < longest) continue
    yield piece
    piece = []
  }
  if (piece.length > 0) yield piece
}

const roleOf = ({ people }: BenchWorld, person: number): string =>
  (people.home[person] as number) < 0 ? 'consultant' : people.manages[person] === 1 ? 'contact_manager' : 'contact'

function homeOf({ people }: BenchWorld, person: number): string {
  const home = people.home[person] as number
  return home < 0 ? partnerId(-1 - home) : customerId(home)
}

/** The person as somebody who is signed in. */
export function actorOf(world: BenchWorld, person: number): PersonActor {
  const home = world.people.home[person] as number
  return {
    kind: 'person',
    personId: personId(person) as PersonActor['personId'],
    name: `Person ${person}`,
    email: emailOf(person),
    organizationId: homeOf(world, person) as PersonActor['organizationId'],
    organizationName: home < 0 ? `Partner ${-1 - home}` : `Customer ${home}`,
    side: home < 0 ? 'partner' : 'customer',
    roles: [roleOf(world, person)],
    sessionId: uuidOf(6, person) as PersonActor['sessionId'],
  }
}
