// Organizations as an import and an export read and write them.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'

export interface OrganizationRow {
  readonly id: string
  readonly kind: 'vendor' | 'customer' | 'partner'
  /** The id of the system that it comes from, or our own. */
  readonly named: string
  readonly external_id: string | null
  readonly name: string
  readonly time_zone: string
  readonly email_domain: string | null
  readonly partner_type: string | null
  readonly reference: string | null
  readonly suspended_at: Date | null
}

async function organizations(tx: ReadTx, where: RawBuilder<unknown>): Promise<OrganizationRow[]> {
  const { rows } = await sql<OrganizationRow>`
    select id, kind, coalesce(external_id, id::text) as named, external_id, name, time_zone, email_domain, partner_type, reference, suspended_at
    from organizations where ${where}`.execute(tx.sql)
  return rows
}

/** Of one kind, by the ids that lines name. There is one vendor: it is found whatever it is called. */
export function organizationsNamed(tx: ReadTx, kind: string, names: readonly string[]): Promise<OrganizationRow[]> {
  if (kind === 'vendor') return organizations(tx, sql`kind = 'vendor'`)
  return organizations(
    tx,
    sql`kind = ${kind} and (external_id = any (${[...names]}::text[]) or (external_id is null and id = any (${names.filter(isUuid)}::uuid[])))`,
  )
}

export const organizationsById = (tx: ReadTx, ids: readonly string[]) => organizations(tx, sql`id = any (${[...ids]}::uuid[])`)

/** Every organization of a kind, in the order of an export. */
export async function organizationIds(tx: ReadTx, kind: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select id from organizations where kind = ${kind} order by coalesce(external_id, id::text) collate "C"`.execute(tx.sql)
  return rows.map(({ id }) => id)
}

export type OrganizationValues = Omit<OrganizationRow, 'named' | 'suspended_at'> & { readonly suspended_at: string | null }

const asRows = sql.raw(
  '(id uuid, kind text, external_id text, name text, time_zone text, email_domain text, partner_type text, reference text, suspended_at timestamptz)',
)

export async function addOrganizations(tx: WriteTx, values: readonly OrganizationValues[]): Promise<void> {
  await sql`
    insert into organizations (id, kind, external_id, customer_no, name, time_zone, email_domain, partner_type, reference, suspended_at, created_at)
    select id, kind, external_id, case when kind = 'customer' then nextval('customer_numbers')::int end, name, time_zone, email_domain, partner_type, reference, suspended_at,
      app_now()
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asRows}`.execute(tx.sql)
}

export async function changeOrganizations(tx: WriteTx, values: readonly OrganizationValues[]): Promise<void> {
  await sql`
    update organizations o set external_id = r.external_id, name = r.name, time_zone = r.time_zone, email_domain = r.email_domain,
      partner_type = r.partner_type, reference = r.reference, suspended_at = r.suspended_at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asRows} where o.id = r.id`.execute(tx.sql)
}

/** One of the people of customers and partners, now or to come, whose address is of this domain or of one below it, where the vendor has it newly. */
export async function personOfDomain(tx: ReadTx, domain: string): Promise<string | undefined> {
  const { rows } = await sql<{ email: string }>`
    select p.email from people p join memberships m on m.person_id = p.id join organizations o on o.id = m.organization_id
    where not exists (select 1 from organizations v where v.kind = 'vendor' and v.email_domain = ${domain})
      and o.kind <> 'vendor' and (m.until_at is null or m.until_at > app_now())
      and right('.' || split_part(p.email, '@', 2), length(${domain}::text) + 1) = '.' || ${domain}::text
    order by p.email limit 1`.execute(tx.sql)
  return rows[0]?.email
}
