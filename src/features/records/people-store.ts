// Who is named on records, where they work and what they hold at the record's customer; each question is one statement for all of them.
import { sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'
import type { Side } from '../../law/law.ts'
import { prepared } from '../../platform/db/kysely-on.ts'
import type { Relation } from '../../rows/expression.ts'
import type { NamedPerson } from './rules.ts'

interface Home {
  person_id: string
  person_name: string
  organization_id: string | null
  organization_name: string | null
  side: Side | null
}

/** Everybody named on the records, with their homes; people whose membership ended have none. */
export async function peopleOn(tx: ReadTx, kind: string, ids: readonly string[]): Promise<NamedPerson[]> {
  if (ids.length === 0) return []
  const named = await sql<{
    record_id: string
    relation: string
    person_id: string
  }>`${prepared}select * from people_on(${kind}, ${ids}::bigint[])`.execute(tx.sql)
  const homes = await homesOf(
    tx,
    named.rows.map(({ person_id }) => person_id),
  )
  return named.rows.flatMap(({ record_id, relation, person_id }) => {
    const home = homes.get(person_id)
    if (!home) return []
    const { person_name, organization_id, organization_name, side } = home
    return [
      {
        recordId: String(record_id),
        relation: relation as Relation,
        personId: person_id,
        name: person_name,
        organizationId: organization_id,
        organizationName: organization_name,
        side,
      },
    ]
  })
}

async function homesOf(tx: ReadTx, people: readonly string[]): Promise<Map<string, Home>> {
  if (people.length === 0) return new Map()
  const found = await sql<Home>`${prepared}select * from homes_of(${[...new Set(people)]}::uuid[])`.execute(tx.sql)
  return new Map(found.rows.map((home) => [home.person_id, home]))
}

/** Those of the records to which a partner is assigned. */
export async function withPartners(tx: ReadTx, kind: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const found = await sql<{
    record_id: string
  }>`${prepared}select record_id from with_partners(${kind}, ${ids}::bigint[]) record_id`.execute(tx.sql)
  return new Set(found.rows.map(({ record_id }) => String(record_id)))
}

/** Who could be named on a customer's records, the customer's own people first, then people with access; at most so many. */
export async function nameablePeople(
  tx: ReadTx,
  customerNo: number,
  search: string | undefined,
  limit: number,
): Promise<{ personId: string; own: boolean }[]> {
  const found = await sql<{ person_id: string; own: boolean }>`
    select person_id, own from people_nameable(${customerNo}, ${search ?? null}, ${limit})`.execute(tx.sql)
  return found.rows.map(({ person_id, own }) => ({ personId: person_id, own }))
}
