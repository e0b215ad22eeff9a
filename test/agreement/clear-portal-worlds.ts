// Takes the small worlds out of a database again, so that the next ones are asked about among few others; the vendor stays.
import type pg from 'pg'

/** One text for one connection: the vendor is put aside in a table of its own. */
const text = `
  create temporary table kept as select * from organizations where kind = 'vendor';
  truncate organizations, people, sites, groups, grants, relationships, memberships, records restart identity cascade;
  insert into organizations select * from kept;
  drop table kept`

export async function clearPortalWorlds(owner: pg.Pool): Promise<void> {
  await owner.query(text)
}
