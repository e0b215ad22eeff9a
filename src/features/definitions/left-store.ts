// What the database holds by words of a definition: how many accesses give each level, role or right, who holds which role, which records are of which kind.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'
import type { Held } from './left-rules.ts'

export interface Row {
  readonly word: string
  readonly many: number
  readonly examples: readonly string[]
}

/** Words in use, with how many hold them and the first three; as of the instant of the question, and later where it has begun already. */
export async function wordsInUse(tx: ReadTx): Promise<Held[]> {
  const { now } = tx
  const standing = sql`g.until_at > ${now} and (g.ended_at is null or g.ended_at > ${now})`
  const inForce = sql`m.from_at <= ${now} and (m.until_at is null or m.until_at > ${now})`
  const parts: [Held['what'], RawBuilder<Row>][] = [
    ['level', counted(sql`g.level`, sql`'A-' || g.number`, sql`grants g where g.level is not null and ${standing}`)],
    ['right', counted(sql`r.word`, sql`'A-' || g.number`, sql`grants g, unnest(g.rights) as r (word) where ${standing}`)],
    [
      'home role',
      counted(
        sql`r.word`,
        sql`p.name`,
        sql`memberships m join people p on p.id = m.person_id, unnest(m.roles) as r (word) where ${inForce}`,
      ),
    ],
    [
      'home role',
      counted(
        sql`n.role`,
        sql`p.name`,
        sql`membership_sites n join memberships m on m.id = n.membership_id join people p on p.id = m.person_id where ${inForce}`,
      ),
    ],
    [
      'switch',
      counted(
        sql`s.word`,
        sql`p.name`,
        sql`memberships m join people p on p.id = m.person_id, unnest(m.switches) as s (word) where ${inForce}`,
      ),
    ],
    ['type of partner', counted(sql`o.partner_type`, sql`o.name`, sql`organizations o where o.partner_type is not null`)],
    [
      'sort of grantee',
      counted(
        sql`case when g.person_id is not null and o.kind = 'vendor' then 'vendor_person' when g.person_id is not null then 'person' when g.group_id is not null then 'group' else 'organization' end`,
        sql`'A-' || g.number`,
        sql`grants g join organizations o on o.id = g.partner_id where ${standing}`,
      ),
    ],
    ['record kind', counted(sql`r.kind`, sql`r.number`, sql`records r`)],
    ['state', counted(sql`r.kind || '.' || r.state`, sql`r.number`, sql`records r`)],
  ]
  return heldIn(tx, parts)
}

export async function heldIn(tx: ReadTx, parts: readonly [Held['what'], RawBuilder<Row>][]): Promise<Held[]> {
  const found: Held[] = []
  for (const [what, query] of parts) found.push(...(await query.execute(tx.sql)).rows.map((row) => ({ what, ...row })))
  return found
}

/** Grouped by the word; the first three examples in their order. */
export const counted = (word: RawBuilder<unknown>, example: RawBuilder<unknown>, from: RawBuilder<unknown>): RawBuilder<Row> =>
  sql<Row>`select word, count(*)::int as many, (array_agg(example order by example))[1:3] as examples
    from (select ${word} as word, ${example} as example from ${from}) as held group by word order by word`
