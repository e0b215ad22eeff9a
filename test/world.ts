// A world for a test: its own database, a set clock, and builders that put organizations, people, grants and records straight on the stage.
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { type Context, createContext } from '../src/context/context.ts'
import type { Clock, House } from '../src/context/house.ts'
import type { AccessRequestId, GrantId, OrganizationId, PersonId, RecordId, SessionId } from '../src/kernel/ids.ts'
import { addMilliseconds, type Instant } from '../src/kernel/instant.ts'
import type { Actor, KeyActor, PersonActor } from '../src/law/actors.ts'
import type { Side } from '../src/law/law.ts'
import type { Relation } from '../src/rows/expression.ts'
import { type DatabaseKind, quiet, testDatabase } from './database.ts'

export interface TestOrganization {
  readonly id: OrganizationId
  readonly name: string
  readonly side: Side
  readonly customerNo: number | null
  readonly timeZone: string
}
export interface TestPerson {
  readonly id: PersonId
  readonly name: string
  readonly email: string
  readonly organization: TestOrganization
  readonly roles: readonly string[]
}
export interface TestRecord {
  readonly id: RecordId
  readonly number: string
  readonly customer: TestOrganization
}

interface RecordOptions {
  kind?: string
  title?: string
  state?: string
  updatedAt?: Instant
  people?: Readonly<Record<Relation, TestPerson | TestPerson[]>>
  messages?: { author: TestPerson; body: string }[]
}
interface GrantOptions {
  from?: Instant
  until?: Instant
  reason?: string
  givenBy?: TestPerson
  confirmed?: boolean
}

export type World = Awaited<ReturnType<typeof createWorld>>

/** The instant at which a world starts; any fixed one would do. */
export const worldStart = '2026-11-21T10:00:00.000Z' as Instant
const farBack = '2020-01-01T00:00:00.000Z' as Instant

export async function createWorld(kind: DatabaseKind = 'embedded', portal?: string) {
  const stage = await testDatabase(kind, portal)
  const clock: SetClock = { kind: 'set', at: worldStart }
  const settings = { publicUrl: 'http://localhost:3000', sendsMail: true, demo: false, fileLimit: 10_000_000 }
  const house: House = { database: stage.database, clock, log: quiet, settings, law: stage.law }
  return { ...(await worldOn(house, stage.owner, clock)), stage, close: stage.close }
}

export type SetClock = Clock & { kind: 'set' }

/** The builders of a world in a house that somebody else opened, whose clock can be set. */
export async function worldOn(house: House, owner: pg.Pool, clock: SetClock) {
  const build = builders(owner, clock)
  const vendor = await build.organization('vendor', 'Meridia')
  return {
    ...build,
    house,
    clock,
    vendor,
    /** Sets the instant of every later question, in TypeScript and in SQL. */
    setClock: (at: string) => {
      clock.at = at as Instant
    },
    passDays: (days: number) => {
      clock.at = addMilliseconds(clock.at, days * 86_400_000)
    },
    /** The context in which a person acts. */
    as: (person: TestPerson): Context => createContext(house, actorOf(person), 'test'),
    withKey: (organization: TestOrganization, operator = false): Context => createContext(house, keyOf(organization, operator), 'test'),
    asActor: (actor: Actor): Context => createContext(house, actor, 'test'),
  }
}

export function actorOf(person: TestPerson): PersonActor {
  const { id, name, email, organization, roles } = person
  return {
    kind: 'person',
    personId: id,
    name,
    email,
    organizationId: organization.id,
    organizationName: organization.name,
    side: organization.side,
    roles,
    sessionId: randomUUID() as unknown as SessionId,
  }
}

function keyOf(organization: TestOrganization, operator: boolean): KeyActor {
  return { kind: 'key', keyId: null, name: 'test key', side: organization.side, organizationId: organization.id, operator }
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)

