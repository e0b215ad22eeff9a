// People with the membership that counts now. Somebody whose membership ended, or whose organization is suspended, is not found.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { asId, type OrganizationId, type PersonId } from '../../kernel/ids.ts'
import type { Side } from '../../law/law.ts'

export interface CurrentPerson {
  id: PersonId
  name: string
  email: string
  language: string
  timeZone: string | null
  organization: { id: OrganizationId; name: string; side: Side; timeZone: string }
  roles: string[]
}

/** The person with the id or the address, if they belong somewhere now. */
export async function currentPerson(tx: ReadTx, by: { id: PersonId } | { email: string }): Promise<CurrentPerson | undefined> {
  const now = new Date(tx.now)
  const row = await tx.sql
    .selectFrom('people as p')
    .innerJoin('memberships as m', 'm.person_id', 'p.id')
    .innerJoin('organizations as o', 'o.id', 'm.organization_id')
    .select(['p.id', 'p.name', 'p.email', 'p.language', 'p.time_zone', 'm.roles'])
    .select(['o.id as organization_id', 'o.name as organization_name', 'o.kind as side', 'o.time_zone as organization_time_zone'])
    .where('id' in by ? 'p.id' : 'p.email', '=', 'id' in by ? by.id : by.email)
    .where('m.from_at', '<=', now)
    .where((eb) => eb.or([eb('m.until_at', 'is', null), eb('m.until_at', '>', now)]))
    .where((eb) => eb.not(eb.fn<boolean>('is_suspended', ['o.suspended_at'])))
    .executeTakeFirst()
  return (
    row && {
      id: asId(row.id),
      name: row.name,
      email: row.email,
      language: row.language,
      timeZone: row.time_zone,
      organization: {
        id: asId(row.organization_id),
        name: row.organization_name,
        side: row.side as Side,
        timeZone: row.organization_time_zone,
      },
      roles: row.roles,
    }
  )
}

/** Saves what a person may change of themselves. */
export async function savePerson(tx: WriteTx, person: Pick<CurrentPerson, 'id' | 'name' | 'language' | 'timeZone'>): Promise<void> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('people')
    .set({ name: person.name, language: person.language, time_zone: person.timeZone })
    .where('id', '=', person.id)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Error('the row of the acting person was not changed')
}
