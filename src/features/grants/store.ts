// Grants in the database. A grant is never edited: it is ended, and where it changes another one follows it.
import { sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { asId, type GrantId, type OrganizationId, type PersonId } from '../../kernel/ids.ts'
import { type Instant, instantOf } from '../../kernel/instant.ts'
import type { AccessGiven, AccessScope } from './access-rules.ts'
import type { EndKind, Grant, Named } from './rules.ts'
import { addScope, scopesOf } from './scope-store.ts'

type Filter =
  | { readonly id: string }
  | { readonly ids: readonly string[] }
  | { readonly customerId: string; readonly partnerId?: string; readonly standing?: true }
  | { readonly partnerId: string; readonly seenBy: PersonId | null }
  | { readonly portal: { readonly customer?: string | undefined; readonly partner?: string | undefined } }

/** The grants that fit, newest first, with the names that the actor may know. */
export async function grantsWhere(tx: ReadTx, filter: Filter): Promise<Grant[]> {
  const rows = await filtered(selectGrants(tx), filter).orderBy('g.number', 'desc').execute()
  const scopes = await scopesOf(tx, rows)
  return rows.map((row) => grantOf(row, scopes.get(row.id) ?? { kind: 'all' }))
}

type GrantQuery = ReturnType<typeof selectGrants>

function filtered(query: GrantQuery, filter: Filter): GrantQuery {
  if ('id' in filter) return query.where('g.id', '=', filter.id)
  if ('ids' in filter) return query.where('g.id', 'in', [...filter.ids])
  if ('portal' in filter) return called(query, filter.portal)
  if ('customerId' in filter) return ofCustomer(query, filter)
  const ofPartner = query.where('g.partner_id', '=', filter.partnerId)
  // A colleague's personal access is for the partner's administrators to see, and for nobody else.
  if (filter.seenBy === null) return ofPartner
  return ofPartner.where((eb) => eb.or([eb('g.person_id', 'is', null), eb('g.person_id', '=', filter.seenBy)]))
}

function called(query: GrantQuery, { customer, partner }: Extract<Filter, { portal: unknown }>['portal']): GrantQuery {
  const ofCustomer = customer === undefined ? query : query.where(isCalled('c', customer))
  return partner === undefined ? ofCustomer : ofCustomer.where(isCalled('o', partner))
}

function ofCustomer(query: GrantQuery, { customerId, partnerId, standing }: Extract<Filter, { customerId: string }>): GrantQuery {
  const given = query.where('g.customer_id', '=', customerId)
  const toPartner = partnerId === undefined ? given : given.where('g.partner_id', '=', partnerId)
  return standing ? toPartner.where('g.ended_at', 'is', null) : toPartner
}

/** An organization by its id, its id in the import, or its name. */
const isCalled = (table: 'c' | 'o', text: string) =>
  sql<boolean>`(${sql.ref(`${table}.id`)}::text = ${text} or ${sql.ref(`${table}.external_id`)} = ${text} or lower(${sql.ref(`${table}.name`)}) = lower(${text}))`

export async function wasGiven(tx: ReadTx, customerId: string, partnerId: string): Promise<boolean> {
  const row = await tx.sql
    .selectFrom('grants')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('partner_id', '=', partnerId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** When somebody last did something by each of the grants, as far as the history knows. */
export async function lastUses(tx: ReadTx, grants: readonly Grant[]): Promise<Map<string, Instant>> {
  if (grants.length === 0) return new Map()
  const rows = await tx.sql
    .selectFrom('audit_entries')
    .select(['grant_id', (eb) => eb.fn.max('at').as('at')])
    .where(
      'grant_id',
      'in',
      grants.map((grant) => grant.id),
    )
    .groupBy('grant_id')
    .execute()
  return new Map(rows.map((row) => [row.grant_id as string, instantOf(row.at as Date)]))
}

export interface NewGrant extends AccessGiven {
  readonly customerId: OrganizationId
  readonly partnerId: OrganizationId
  readonly personId: PersonId | null
  readonly groupId: string | null
  readonly until: Instant
  readonly reason: string | null
  readonly givenBy: PersonId | null
  readonly requestId: string | null
  readonly replaces: GrantId | null
}

/** Adds a grant whose time starts at the instant of the question (BX-17). */
export async function addGrant(tx: WriteTx, grant: NewGrant): Promise<GrantId> {
  const now = new Date(tx.now)
  const { id } = await tx.sql
    .insertInto('grants')
    .values({
      customer_id: grant.customerId,
      partner_id: grant.partnerId,
      person_id: grant.personId,
      group_id: grant.groupId,
      level: grant.level,
      rights: [...grant.rights],
      scope: grant.scope.kind,
      from_at: now,
      until_at: new Date(grant.until),
      confirmed_at: now,
      reason: grant.reason,
      given_by: grant.givenBy,
      given_at: now,
      request_id: grant.requestId,
      replaces: grant.replaces,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await addScope(tx, id, grant.scope)
  return asId(id)
}

/** Ends a grant that nobody has ended; false where somebody did meanwhile. */
export async function endGrant(
  tx: WriteTx,
  id: GrantId,
  end: { kind: EndKind; by: PersonId | null; reason: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('grants')
    .set({ ended_at: new Date(tx.now), ended_by: end.by, end_kind: end.kind, end_reason: end.reason })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Confirms an imported grant; false where it is confirmed or ended already. */
export async function confirm(tx: WriteTx, id: GrantId): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('grants')
    .set({ confirmed_at: new Date(tx.now) })
    .where('id', '=', id)
    .where('confirmed_at', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

function selectGrants(tx: ReadTx) {
  return (
    tx.sql
      .selectFrom('grants as g')
      .innerJoin('organizations as c', 'c.id', 'g.customer_id')
      .innerJoin('organizations as o', 'o.id', 'g.partner_id')
      .leftJoin('people as p', 'p.id', 'g.person_id')
      .leftJoin('groups as u', 'u.id', 'g.group_id')
      .leftJoin('people as b', 'b.id', 'g.given_by')
      .leftJoin('people as e', 'e.id', 'g.ended_by')
      .select([
        'g.id',
        'g.number',
        'g.customer_id',
        'c.name as customer_name',
        'c.time_zone',
        'g.partner_id',
        'o.name as partner_name',
        'o.kind',
        'o.suspended_at as partner_suspended_at',
        'g.person_id',
        'p.name as person_name',
        'p.email as person_email',
        'g.level',
        'g.rights',
        'g.scope',
        'g.group_id',
        'u.name as group_name',
        'g.from_at',
        'g.until_at',
        'g.confirmed_at',
        'g.reason',
        'g.given_by',
        'b.name as given_by_name',
        'g.given_at',
        'g.request_id',
        'g.ended_at',
        'g.end_kind',
        'g.end_reason',
        'g.ended_by',
        'e.name as ended_by_name',
      ])
      .$narrowType<{ end_kind: EndKind | null }>()
      // A person's grant whose person the actor may not know is not shown at all.
      .where(sql<boolean>`(g.person_id is null or p.id is not null)`)
  )
}

type Row = Awaited<ReturnType<ReturnType<typeof selectGrants>['execute']>>[number]

function grantOf(row: Row, scope: AccessScope): Grant {
  return {
    id: asId(row.id),
    number: row.number,
    customer: { id: asId(row.customer_id), name: row.customer_name, timeZone: row.time_zone },
    partner: {
      id: asId(row.partner_id),
      name: row.partner_name,
      side: row.kind === 'vendor' ? 'vendor' : 'partner',
      suspendedAt: row.partner_suspended_at && instantOf(row.partner_suspended_at),
    },
    person: row.person_id === null ? null : { id: asId(row.person_id), name: row.person_name ?? '', email: row.person_email ?? '' },
    group: row.group_id === null ? null : { id: row.group_id, name: row.group_name ?? '' },
    level: row.level,
    rights: row.rights,
    scope,
    from: instantOf(row.from_at),
    until: instantOf(row.until_at),
    confirmedAt: row.confirmed_at && instantOf(row.confirmed_at),
    reason: row.reason,
    givenBy: named(row.given_by, row.given_by_name),
    givenAt: instantOf(row.given_at),
    requestId: row.request_id,
    ended: row.ended_at && {
      at: instantOf(row.ended_at),
      by: named(row.ended_by, row.ended_by_name),
      kind: row.end_kind ?? 'removed',
      reason: row.end_reason,
    },
  }
}

/** To how many typed addresses the acting person's customer had the portal write about roles in the last hour. */
export async function addressesTold(tx: ReadTx): Promise<number> {
  const { rows } = await sql<{ told: number }>`select addresses_told()::int as told`.execute(tx.sql)
  return rows[0]?.told ?? 0
}

/** Null also where the actor may not know the person: a partner is told which customer, not who there. */
const named = (id: string | null, name: string | null): Named | null => (id !== null && name !== null ? { id: asId(id), name } : null)
