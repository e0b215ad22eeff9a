// People and where they are and were at home, as an import and an export read and write them.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'

export interface PersonRow {
  readonly id: string
  readonly named: string
  readonly email: string
  readonly name: string
  readonly language: string
  readonly time_zone: string | null
  readonly attributes: unknown
  readonly membership_id: string | null
  readonly home_kind: 'vendor' | 'customer' | 'partner' | null
  readonly home: string | null
  readonly roles: string[] | null
  readonly site_roles: SiteRole[] | null
  readonly switches: string[] | null
  readonly from_at: Date | null
}

/** A role at a single site of the home. */
type SiteRole = { role: string; site: string }

const siteRoles = sql.raw(`(select jsonb_agg(jsonb_build_object('role', n.role, 'site', coalesce(s.external_id, s.site_no::text)))
  from membership_sites n join sites s on s.site_no = n.site_no where n.membership_id = m.id) as site_roles`)

async function people(tx: ReadTx, where: RawBuilder<unknown>): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select p.id, coalesce(p.external_id, p.id::text) as named, p.email, p.name, p.language, p.time_zone, p.attributes,
      m.id as membership_id, o.kind as home_kind, coalesce(o.external_id, o.id::text) as home, m.roles, m.switches, ${siteRoles}, m.from_at
    from people p left join memberships m on m.person_id = p.id and m.until_at is null left join organizations o on o.id = m.organization_id where ${where}`.execute(
    tx.sql,
  )
  return rows
}

export const peopleNamed = (tx: ReadTx, names: readonly string[]) =>
  people(tx, sql`p.external_id = any (${[...names]}::text[]) or (p.external_id is null and p.id = any (${names.filter(isUuid)}::uuid[]))`)

export const peopleById = (tx: ReadTx, ids: readonly string[]) => people(tx, sql`p.id = any (${[...ids]}::uuid[])`)

export async function personIds(tx: ReadTx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from people order by coalesce(external_id, id::text) collate "C"`.execute(tx.sql)
  return rows.map(({ id }) => id)
}

/** What people are called, of ids of ours; nobody is called nothing. */
export async function peopleNames(tx: ReadTx, ids: readonly (string | null)[]): Promise<(id: string | null) => string | null> {
  const known = [...new Set(ids.filter((id) => id !== null))]
  if (known.length === 0) return () => null
  const { rows } = await sql<{ id: string; named: string }>`
    select id, coalesce(external_id, id::text) as named from people where id = any (${known}::uuid[])`.execute(tx.sql)
  const names = new Map(rows.map(({ id, named }) => [id, named]))
  return (id) => (id === null ? null : (names.get(id) ?? null))
}

/** Who has these addresses already. */
export async function peopleWithEmails(tx: ReadTx, emails: readonly string[]): Promise<{ id: string; email: string; named: string }[]> {
  const { rows } = await sql<{ id: string; email: string; named: string }>`
    select id, email, coalesce(external_id, id::text) as named from people where email = any (${[...emails]}::text[])`.execute(tx.sql)
  return rows
}

export interface PersonValues {
  readonly id: string
  readonly external_id: string
  readonly email: string
  readonly name: string
  readonly language: string
  readonly time_zone: string | null
  readonly attributes: unknown
}

const asPeople = sql.raw('(id uuid, external_id text, email text, name text, language text, time_zone text, attributes jsonb)')

export async function addPeople(tx: WriteTx, values: readonly PersonValues[]): Promise<void> {
  await sql`
    insert into people (id, external_id, email, name, language, time_zone, attributes, created_at)
    select id, external_id, email, name, language, time_zone, attributes, app_now() from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asPeople}`.execute(
    tx.sql,
  )
}

export async function changePeople(tx: WriteTx, values: readonly PersonValues[]): Promise<void> {
  await sql`
    update people p set external_id = r.external_id, email = r.email, name = r.name, language = r.language, time_zone = r.time_zone, attributes = r.attributes
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asPeople} where p.id = r.id`.execute(tx.sql)
}

