// Puts small worlds of any portal into a real database under fresh ids, many of them in a few statements, and tells which id is which.
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { asId, type OrganizationId, type PersonId, type RecordId, type SessionId } from '../../src/kernel/ids.ts'
import type { Instant } from '../../src/kernel/instant.ts'
import type { PersonActor } from '../../src/law/actors.ts'
import { atHour, grantRows, memberRows, type Naming, organizationRows, recordRows, relationshipRows } from './portal-rows.ts'
import type { PortalRecord, PortalWorld } from './portal-world.ts'

/** A world that is in the database. */
export interface PutWorld {
  readonly world: PortalWorld
  /** Stands at the beginning of every record's title, and in no other world's. */
  readonly prefix: string
  readonly recordIds: readonly number[]
  readonly actorOf: (person: string) => PersonActor
  readonly personId: (person: string) => PersonId
  readonly recordId: (record: string) => RecordId
  /** The small name of a record's or a person's id; undefined for one of another world. */
  readonly nameOf: (id: string | number) => string | undefined
}

/** @param now the instant of hour 0 */
export async function putPortalWorlds(owner: pg.Pool, worlds: readonly PortalWorld[], now: Instant): Promise<PutWorld[]> {
  // There is one vendor in a portal: the worlds of a database share it.
  const { rows } = await owner.query<{ id: string }>(`select id from organizations where kind = 'vendor'`)
  const vendor = rows[0]?.id
  if (vendor === undefined) throw new Error('the vendor is missing')
  const numbers = await numbersFor(owner, worlds)
  const named = worlds.map((world) => namingOf(world, vendor, numbers, now))
  const all = <T>(rowsOf: (naming: Naming) => readonly T[]): readonly T[] => named.flatMap(rowsOf)
  await into(owner, 'organizations', all(organizationRows))
  await into(
    owner,
    'people',
    all(({ world, id }) => world.people.map((one) => ({ ...personRow(id(one.id)), name: one.id }))),
  )
  await into(
    owner,
    'sites',
    all(({ world, id, no }) =>
      world.sites.map((one) => ({ site_no: no(one.id), customer_id: id(one.customer), customer_no: no(one.customer), name: one.id })),
    ),
  )
  const memberships = all(memberRows)
  await into(
    owner,
    'memberships',
    memberships.map(({ row }) => row),
  )
  await into(
    owner,
    'membership_sites',
    memberships.flatMap(({ sites }) => sites),
  )
  await into(owner, 'relationships', all(relationshipRows))
  await into(
    owner,
    'groups',
    all(({ world, id }) =>
      world.groups.map((one) => ({ id: id(one.id), partner_id: id(one.partner), name: one.id, created_at: atHour(now, -9999) })),
    ),
  )
  await into(
    owner,
    'group_members',
    all(({ world, id }) =>
      world.groups.flatMap((group) =>
        group.members.map((one) => ({
          id: randomUUID(),
          group_id: id(group.id),
          person_id: id(one.person),
          from_at: atHour(now, one.from),
          until_at: atHour(now, one.until),
        })),
      ),
    ),
  )
  const records = all(recordRows)
  await into(
    owner,
    'records',
    records.map(({ row }) => row),
  )
  await into(
    owner,
    'record_people',
    records.flatMap(({ people }) => people),
  )
  await into(
    owner,
    'record_partners',
    records.flatMap(({ partners }) => partners),
  )
  const grants = all(grantRows)
  await into(
    owner,
    'grants',
    grants.map(({ row }) => row),
  )
  await into(
    owner,
    'grant_sites',
    grants.flatMap(({ sites }) => sites),
  )
  await into(
    owner,
    'grant_records',
    grants.flatMap(({ records: covered }) => covered),
  )
  return named.map(putWorld)
}

const personRow = (id: string) => ({
  id,
  external_id: id,
  email: `${id}@small.example`,
  language: 'en',
  attributes: {},
  created_at: '2020-01-01T00:00:00Z',
})

/** Inserts rows that are alike. What a row does not name takes its default. */
async function into(owner: pg.Pool, table: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  if (rows.length === 0) return
  await owner.query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`, [
    JSON.stringify(rows),
  ])
}

/** A customer's, a site's and a record's number are given before they are put in, so that one statement can name them all. */
async function numbersFor(owner: pg.Pool, worlds: readonly PortalWorld[]): Promise<Iterator<number>[]> {
  const wanted = [
    ['customer_numbers', sumOf(worlds, (world) => world.organizations.filter(({ kind }) => kind === 'customer'))],
    ['site_numbers', sumOf(worlds, (world) => world.sites)],
    ['record_ids', sumOf(worlds, (world) => world.records)],
  ] as const
  const drawn: Iterator<number>[] = []
  for (const [sequence, many] of wanted) {
    const { rows } = await owner.query<{ n: string }>(`select nextval('${sequence}') as n from generate_series(1, ${many})`)
    drawn.push(rows.map(({ n }) => Number(n)).values())
  }
  return drawn
}

const sumOf = (worlds: readonly PortalWorld[], of: (world: PortalWorld) => readonly unknown[]): number =>
  worlds.reduce((sum, world) => sum + of(world).length, 0)

function namingOf(world: PortalWorld, vendor: string, numbers: readonly Iterator<number>[], now: Instant): Naming {
  const [customers, sites, records] = numbers
  const ids = new Map<string, string>()
  const nos = new Map<string, number>()
  const number = (name: string, from: Iterator<number> | undefined) => nos.set(name, from?.next().value as number)
  for (const { id, kind } of world.organizations) {
    ids.set(id, kind === 'vendor' ? vendor : randomUUID())
    if (kind === 'customer') number(id, customers)
  }
  for (const { id } of [...world.people, ...world.groups]) ids.set(id, randomUUID())
  for (const { id } of world.sites) number(id, sites)
  for (const { id } of world.records) number(id, records)
  return { world, prefix: randomUUID(), now, id: (name) => known(ids, name), no: (name) => known(nos, name) }
}

function known<T>(names: ReadonlyMap<string, T>, name: string): T {
  const found = names.get(name)
  if (found === undefined) throw new Error(`the world has no "${name}"`)
  return found
}

function putWorld({ world, prefix, id, no }: Naming): PutWorld {
  const names = new Map<string, string>([
    ...world.records.map((one: PortalRecord): [string, string] => [String(no(one.id)), one.id]),
    ...world.people.map((one): [string, string] => [id(one.id), one.id]),
  ])
  return {
    world,
    prefix,
    recordIds: world.records.map((one) => no(one.id)),
    personId: (name) => asId<PersonId>(id(name)),
    recordId: (name) => asId<RecordId>(String(no(name))),
    nameOf: (found) => names.get(String(found)),
    actorOf: (name) => actor(world, name, id),
  }
}

function actor(world: PortalWorld, name: string, id: (name: string) => string): PersonActor {
  const person = world.people.find((one) => one.id === name)
  const home = world.organizations.find((one) => one.id === person?.organization)
  if (!person || !home) throw new Error(`no person ${name}`)
  return {
    kind: 'person',
    personId: asId<PersonId>(id(name)),
    name,
    email: `${id(name)}@small.example`,
    organizationId: asId<OrganizationId>(id(home.id)),
    organizationName: home.id,
    side: home.kind,
    roles: person.roles,
    sessionId: asId<SessionId>(randomUUID()),
  }
}
