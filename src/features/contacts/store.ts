// People and contacts of an organization in the database. What somebody had is ended, never rewritten.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { asId, type PersonId } from '../../kernel/ids.ts'
import { type Instant, instantOf } from '../../kernel/instant.ts'
import type { Held, Member, SiteRole } from './rules.ts'

/** Everybody who is at home in the organization or ever was, each with their newest time there. */
export async function membersOf(tx: ReadTx, organizationId: string): Promise<Member[]> {
  const rows = await tx.sql
    .selectFrom('memberships as m')
    .innerJoin('people as p', 'p.id', 'm.person_id')
    .select(['m.id', 'p.id as person_id', 'p.name', 'p.email', 'm.roles', 'm.switches', 'm.from_at', 'm.until_at'])
    .where('m.organization_id', '=', organizationId)
    .where('m.from_at', '<=', new Date(tx.now))
    .orderBy('m.person_id')
    .orderBy('m.from_at', 'desc')
    .execute()
  const sites = await siteRolesOf(tx, organizationId)
  const stays = [...Map.groupBy(rows, ({ person_id }) => person_id).values()]
  return stays.flatMap((times) =>
    times.slice(0, 1).map((row) => ({
      membershipId: row.id,
      personId: asId(row.person_id),
      name: row.name,
      email: row.email,
      roles: row.roles,
      switches: row.switches,
      siteRoles: sites.get(row.id) ?? [],
      since: startOfStay(times),
      until: row.until_at && instantOf(row.until_at),
    })),
  )
}

/** Of somebody's times in an organization, newest first: when the newest began that others led up to without a gap. */
function startOfStay(times: readonly { readonly from_at: Date; readonly until_at: Date | null }[]): Instant {
  const gap = times.findIndex((one, at) => times[at + 1]?.until_at?.getTime() !== one.from_at.getTime())
  return instantOf((times[gap] as { from_at: Date }).from_at)
}

async function siteRolesOf(tx: ReadTx, organizationId: string): Promise<Map<string, SiteRole[]>> {
  const rows = await tx.sql
    .selectFrom('membership_sites as n')
    .innerJoin('memberships as m', 'm.id', 'n.membership_id')
    .select(['n.membership_id as membershipId', 'n.role', 'n.site_no as siteNo'])
    .where('m.organization_id', '=', organizationId)
    .execute()
  const byMembership = Map.groupBy(rows, ({ membershipId }) => membershipId)
  return new Map([...byMembership].map(([id, some]) => [id, some.map(({ role, siteNo }) => ({ role, siteNo }))]))
}

/** The site's name by its number, of all sites of a customer. */
export async function sitesOf(tx: ReadTx, customerId: string): Promise<Map<number, string>> {
  const rows = await tx.sql.selectFrom('sites').select(['site_no', 'name']).where('customer_id', '=', customerId).execute()
  return new Map(rows.map(({ site_no, name }) => [site_no, name]))
}

/** Who of the organization has ever signed in. */
export async function whoSignedIn(tx: ReadTx, organizationId: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select who_signed_in(${organizationId}) as id`.execute(tx.sql)
  return new Set(rows.map(({ id }) => id))
}

/** A person who can be at home there from now on; null where whoever has the address is at home somewhere else. */
export async function takeIn(
  tx: WriteTx,
  organizationId: string,
  person: { email: string; name: string; language: string },
): Promise<PersonId | null> {
  const { rows } = await sql<{ id: string | null }>`
    select take_in(${organizationId}, ${person.email}, ${person.name}, ${person.language}) as id`.execute(tx.sql)
  const id = rows[0]?.id ?? null
  return id === null ? null : asId(id)
}

export async function beginMembership(
  tx: WriteTx,
  personId: PersonId,
  organizationId: string,
  { roles, siteRoles }: Held,
  switches: readonly string[] = [],
): Promise<void> {
  const id = randomUUID()
  await tx.sql
    .insertInto('memberships')
    .values({
      id,
      person_id: personId,
      organization_id: organizationId,
      roles: [...roles],
      switches: [...switches],
      from_at: new Date(tx.now),
    })
    .execute()
  if (siteRoles.length === 0) return
  await tx.sql
    .insertInto('membership_sites')
    .values(siteRoles.map(({ role, siteNo }) => ({ membership_id: id, role, site_no: siteNo })))
    .execute()
}

/** False where it was ended meanwhile, or began at this very instant. */
export async function endMembership(tx: WriteTx, membershipId: string): Promise<boolean> {
  const now = new Date(tx.now)
  const { numUpdatedRows } = await tx.sql
    .updateTable('memberships')
    .set({ until_at: now })
    .where('id', '=', membershipId)
    .where('from_at', '<', now)
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', now)]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function validatedOf(tx: ReadTx, organizationId: string): Promise<Set<string>> {
  const rows = await tx.sql.selectFrom('validated_contacts').select('contact_id').where('organization_id', '=', organizationId).execute()
  return new Set(rows.map(({ contact_id }) => contact_id))
}

/** Marks a contact as validated, or not; marking twice is marking once. */
export async function markValidated(tx: WriteTx, organizationId: string, contactId: string, validated: boolean): Promise<void> {
  if (validated) {
    await tx.sql
      .insertInto('validated_contacts')
      .values({ organization_id: organizationId, contact_id: contactId, validated_at: new Date(tx.now) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return
  }
  await tx.sql.deleteFrom('validated_contacts').where('organization_id', '=', organizationId).where('contact_id', '=', contactId).execute()
}

/** The partners that work with the customer now and have told their domain. */
export async function partnersOf(tx: ReadTx, customerId: string): Promise<{ id: string; name: string; emailDomain: string | null }[]> {
  return tx.sql
    .selectFrom('relationships as r')
    .innerJoin('organizations as o', 'o.id', 'r.partner_id')
    .select(['o.id', 'o.name', 'o.email_domain as emailDomain'])
    .distinct()
    .where('o.kind', '=', 'partner')
    .where('o.email_domain', 'is not', null)
    .where('r.customer_id', '=', customerId)
    .where('r.from_at', '<=', new Date(tx.now))
    .where((eb) => eb.or([eb('r.until_at', 'is', null), eb('r.until_at', '>', new Date(tx.now))]))
    .execute()
}

/** The customers that give everyone at the partner access today. */
export async function customersOfEveryone(tx: ReadTx, partnerId: string): Promise<string[]> {
  const now = new Date(tx.now)
  const rows = await tx.sql
    .selectFrom('grants')
    .select('customer_id')
    .distinct()
    .where('partner_id', '=', partnerId)
    .where('person_id', 'is', null)
    .where('group_id', 'is', null)
    .where('confirmed_at', '<=', now)
    .where('from_at', '<=', now)
    .where('until_at', '>', now)
    .where('ended_at', 'is', null)
    .execute()
  return rows.map(({ customer_id }) => customer_id)
}
