// The people of the demo world, for the sign-in page of a demo.
import type { ReadTx } from '../../context/context.ts'

export interface DemoPerson {
  readonly email: string
  readonly name: string
  readonly organization: string
  readonly side: string
  readonly roles: string[]
}

/** Who can sign in, at most twenty, those who decide first. */
export async function demoPeople(tx: ReadTx): Promise<DemoPerson[]> {
  return tx.sql
    .selectFrom('people as p')
    .innerJoin('memberships as m', (join) => join.onRef('m.person_id', '=', 'p.id').on('m.until_at', 'is', null))
    .innerJoin('organizations as o', 'o.id', 'm.organization_id')
    .select(['p.email', 'p.name', 'o.name as organization', 'o.kind as side', 'm.roles'])
    .orderBy('o.kind')
    .orderBy('o.name')
    .orderBy((eb) => eb.fn('cardinality', ['m.roles']), 'desc')
    .orderBy('p.name')
    .limit(20)
    .execute()
}
