// Puts a small world into a real database under fresh ids, in a few statements, and tells which id is which.
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { OrganizationId, PersonId, RecordId } from '../../src/kernel/ids.ts'
import { addMilliseconds, type Instant } from '../../src/kernel/instant.ts'
import type { PersonActor } from '../../src/law/actors.ts'
import type { SmallWorld } from './small-world.ts'

export interface PutIn {
  readonly actorOf: (person: string) => PersonActor
  readonly personId: (person: string) => PersonId
  readonly recordId: (record: string) => RecordId
  /** The small name of a record's id, or undefined for a record of another world. */
  readonly recordOf: (id: string | number) => string | undefined
}

const hour = 3_600_000

/** @param now the instant of hour 0 */
export async function putIn(owner: pg.Pool, world: SmallWorld, now: Instant): Promise<PutIn> {
  const at = (hours: number | null) => (hours === null ? null : addMilliseconds(now, hours * hour))
  const ids = new Map<string, string>([...world.organizations, ...world.people].map(({ id }) => [id, randomUUID()]))
  const id = (name: string) => ids.get(name) as string
  // There is one vendor in a portal: every world of a database shares it.
  const { rows: vendors } = await owner.query<{ id: string }>(`select id from organizations where kind = 'vendor'`)
  for (const { id: name, kind } of world.organizations) if (kind === 'vendor' && vendors[0]) ids.set(name, vendors[0].id)

  await rowsInto(
    owner,
    `insert into organizations (id, kind, name, customer_no, suspended_at)
    select id, kind, name, case when kind = 'customer' then nextval('customer_numbers') end, suspended_at
    from jsonb_to_recordset($1) as r(id uuid, kind text, name text, suspended_at timestamptz) on conflict (id) do nothing`,
    world.organizations.map(({ id: name, kind, suspended }) => ({ id: id(name), kind, name, suspended_at: suspended ? at(-1) : null })),
  )
  await rowsInto(
    owner,
    `insert into people (id, external_id, email, name) select id, id::text, id::text || '@small.example', name from jsonb_to_recordset($1) as r(id uuid, name text)`,
    world.people.map(({ id: name }) => ({ id: id(name), name })),
  )
  await rowsInto(
    owner,
    `insert into memberships (person_id, organization_id, roles, from_at, until_at)
    select person, home, array(select jsonb_array_elements_text(roles)), from_at, until_at from jsonb_to_recordset($1) as r(person uuid, home uuid, roles jsonb, from_at timestamptz, until_at timestamptz)`,
    world.people.map((person) => ({
      person: id(person.id),
      home: id(person.organization),
      roles: person.roles,
      from_at: at(person.from),
      until_at: at(person.until),
    })),
  )
  await rowsInto(
    owner,
    `insert into grants (customer_id, partner_id, person_id, level, from_at, until_at, confirmed_at, given_at, ended_at, end_kind)
    select customer, partner, person, level, from_at, until_at, confirmed_at, from_at, ended_at, case when ended_at is null then null else 'removed' end
    from jsonb_to_recordset($1) as r(customer uuid, partner uuid, person uuid, level text, from_at timestamptz, until_at timestamptz, confirmed_at timestamptz, ended_at timestamptz)`,
    world.grants.map((grant) => ({
      customer: id(grant.customer),
      partner: id(grant.partner),
      person: grant.person && id(grant.person),
      level: grant.level,
      from_at: at(grant.from),
      until_at: at(grant.until),
      confirmed_at: grant.confirmed ? at(-1000) : null,
      ended_at: at(grant.endedAt),
    })),
  )
  const records = await putRecords(owner, world, id, now)
  const names = new Map([...records].map(([name, recordId]) => [recordId, name]))
  return {
    personId: (name) => id(name) as PersonId,
    recordId: (name) => records.get(name) as RecordId,
    recordOf: (recordId) => names.get(String(recordId) as RecordId),
    actorOf: (name) => actor(world, name, id),
  }
}

const rowsInto = (owner: pg.Pool, text: string, rows: readonly object[]) => owner.query(text, [JSON.stringify(rows)])

async function putRecords(owner: pg.Pool, world: SmallWorld, id: (name: string) => string, now: Instant): Promise<Map<string, RecordId>> {
  const prefix = randomUUID()
  const { rows } = await owner.query<{ id: number; title: string }>(
    `insert into records (kind, customer_no, external_id, number, title, state, created_at, updated_at)
     select 'service_request', o.customer_no, $2 || r.name, r.name, r.name, r.state, $3, $3
     from jsonb_to_recordset($1) as r(name text, customer uuid, state text) join organizations o on o.id = r.customer returning id, title`,
    [JSON.stringify(world.records.map(({ id: name, customer, state }) => ({ name, customer: id(customer), state }))), prefix, now],
  )
  const records = new Map(rows.map((row) => [row.title, String(row.id) as RecordId]))
  await rowsInto(
    owner,
    `insert into record_people (kind, record_id, relation, person_id, customer_no, added_at)
    select 'service_request', record, relation, person, (select customer_no from records where kind = 'service_request' and id = record), now()
    from jsonb_to_recordset($1) as r(record bigint, relation text, person uuid)`,
    world.records.flatMap((record) =>
      record.named.map(({ person, relation }) => ({ record: Number(records.get(record.id)), relation, person: id(person) })),
    ),
  )
  return records
}

function actor(world: SmallWorld, name: string, id: (name: string) => string): PersonActor {
  const person = world.people.find((one) => one.id === name)
  const home = world.organizations.find((one) => one.id === person?.organization)
  if (!person || !home) throw new Error(`no person ${name}`)
  return {
    kind: 'person',
    personId: id(name) as PersonId,
    name,
    email: `${name}@small.example`,
    organizationId: id(home.id) as OrganizationId,
    organizationName: home.id,
    side: home.kind,
    roles: person.roles,
    sessionId: randomUUID() as never,
  }
}
