// The tables that an import changes, what it found there before, and what it left: enough to undo a run exactly, or to see that it cannot be.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'

/** A table, the columns that name a row with their types, and the columns that only the database writes. */
interface Place {
  readonly key: readonly (readonly [column: string, type: string])[]
  readonly generated?: readonly string[]
  /** The row as it is compared, where it is not simply the whole row. */
  readonly image?: string
}

const ofRecord = [
  ['kind', 'text'],
  ['record_id', 'bigint'],
] as const

/** In the order in which rows can be put in; they are taken out the other way round. */
export const places = {
  organizations: { key: [['id', 'uuid']] },
  sites: { key: [['site_no', 'int']] },
  people: { key: [['id', 'uuid']] },
  memberships: { key: [['id', 'uuid']] },
  membership_sites: {
    key: [
      ['membership_id', 'uuid'],
      ['role', 'text'],
      ['site_no', 'int'],
    ],
  },
  relationships: { key: [['id', 'uuid']] },
  groups: { key: [['id', 'uuid']] },
  group_members: { key: [['id', 'uuid']] },
  validated_contacts: {
    key: [
      ['organization_id', 'uuid'],
      ['contact_id', 'uuid'],
    ],
  },
  colleague_choices: { key: [['id', 'uuid']] },
  notice_choices: {
    key: [
      ['person_id', 'uuid'],
      ['customer_id', 'uuid'],
      ['notice', 'text'],
    ],
  },
  links: { key: [['id', 'uuid']] },
  invitations: { key: [['id', 'uuid']], generated: ['number'] },
  access_requests: { key: [['id', 'uuid']], generated: ['number'] },
  access_request_items: { key: [['id', 'uuid']] },
  records: {
    key: [
      ['kind', 'text'],
      ['id', 'bigint'],
    ],
  },
  grants: { key: [['id', 'uuid']], generated: ['number'] },
  grant_sites: {
    key: [
      ['grant_id', 'uuid'],
      ['site_no', 'int'],
    ],
  },
  grant_records: { key: [['grant_id', 'uuid'], ...ofRecord] },
  record_people: { key: [...ofRecord, ['relation', 'text'], ['person_id', 'uuid']] },
  record_partners: { key: [...ofRecord, ['relation', 'text'], ['partner_id', 'uuid']] },
  messages: { key: [['id', 'bigint']], generated: ['id'] },
  record_events: { key: [['id', 'bigint']], generated: ['id'] },
  // A file never changes; its content need not be read to know that.
  files: {
    key: [['id', 'uuid']],
    image: "case when t.id is not null then jsonb_build_object('name', t.name, 'sha256', t.sha256, 'record', t.record_id) end",
  },
} as const satisfies Record<string, Place>

export type PlaceName = keyof typeof places
export type Key = readonly (string | number)[]

/** Which run, and which of its batches. */
export interface Run {
  readonly importId: string
  readonly batch: number
}

const placeOf = (name: PlaceName): Place => places[name]

/** `t.id = (c.key::jsonb ->> 0)::uuid and …`: the row that a key names, in a form that uses the table's own index. */
export const rowOfKey = (name: PlaceName, table = 't', holder = 'c'): RawBuilder<unknown> =>
  sql.raw(
    placeOf(name)
      .key.map(([column, type], place) => `${table}.${column} = (${holder}.key::jsonb ->> ${place})::${type}`)
      .join(' and '),
  )

export const imageOf = (name: PlaceName): RawBuilder<unknown> => sql.raw(placeOf(name).image ?? 'to_jsonb(t)')

/** The rows as they are before the import changes them, by key. */
export async function rowsBefore(tx: ReadTx, name: PlaceName, keys: readonly Key[]): Promise<Map<string, unknown>> {
  if (keys.length === 0) return new Map()
  const input = JSON.stringify(keys.map((key) => ({ key: JSON.stringify(key) })))
  const { rows } = await sql<{ key: string; before: unknown }>`
    select c.key, ${imageOf(name)} as before from jsonb_to_recordset(${input}::jsonb) as c (key text) join ${sql.table(name)} t on ${rowOfKey(name)}`.execute(
    tx.sql,
  )
  return new Map(rows.map(({ key, before }) => [key, before]))
}

/** Notes what the batch did to rows of a table; a row that was not there before is new. */
export async function noteChanges(
  tx: WriteTx,
  run: Run,
  name: PlaceName,
  keys: readonly Key[],
  before: ReadonlyMap<string, unknown>,
): Promise<void> {
  if (keys.length === 0) return
  const noted = keys.map((key) => {
    const text = JSON.stringify(key)
    return { key: text, before: before.get(text) ?? null }
  })
  await sql`
    insert into import_changes (import_id, batch, place, key, before, after)
    select ${run.importId}::uuid, ${run.batch}::int, ${name}, c.key, nullif(c.before, 'null'::jsonb), md5((${imageOf(name)})::text)
    from jsonb_to_recordset(${JSON.stringify(noted)}::jsonb) as c (key text, before jsonb) left join ${sql.table(name)} t on ${rowOfKey(name)}`.execute(
    tx.sql,
  )
}
