// Reads audit entries. Row security decides whose: an organization sees what concerns it, the operator's key sees all.
import { sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'
import { type Instant, instantOf } from '../../kernel/instant.ts'

export interface StoredEntry {
  readonly id: number
  readonly at: Instant
  readonly what: string
  readonly actorKind: string
  readonly actorName: string
  /** Null where the reader may not know that organization. */
  readonly actorOrganization: string | null
  readonly detail: Readonly<Record<string, unknown>>
  /** By which grant it was allowed; null where none decided. */
  readonly grant: { readonly id: string; readonly number: string } | null
}

export interface EntriesWanted {
  readonly customerId?: string | undefined
  readonly partnerId?: string | undefined
  readonly from?: Instant | undefined
  readonly until?: Instant | undefined
  /** A thing ('grant') or a thing and its deed ('grant.given'). */
  /** Several, each so. */
  readonly what?: readonly string[] | undefined
  /** Who did it, or whose own access it was about. */
  readonly personId?: string | undefined
  readonly beforeId?: number | undefined
  readonly limit: number
}

/** Newest first. The delivery's own bookkeeping is left out: the mailbox shows it better. */
export async function entries(tx: ReadTx, wanted: EntriesWanted): Promise<StoredEntry[]> {
  const { customerId, partnerId, from, until, what, personId, beforeId, limit } = wanted
  const rows = await tx.sql
    .selectFrom('audit_entries as a')
    .leftJoin('organizations as o', 'o.id', 'a.actor_organization_id')
    .leftJoin('grants as g', 'g.id', 'a.grant_id')
    .select([
      'a.id',
      'a.at',
      'a.what',
      'a.actor_kind',
      'a.actor_name',
      'o.name as organization',
      'a.detail',
      'a.grant_id',
      'g.number as grant_number',
    ])
    .where(own)
    .where('a.what', 'not like', 'letters.%')
    .$if(customerId !== undefined, (query) => query.where('a.customer_id', '=', customerId ?? ''))
    .$if(partnerId !== undefined, (query) => query.where(concerns(partnerId ?? '')))
    .$if(from !== undefined, (query) => query.where('a.at', '>=', new Date(from ?? 0)))
    .$if(until !== undefined, (query) => query.where('a.at', '<', new Date(until ?? 0)))
    .$if(what !== undefined, (query) =>
      query.where(
        sql<boolean>`exists (select 1 from unnest(${[...(what ?? [])]}::text[]) w where a.what = w or starts_with(a.what, w || '.'))`,
      ),
    )
    .$if(personId !== undefined, (query) => query.where(about(personId ?? '')))
    .$if(beforeId !== undefined, (query) => query.where('a.id', '<', beforeId ?? 0))
    .orderBy('a.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: instantOf(row.at),
    what: row.what,
    actorKind: row.actor_kind,
    actorName: row.actor_name,
    actorOrganization: row.organization,
    detail: row.detail as StoredEntry['detail'],
    grant: row.grant_id === null || row.grant_number === null ? null : { id: row.grant_id, number: `A-${row.grant_number}` },
  }))
}

/** The first net: one's own organization's entries; everything for who runs the portal. Row policies say the same underneath. */
const own = sql<boolean>`(app_operator() or a.customer_id = app_organization() or a.partner_id = app_organization())`

/** What a person did, and what happened to an access of their own. */
const about = (personId: string) => sql<boolean>`(a.actor_id = ${personId}::uuid or (a.on_kind = 'grant'
  and exists (select 1 from grants p where p.id::text = a.on_id and p.person_id = ${personId}::uuid)))`

/** What concerns a partner: noted so, or about a request of it. (A request is noted for each side by itself, so that the partner cannot tell whom it asked.) */
const concerns = (partnerId: string) => sql<boolean>`(a.partner_id = ${partnerId}::uuid or (a.on_kind = 'access_request'
  and exists (select 1 from access_requests r where r.id::text = a.on_id and r.partner_id = ${partnerId}::uuid)))`

/** The time zone of the acting organization, in which its people mean their days. */
export async function zoneOfReader(tx: ReadTx): Promise<string> {
  const id = tx.facts.subject?.organizationId
  const row = id == null ? undefined : await tx.sql.selectFrom('organizations').select('time_zone').where('id', '=', id).executeTakeFirst()
  return row?.time_zone ?? 'UTC'
}