export interface MembershipValues {
  readonly id: string
  readonly person_id: string
  readonly organization_id: string
  readonly roles: readonly string[]
  readonly switches: readonly string[]
  readonly from_at: string
  readonly until_at: string | null
}

const asMemberships = sql.raw(
  '(id uuid, person_id uuid, organization_id uuid, roles text[], switches text[], from_at timestamptz, until_at timestamptz)',
)

export async function addMemberships(tx: WriteTx, values: readonly MembershipValues[]): Promise<void> {
  await sql`
    insert into memberships (id, person_id, organization_id, roles, switches, from_at, until_at)
    select id, person_id, organization_id, roles, switches, from_at, until_at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asMemberships}`.execute(tx.sql)
}

export async function changeMemberships(tx: WriteTx, values: readonly MembershipValues[]): Promise<void> {
  await sql`
    update memberships m set organization_id = r.organization_id, roles = r.roles, switches = r.switches, from_at = r.from_at, until_at = r.until_at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asMemberships} where m.id = r.id`.execute(tx.sql)
}

export async function endMemberships(tx: WriteTx, ends: readonly { id: string; until_at: string }[]): Promise<void> {
  await sql`
    update memberships m set until_at = r.until_at from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as r (id uuid, until_at timestamptz)
    where m.id = r.id`.execute(tx.sql)
}

interface SiteRoleValues {
  readonly membership_id: string
  readonly role: string
  readonly site_no: number
}

export async function addSiteRoles(tx: WriteTx, values: readonly SiteRoleValues[]): Promise<void> {
  await sql`
    insert into membership_sites (membership_id, role, site_no)
    select membership_id, role, site_no from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r (membership_id uuid, role text, site_no int)`.execute(
    tx.sql,
  )
}

/** Takes away the roles that memberships give at sites. @returns them as they were */
export async function takeSiteRoles(tx: WriteTx, memberships: readonly string[]): Promise<SiteRoleValues[]> {
  const { rows } = await sql<SiteRoleValues>`
    delete from membership_sites where membership_id = any (${[...memberships]}::uuid[]) returning membership_id, role, site_no`.execute(
    tx.sql,
  )
  return rows
}

export interface PastMembershipRow {
  readonly id: string
  readonly person: string
  readonly home_kind: 'vendor' | 'customer' | 'partner'
  readonly home: string
  readonly roles: string[]
  readonly site_roles: SiteRole[] | null
  readonly switches: string[]
  readonly from_at: Date
  readonly until_at: Date
}

/** The memberships that have an end, of people, in the order of an export. */
export async function pastMemberships(tx: ReadTx, people: readonly string[]): Promise<PastMembershipRow[]> {
  const { rows } = await sql<PastMembershipRow>`
    select m.id, coalesce(p.external_id, p.id::text) as person, o.kind as home_kind, coalesce(o.external_id, o.id::text) as home, m.roles, m.switches, ${siteRoles},
      m.from_at, m.until_at
    from memberships m join people p on p.id = m.person_id join organizations o on o.id = m.organization_id
    where m.until_at is not null and m.person_id = any (${[...people]}::uuid[])
    order by coalesce(p.external_id, p.id::text) collate "C", m.from_at, m.until_at, o.kind, coalesce(o.external_id, o.id::text) collate "C"`.execute(
    tx.sql,
  )
  return rows
}

/** Where people are at home at the instant of the transaction, or are or were. */
export async function peopleAtHome(
  tx: ReadTx,
  people: readonly string[],
  when: 'now' | 'ever',
): Promise<{ person: string; home: string }[]> {
  const { rows } = await sql<{ person: string; home: string }>`
    select person_id as person, organization_id as home from memberships
    where person_id = any (${[...people]}::uuid[]) and (${when === 'ever'} or until_at is null or until_at > ${tx.now}::timestamptz)`.execute(
    tx.sql,
  )
  return rows
}
