// The people of the demo world, for the sign-in page of a demo.
import type { ReadTx } from '../../context/context.ts'
import type { DemoPerson } from './rules.ts'

/** Everybody who can sign in, by side and organization; at most 300. */
export function demoPeople(tx: ReadTx): Promise<DemoPerson[]> {
  return tx.sql
    .selectFrom('people as p')
    .innerJoin('memberships as m', (join) => join.onRef('m.person_id', '=', 'p.id').on('m.until_at', 'is', null))
    .innerJoin('organizations as o', 'o.id', 'm.organization_id')
    .select(['p.email', 'p.name', 'o.name as organization', 'o.kind as side', 'm.roles'])
    .orderBy('o.kind')
    .orderBy('o.name')
    .orderBy('p.name')
    .limit(300)
    .execute()
}