function builders(owner: pg.Pool, clock: { at: Instant }) {
  const insert = async <T>(text: string, values: unknown[]): Promise<T> => (await owner.query(text, values)).rows[0] as T
  const base = organizationBuilders(insert)
  return {
    ...base,
    relationship: async (customer: TestOrganization, partner: TestOrganization) => {
      await insert('insert into relationships (customer_id, partner_id, from_at) values ($1, $2, $3)', [customer.id, partner.id, farBack])
    },
    /** A grant in force from long ago for a year from now, unless said otherwise; null person: everyone at the partner. */
    grant: async (customer: TestOrganization, to: TestOrganization | TestPerson, level: string, options: GrantOptions = {}) => {
      const person = 'organization' in to ? to : null
      const partner = 'organization' in to ? to.organization : to
      const row = await insert<{ id: string; number: number }>(
        `insert into grants (customer_id, partner_id, person_id, level, from_at, until_at, confirmed_at, reason, given_by, given_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $5) returning id, number`,
        [
          customer.id,
          partner.id,
          person?.id ?? null,
          level,
          options.from ?? farBack,
          options.until ?? addMilliseconds(clock.at, 365 * 86_400_000),
          options.confirmed === false ? null : (options.from ?? farBack),
          options.reason ?? null,
          options.givenBy?.id ?? null,
        ],
      )
      return { id: row.id as GrantId, number: row.number }
    },
    record: (customer: TestOrganization, options: RecordOptions = {}) => insertRecord(insert, customer, clock.at, options),
    /** Letters in the outbox, oldest first. */
    letters: async () =>
      (
        await owner.query<{ letter: string; subject: string; body_text: string; to: string; state: string }>(
          'select o.letter, o.subject, o.body_text, o.state, coalesce(p.email, o.to_address) as to from outbox o left join people p on p.id = o.to_person_id order by o.created_at, o.subject',
        )
      ).rows,
    audit: async () =>
      (
        await owner.query<{ what: string; actor_name: string; detail: Record<string, unknown>; customer_id: string | null }>(
          'select * from audit_entries order by id',
        )
      ).rows,
    accessRequestId: (id: string) => id as AccessRequestId,
  }
}

async function insertRecord(insert: Insert, customer: TestOrganization, now: Instant, options: RecordOptions): Promise<TestRecord> {
  const { kind = 'service_request', title = 'Robot arm stops', state = 'active', updatedAt: at = now } = options
  const { customerNo } = customer
  const row = await insert<{ id: number; number: string }>(
    `insert into records (kind, customer_no, external_id, number, title, state, created_at, updated_at)
     select $1, $2, n, n, $3, $4, $5, $5 from (select 'SR-' || nextval('record_numbers') as n) as next returning id, number`,
    [kind, customerNo, title, state, at],
  )
  const named = Object.entries(options.people ?? {}).flatMap(([relation, people]) => [people].flat().map(({ id }) => ({ relation, id })))
  for (const { relation, id } of named) {
    await insert(
      'insert into record_people (kind, record_id, relation, person_id, customer_no, added_at) values ($1, $2, $3, $4, $5, $6)',
      [kind, row.id, relation, id, customerNo, at],
    )
  }
  for (const { author, body } of options.messages ?? []) {
    await insert(
      `insert into messages (kind, record_id, customer_no, author_id, author_name, author_organization_id, body, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [kind, row.id, customerNo, author.id, author.name, author.organization.id, body, at],
    )
  }
  return { id: String(row.id) as RecordId, number: row.number, customer }
}

type Insert = <T>(text: string, values: unknown[]) => Promise<T>

function organizationBuilders(insert: Insert) {
  const organization = async (
    side: Side,
    name: string,
    timeZone = 'Europe/Madrid',
    externalId = `${slug(name)}-${randomUUID().slice(0, 8)}`,
  ): Promise<TestOrganization> => {
    const row = await insert<{ id: string; customer_no: number | null }>(
      `insert into organizations (kind, name, time_zone, email_domain, external_id, customer_no)
       values ($1, $2, $3, $4, $5, case when $1 = 'customer' then nextval('customer_numbers') end) returning id, customer_no`,
      [side, name, timeZone, `${slug(name)}.example`, externalId],
    )
    return { id: row.id as OrganizationId, name, side, customerNo: row.customer_no, timeZone }
  }
  return {
    organization,
    customer: (name = 'Acme Robotics', timeZone?: string) => organization('customer', name, timeZone),
    partner: (name = 'Larkfield Consulting') => organization('partner', name),
    person: async (
      at: TestOrganization,
      name: string,
      roles: string[],
      email = `${slug(name)}.${randomUUID().slice(0, 8)}@${slug(at.name)}.example`,
    ): Promise<TestPerson> => {
      const row = await insert<{ id: string }>('insert into people (email, name, external_id) values ($1, $2, $1) returning id', [
        email.toLowerCase(),
        name,
      ])
      await insert('insert into memberships (person_id, organization_id, roles, from_at) values ($1, $2, $3, $4)', [
        row.id,
        at.id,
        roles,
        farBack,
      ])
      return { id: row.id as PersonId, name, email: email.toLowerCase(), organization: at, roles }
    },
  }
}
