// The people of the demo world, for the sign-in page of a demo.
import type { ReadTx } from '../../context/context.ts'

export interface DemoPerson {
  readonly email: string
  readonly name: string
  readonly organization: string
  readonly side: string
  readonly roles: string[]
}

/** Two people of each organization, those who decide first: enough to walk through a demo. */
export function demoPeople(tx: ReadTx): Promise<DemoPerson[]> {
  return tx.sql
    .with('ranked', (db) =>
      db
        .selectFrom('people as p')
        .innerJoin('memberships as m', (join) => join.onRef('m.person_id', '=', 'p.id').on('m.until_at', 'is', null))
        .innerJoin('organizations as o', 'o.id', 'm.organization_id')
        .select(['p.email', 'p.name', 'o.name as organization', 'o.kind as side', 'm.roles'])
        .select((eb) =>
          eb.fn
            .agg<number>('row_number')
            .over((over) => over.partitionBy('o.id').orderBy((of) => of.fn('cardinality', ['m.roles']), 'desc').orderBy('p.name'))
            .as('place'),
        ),
    )
    .selectFrom('ranked')
    .select(['email', 'name', 'organization', 'side', 'roles'])
    .where('place', '<=', 2)
    .orderBy('side')
    .orderBy('organization')
    .orderBy('place')
    .execute()
}
