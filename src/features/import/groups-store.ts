// Groups and their members as an import and an export read and write them.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'

export interface GroupRow {
  readonly id: string
  readonly named: string
  readonly partner: string
  readonly name: string
  readonly created_at: Date
  readonly ended_at: Date | null
}

async function groups(tx: ReadTx, where: RawBuilder<unknown>): Promise<GroupRow[]> {
  const { rows } = await sql<GroupRow>`
    select g.id, coalesce(g.external_id, g.id::text) as named, coalesce(p.external_id, p.id::text) as partner, g.name, g.created_at, g.ended_at
    from groups g join organizations p on p.id = g.partner_id where ${where}`.execute(tx.sql)
  return rows
}

export const groupsNamed = (tx: ReadTx, names: readonly string[]) =>
  groups(tx, sql`g.external_id = any (${[...names]}::text[]) or (g.external_id is null and g.id = any (${names.filter(isUuid)}::uuid[]))`)

export const groupsById = (tx: ReadTx, ids: readonly string[]) => groups(tx, sql`g.id = any (${[...ids]}::uuid[])`)

export async function groupIds(tx: ReadTx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from groups order by coalesce(external_id, id::text) collate "C"`.execute(tx.sql)
  return rows.map(({ id }) => id)
}

export interface GroupValues {
  readonly id: string
  readonly external_id: string
  readonly partner_id: string
  readonly name: string
  readonly created_at: string
  readonly ended_at: string | null
}

const asGroups = sql.raw('(id uuid, external_id text, partner_id uuid, name text, created_at timestamptz, ended_at timestamptz)')

export async function addGroups(tx: WriteTx, values: readonly GroupValues[]): Promise<void> {
  await sql`
    insert into groups (id, external_id, partner_id, name, created_at, ended_at)
    select id, external_id, partner_id, name, created_at, ended_at from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asGroups}`.execute(
    tx.sql,
  )
}

/** A group stays with its partner. */
export async function changeGroups(tx: WriteTx, values: readonly GroupValues[]): Promise<void> {
  await sql`
    update groups g set external_id = r.external_id, name = r.name, created_at = r.created_at, ended_at = r.ended_at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asGroups} where g.id = r.id`.execute(tx.sql)
}

export interface GroupMemberRow {
  readonly id: string
  readonly group: string
  readonly person: string
  readonly from_at: Date
  readonly until_at: Date | null
}

async function members(tx: ReadTx, where: RawBuilder<unknown>): Promise<GroupMemberRow[]> {
  const { rows } = await sql<GroupMemberRow>`
    select m.id, coalesce(g.external_id, g.id::text) as group, coalesce(p.external_id, p.id::text) as person, m.from_at, m.until_at
    from group_members m join groups g on g.id = m.group_id join people p on p.id = m.person_id where ${where}`.execute(tx.sql)
  return rows
}

/** Everybody who is or was in the groups, of these people. */
export const membersOf = (tx: ReadTx, ofGroups: readonly string[], people: readonly string[]) =>
  members(tx, sql`m.group_id = any (${[...ofGroups]}::uuid[]) and m.person_id = any (${[...people]}::uuid[])`)

export const membersById = (tx: ReadTx, ids: readonly string[]) => members(tx, sql`m.id = any (${[...ids]}::uuid[])`)

export async function memberIds(tx: ReadTx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select m.id from group_members m join groups g on g.id = m.group_id join people p on p.id = m.person_id
    order by coalesce(g.external_id, g.id::text) collate "C", coalesce(p.external_id, p.id::text) collate "C", m.from_at, m.until_at`.execute(
    tx.sql,
  )
  return rows.map(({ id }) => id)
}

export interface GroupMemberValues {
  readonly id: string
  readonly group_id: string
  readonly person_id: string
  readonly from_at: string
  readonly until_at: string | null
}

const asMembers = sql.raw('(id uuid, group_id uuid, person_id uuid, from_at timestamptz, until_at timestamptz)')

export async function addMembers(tx: WriteTx, values: readonly GroupMemberValues[]): Promise<void> {
  await sql`
    insert into group_members (id, group_id, person_id, from_at, until_at)
    select id, group_id, person_id, from_at, until_at from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asMembers}`.execute(
    tx.sql,
  )
}

export async function changeMembers(tx: WriteTx, values: readonly GroupMemberValues[]): Promise<void> {
  await sql`
    update group_members m set from_at = r.from_at, until_at = r.until_at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asMembers} where m.id = r.id`.execute(tx.sql)
}
