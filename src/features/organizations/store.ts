// Organizations and who works in them today, as far as the actor may know them: row security leaves out the rest.
import type { ReadTx } from '../../context/context.ts'
import { asId, isUuid, type OrganizationId, type PersonId } from '../../kernel/ids.ts'
import type { Side } from '../../law/law.ts'

export interface Organization {
  readonly id: OrganizationId
  readonly side: Side
  readonly name: string
  readonly timeZone: string
  readonly emailDomain: string | null
  readonly customerNo: number | null
}

export interface PersonAt {
  readonly id: PersonId
  readonly name: string
  readonly email: string
  readonly roles: readonly string[]
}

export interface Partner extends Organization {
  readonly ofRecord: boolean
  readonly peopleCount: number
}

const columns = ['o.id', 'o.kind', 'o.name', 'o.time_zone', 'o.email_domain', 'o.customer_no'] as const

interface Row {
  id: string
  kind: string
  name: string
  time_zone: string
  email_domain: string | null
  customer_no: number | null
}

const organizationOf = (row: Row): Organization => ({
  id: asId(row.id),
  side: row.kind as Side,
  name: row.name,
  timeZone: row.time_zone,
  emailDomain: row.email_domain,
  customerNo: row.customer_no,
})

/** The organization, where the actor may know it; an id of the wrong shape names none. */
export async function findOrganization(tx: ReadTx, id: string): Promise<Organization | undefined> {
  if (!isUuid(id)) return undefined
  const row = await tx.sql.selectFrom('organizations as o').select(columns).where('o.id', '=', id).executeTakeFirst()
  return row && organizationOf(row)
}

export async function findVendor(tx: ReadTx): Promise<Organization | undefined> {
  const row = await tx.sql.selectFrom('organizations as o').select(columns).where('o.kind', '=', 'vendor').executeTakeFirst()
  return row && organizationOf(row)
}

/** The people of an organization at the instant, by name. */
export async function peopleAt(tx: ReadTx, organizationId: string): Promise<PersonAt[]> {
  const rows = await membersNow(tx).where('m.organization_id', '=', organizationId).orderBy('p.name').orderBy('p.email').execute()
  return rows.map((row) => ({ ...row, id: asId(row.id) }))
}

export async function personAtByEmail(tx: ReadTx, organizationId: string, email: string): Promise<PersonAt | undefined> {
  const row = await membersNow(tx).where('m.organization_id', '=', organizationId).where('p.email', '=', email).executeTakeFirst()
  return row && { ...row, id: asId(row.id) }
}

/** How many people work at each of the organizations at the instant. */
export async function countPeople(tx: ReadTx, organizationIds: readonly string[]): Promise<Map<string, number>> {
  if (organizationIds.length === 0) return new Map()
  const rows = await tx.sql
    .selectFrom('memberships as m')
    .select(['m.organization_id', (eb) => eb.fn.countAll<number>().as('people')])
    .where('m.organization_id', 'in', [...organizationIds])
    .where('m.from_at', '<=', new Date(tx.now))
    .where((eb) => eb.or([eb('m.until_at', 'is', null), eb('m.until_at', '>', new Date(tx.now))]))
    .groupBy('m.organization_id')
    .execute()
  return new Map(rows.map((row) => [row.organization_id, Number(row.people)]))
}

/** The partners with which the customer has a relationship at the instant, by name. */
export async function partnersOf(tx: ReadTx, customerId: string): Promise<Partner[]> {
  const rows = await tx.sql
    .selectFrom('relationships as r')
    .innerJoin('organizations as o', 'o.id', 'r.partner_id')
    .select(columns)
    .select((eb) => eb.fn.agg<boolean>('bool_or', ['r.of_record']).as('of_record'))
    .groupBy('o.id')
    .where('o.kind', '=', 'partner')
    .where('r.customer_id', '=', customerId)
    .where((eb) => eb.not(eb.fn<boolean>('is_suspended', ['o.suspended_at'])))
    .where('r.from_at', '<=', new Date(tx.now))
    .where((eb) => eb.or([eb('r.until_at', 'is', null), eb('r.until_at', '>', new Date(tx.now))]))
    .orderBy('o.name')
    .orderBy('o.id')
    .execute()
  const counts = await countPeople(
    tx,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({ ...organizationOf(row), peopleCount: counts.get(row.id) ?? 0, ofRecord: row.of_record }))
}

function membersNow(tx: ReadTx) {
  return tx.sql
    .selectFrom('memberships as m')
    .innerJoin('people as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.name', 'p.email', 'm.roles'])
    .where('m.from_at', '<=', new Date(tx.now))
    .where((eb) => eb.or([eb('m.until_at', 'is', null), eb('m.until_at', '>', new Date(tx.now))]))
}
