// A portal of a given size, put into the database in a few statements; a fixed seed, so that two runs measure the same.
import type pg from 'pg'
import type { TestServer } from '../test/server.ts'

export interface PortalSize {
  readonly customers: number
  readonly partners: number
  readonly records: number
}

/** A consultant whose firm may look at one customer in ten. */
export interface Portal {
  readonly consultantEmail: string
  /** External ids of a record that the consultant sees, and of one that they do not. */
  readonly seen: string
  readonly unseen: string
}

export async function smallPortal(server: TestServer, size: PortalSize): Promise<Portal> {
  const owner: pg.Pool = server.stageOwner
  const partner = await server.partner('Bench partner')
  const consultant = await server.person(partner, 'Bench Consultant', ['consultant'])
  await owner.query(
    `insert into organizations (kind, name, external_id, customer_no) select 'customer', 'Customer ' || n, 'customer-' || n, nextval('customer_numbers') from generate_series(1, $1) n`,
    [size.customers],
  )
  await owner.query(
    `insert into organizations (kind, name, external_id) select 'partner', 'Partner ' || n, 'partner-' || n from generate_series(1, $1) n`,
    [size.partners],
  )
  await owner.query(
    `insert into grants (customer_id, partner_id, level, from_at, until_at, confirmed_at, given_at)
     select c.id, p.id, 'look', '2020-01-01', '2030-01-01', '2020-01-01', '2020-01-01' from
       (select id, row_number() over (order by customer_no) as n from organizations where kind = 'customer') c
       join organizations p on p.kind = 'partner' and (p.external_id = 'partner-' || (c.n % $1 + 1) or (p.id = $2 and c.n % 10 = 0))`,
    [size.partners, partner.id],
  )
  await owner.query(
    `insert into records (kind, customer_no, external_id, number, title, state, created_at, updated_at)
     select 'service_request', c.customer_no, 'B-' || n, 'B-' || n, 'Request ' || n, 'active', '2026-01-01', timestamptz '2026-01-01' + n * interval '7 seconds'
     from generate_series(1, $1) n join (select customer_no, row_number() over (order by customer_no) - 1 as place from organizations where kind = 'customer') c
       on c.place = (n::bigint * 7919) % $2`,
    [size.records, size.customers],
  )
  await owner.query('analyze')
  const one = async (reached: boolean) => {
    const { rows } = await owner.query<{ external_id: string }>(
      `select r.external_id from records r join organizations o on o.customer_no = r.customer_no
       where exists (select 1 from grants g where g.customer_id = o.id and g.partner_id = $1) = $2 order by r.id limit 1`,
      [partner.id, reached],
    )
    return rows[0]?.external_id as string
  }
  return { consultantEmail: consultant.email, seen: await one(true), unseen: await one(false) }
}
