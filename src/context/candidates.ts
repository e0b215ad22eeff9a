// Who and what a search looks at: all for whom a rule could hold, and some for whom it does not. The law decides about each of them.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { OrganizationId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Facts } from '../law/facts.ts'
import { customersType } from '../law/law.ts'
import type { Tables } from '../platform/db/tables.gen.ts'
import type { RowExpression } from '../rows/expression.ts'

/** Somebody or something that could be found: by its own id, and by the one that it has in the vendor's own systems. */
export interface Candidate {
  readonly id: string
  readonly externalId: string | null
}

/** The next candidates behind an id (null: the first ones), in the order of their ids. */
export type Candidates = (after: string | null, many: number) => Promise<readonly Candidate[]>

/** Looks only at people of one organization, or only at what is one customer's and at people who have to do with it. */
export interface Within {
  readonly organizationId?: OrganizationId | null
  readonly customerId?: OrganizationId | null
}

/** Leaves by which one finds those for whom they could hold. The fewer they are, the earlier in this order. */
const leadingTo = ['never', 'named', 'assigned', 'access', 'related', 'type'] as const
type Way = Extract<RowExpression, { is: (typeof leadingTo)[number] }>

const isWay = (leaf: RowExpression): leaf is Way => (leadingTo as readonly string[]).includes(leaf.is)
const breadth = (ways: readonly Way[]): number => Math.max(-1, ...ways.map(({ is }) => leadingTo.indexOf(is)))

/** The leaves of which one must hold wherever the expression does; null: it can hold without any, and everything is looked at. */
export function waysOf(expression: RowExpression): readonly Way[] | null {
  if (expression.is === 'all') {
    // Every part must hold, so it is enough to look where the narrowest one could.
    const known = expression.of.map(waysOf).filter((ways) => ways !== null)
    return known.sort((a, b) => breadth(a) - breadth(b))[0] ?? null
  }
  if (expression.is === 'any') {
    const each = expression.of.map(waysOf)
    return each.includes(null) ? null : each.flatMap((ways) => ways ?? [])
  }
  return isWay(expression) ? [expression] : null
}

type Condition = RawBuilder<boolean>
const yes: Condition = sql`true`
const no: Condition = sql`false`

/** One of the ways. A condition that holds for more than the leaf is right too; one that holds for fewer would hide somebody. */
function along(rule: RowExpression, conditionOf: (way: Way) => Condition): Condition {
  const ways = waysOf(rule)
  if (ways === null) return yes
  return ways.length === 0 ? no : sql`(${sql.join(ways.map(conditionOf), sql` or `)})`
}

/** A grant of the customer's to somebody of the organization, whoever it is and whether or not it counts. */
const hasGrant = (customer: RawBuilder<unknown>, organization: RawBuilder<unknown>): Condition =>
  sql`exists (select 1 from grants g where g.customer_id = ${customer} and g.partner_id = ${organization})`

/** The organization itself and the partners of the same type and reference, in a query that has it as `o`. */
const alike = (partner: RawBuilder<unknown>): Condition =>
  sql`exists (select 1 from organizations a where a.id = ${partner} and (a.id = o.id or (a.partner_type = o.partner_type and a.reference = o.reference)))`

/** The people for whom the rule could hold on the thing of the facts, at their instant. */
export function people(db: Kysely<Tables>, rule: RowExpression, { at, thing }: Facts, within: Within): Candidates {
  const organization = sql`m.organization_id`
  const customer = sql`${thing?.customer?.id ?? null}::uuid`
  const [kind, id] = [sql`${thing?.record?.kind ?? ''}`, sql`${thing?.record?.id ?? null}::bigint`]
  const could = along(rule, (way) => {
    switch (way.is) {
      case 'never':
        return no
      case 'named':
        return sql`exists (select 1 from record_people n where n.kind = ${kind} and n.record_id = ${id} and n.person_id = p.id)`
      case 'assigned':
        return sql`exists (select 1 from record_assignments r where r.kind = ${kind} and r.record_id = ${id} and ${alike(sql`r.partner_id`)})`
      case 'access':
        return sql`(m.organization_id = any (${[...(thing?.owners ?? [])]}::uuid[]) or ${hasGrant(customer, organization)})`
      case 'related':
        return sql`exists (select 1 from relationships l where l.relation <> 'works_with' and ${alike(sql`l.partner_id`)})`
      case 'type':
        return sql`(o.partner_type = any (${[...way.among]}::text[]) or (o.kind = 'customer' and ${way.among.includes(customersType)}))`
    }
  })
  const of = within.organizationId === undefined ? yes : sql`m.organization_id = ${within.organizationId}::uuid`
  const own = sql`${within.customerId ?? null}::uuid`
  const around = within.customerId === undefined ? yes : sql`(m.organization_id = ${own} or ${hasGrant(own, organization)})`
  return async (after, many) => {
    const behind = after === null ? yes : sql`p.id > ${after}::uuid`
    const { rows } = await sql<Candidate>`
      select p.id, p.external_id as "externalId"
      from people p join memberships m on m.person_id = p.id and m.from_at <= ${at} and (m.until_at is null or m.until_at > ${at})
        join organizations o on o.id = m.organization_id
      where ${behind} and ${could} and ${of} and ${around} order by p.id limit ${many}`.execute(db)
    return rows
  }
}

/** The records of a kind, or the customers where the kind is null, on which the rule could hold for the subject of the facts. */
export function things(
  db: Kysely<Tables>,
  rule: RowExpression,
  kind: string | null,
  { subject }: Facts,
  within: Within & { readonly openedBefore?: Instant | null },
): Candidates {
  if (!subject) return async () => []
  const organization = sql`${subject.organizationId}::uuid`
  const partners = sql`any (${[...subject.alike]}::uuid[])`
  const could = along(rule, (way) => {
    if (way.is === 'access') return sql`(o.id = ${organization} or ${hasGrant(sql`o.id`, organization)})`
    if (way.is === 'related')
      return sql`exists (select 1 from relationships l where l.relation <> 'works_with' and l.partner_id = ${partners})`
    if (way.is === 'type') return yes
    if (way.is === 'never' || kind === null) return no
    return way.is === 'named'
      ? sql`exists (select 1 from record_people n where n.kind = ${kind} and n.record_id = t.id and n.person_id = ${subject.personId}::uuid)`
      : sql`exists (select 1 from record_assignments r where r.kind = ${kind} and r.record_id = t.id and r.partner_id = ${partners})`
  })
  const own = within.customerId === undefined ? yes : sql`o.id = ${within.customerId}::uuid`
  const from =
    kind === null
      ? sql`organizations t join organizations o on o.id = t.id where t.kind = 'customer'`
      : sql`records t left join organizations o on o.customer_no = t.customer_no where t.kind = ${kind}`
  const type = sql.raw(kind === null ? 'uuid' : 'bigint')
  const wasThere = kind === null || within.openedBefore == null ? yes : sql`t.created_at <= ${within.openedBefore}`
  return async (after, many) => {
    const behind = after === null ? yes : sql`t.id > ${after}::${type}`
    const { rows } = await sql<Candidate>`
      select t.id::text as id, t.external_id as "externalId" from ${from} and ${behind} and ${could} and ${own} and ${wasThere} order by t.id limit ${many}`.execute(
      db,
    )
    return rows
  }
}
