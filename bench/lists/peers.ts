// Limits and peers of lists, as plain SQL on one connection: no filter at all, row security as it is usually written, and the list of ids of an ORM.
import type pg from 'pg'
import type { Asked, Question } from './questions.ts'

const kind = 'service_request'

/** An answer and how long the statement took; what had to be prepared for the person is not counted. */
export interface Timed {
  readonly answer: string[] | number
  readonly ms: number
}

export async function timed(ask: () => Promise<string[] | number>): Promise<Timed> {
  const began = performance.now()
  const answer = await ask()
  return { answer, ms: performance.now() - began }
}

/** One way to answer. */
export interface Shape {
  readonly name: string
  /** Whose answers are those of the person; a limit answers for everybody. */
  readonly filters: 'person' | 'nobody'
  /** Undefined where the shape does not answer such a question. */
  ask(question: Question, asked: Asked): Promise<Timed> | undefined
  close(): Promise<void>
}

const order = 'order by r.updated_at desc, r.id desc limit 25'
const columns = `r.id::text as id, r.number, r.title, r.state, o.id as customer_id, o.name as customer_name, r.created_at, r.updated_at`

/** The statement of a question under a further condition; $1 and $2 are the place or the text. */
function statement(question: Question, selected: 'ids' | 'rows', condition = 'true'): string {
  const [shown, join] = selected === 'ids' ? ['r.id::text as id', ''] : [columns, 'join organizations o on o.customer_no = r.customer_no']
  const from = `from records r ${join} where r.kind = '${kind}' and ${condition}`
  switch (question) {
    case 'page 1':
      return `select ${shown} ${from} ${order}`
    case 'page 20':
      return `select ${shown} ${from} and (r.updated_at, r.id) < ($1::timestamptz, $2::bigint) ${order}`
    case 'count':
      return `select count(*)::int as total from records r where r.kind = '${kind}' and ${condition}`
    default:
      return `select ${shown} ${from} and (r.number ilike $1 or r.title ilike $1) ${order}`
  }
}

const parametersOf = ({ after, text }: Asked): string[] => (after ? [after.updatedAt, after.id] : text === undefined ? [] : [`%${text}%`])

function answerOf(rows: readonly { id?: string; total?: number }[]): string[] | number {
  const total = rows[0]?.total
  return total === undefined ? rows.map(({ id }) => id as string) : total
}

/** Without any filter, as the owner of the tables: nothing can be faster. */
export function unfiltered(owner: pg.Pool, selected: 'ids' | 'rows'): Shape {
  return {
    name: selected === 'ids' ? 'unfiltered ids (the limit)' : 'unfiltered rows',
    filters: 'nobody',
    ask(question, asked) {
      if (selected === 'rows' && question === 'count') return undefined
      const query = { name: `${selected} ${question}`, text: statement(question, selected), values: parametersOf(asked) }
      return timed(async () => answerOf((await owner.query(query)).rows))
    },
    close: async () => undefined,
  }
}

/** A list of customers and of records, fetched before, in the statement: as an ORM's access filter does it. Fetching them is not counted. */
export function listOfIds(owner: pg.Pool, personOf: (asked: Asked) => PeerPerson): Shape {
  return {
    name: 'ORM style: customer = any (list) or …',
    filters: 'person',
    async ask(question, asked) {
      const given = parametersOf(asked)
      const condition = `(r.customer_no = any ($${given.length + 1}::int[]) or r.id = any ($${given.length + 2}::bigint[]))`
      const { rows } = await owner.query<{ customers: number[]; records: string[] }>(reachedBy, reachParameters(personOf(asked)))
      const values = [...given, rows[0]?.customers, rows[0]?.records]
      const text = statement(question, 'rows', condition)
      return timed(async () => answerOf((await owner.query({ text, values })).rows))
    },
    close: async () => undefined,
  }
}

export interface PeerPerson {
  readonly personId: string
  readonly organizationId: string
  readonly side: string
  readonly manages: boolean
}

const reachParameters = ({ personId, organizationId, side, manages }: PeerPerson): unknown[] => [personId, organizationId, side, manages]

/** The rule of the support desk as an application would write it: the grant that decides at each customer, then customers and named records. */
const reachedBy = `with mine as (
    select distinct on (g.customer_id) o.customer_no, g.level from grants g join organizations o on o.id = g.customer_id
    where $3 = 'partner' and g.partner_id = $2 and (g.person_id = $1 or g.person_id is null)
      and g.confirmed_at <= app_now() and g.from_at <= app_now() and g.until_at > app_now() and (g.ended_at is null or g.ended_at > app_now())
    order by g.customer_id, g.person_id is null)
  select array(select customer_no from mine where level <> 'cc' union select customer_no from organizations where id = $2 and $4) as customers,
    array(select p.record_id from record_people p where p.person_id = $1 and p.kind = '${kind}'
      and (p.customer_no in (select customer_no from mine) or p.customer_no = (select customer_no from organizations where id = $2))) as records`

/** Row security for a role of the bench's own, in one of the two usual forms. */
export async function plainRowSecurity(owner: pg.Pool, form: PlainForm, personOf: (asked: Asked) => PeerPerson): Promise<Shape> {
  const client = await owner.connect()
  await client.query(policyOf[form])
  return {
    name: `row security, ${form}`,
    filters: 'person',
    async ask(question, asked) {
      const { personId, organizationId, side, manages } = personOf(asked)
      await client.query(
        `select set_config('app.person', $1, false), set_config('app.organization', $2, false), set_config('app.side', $3, false), set_config('app.roles', $4, false)`,
        [personId, organizationId, side, manages ? 'contact_manager' : 'contact'],
      )
      const query = { name: `${form} ${question}`, text: statement(question, 'rows'), values: parametersOf(asked) }
      await client.query(`set role bench_${roleOf[form]}`)
      try {
        return await timed(async () => answerOf((await client.query(query)).rows))
      } finally {
        await client.query('reset role')
      }
    },
    close: async () => client.release(),
  }
}

export type PlainForm = 'one function a row' | 'hashed sub-plans'
const roleOf: Readonly<Record<PlainForm, string>> = { 'one function a row': 'function', 'hashed sub-plans': 'subplan' }

const inForce = `g.confirmed_at <= app_now() and g.from_at <= app_now() and g.until_at > app_now() and (g.ended_at is null or g.ended_at > app_now())`

const role = (name: string): string => `
  do $$ begin create role ${name} nologin; exception when duplicate_object then null; end $$;
  grant select on records, organizations, grants, record_people to ${name};
  create policy ${name} on organizations to ${name} using (true);
  create policy ${name} on grants to ${name} using (true);
  create policy ${name} on record_people to ${name} using (true);`

const policyOf: Readonly<Record<PlainForm, string>> = {
  'one function a row': `${role('bench_function')}
  create function bench_sees(of_customer int, of_kind text, of_record bigint) returns boolean language plpgsql stable as $$
  declare decides text;
  begin
    if app_side() = 'customer' then
      return exists (select 1 from organizations where id = app_organization() and customer_no = of_customer) and ('contact_manager' = any (app_roles())
        or exists (select 1 from record_people where kind = of_kind and record_id = of_record and person_id = app_person()));
    end if;
    select g.level into decides from grants g join organizations o on o.id = g.customer_id and o.customer_no = of_customer
      where g.partner_id = app_organization() and (g.person_id = app_person() or g.person_id is null) and ${inForce}
      order by g.person_id is null limit 1;
    return coalesce(decides <> 'cc' or exists (select 1 from record_people where kind = of_kind and record_id = of_record and person_id = app_person()), false)
      and decides is not null;
  end $$;
  create policy bench_function on records to bench_function using (bench_sees(customer_no, kind, id));`,
  'hashed sub-plans': `${role('bench_subplan')}
  create view bench_mine with (security_invoker) as
    select distinct on (g.customer_id) o.customer_no, g.level from grants g join organizations o on o.id = g.customer_id
    where (select app_side()) = 'partner' and g.partner_id = (select app_organization())
      and (g.person_id = (select app_person()) or g.person_id is null) and ${inForce}
    order by g.customer_id, g.person_id is null;
  grant select on bench_mine to bench_subplan;
  create policy bench_subplan on records to bench_subplan using (
    customer_no in (select customer_no from bench_mine where level <> 'cc')
    or customer_no in (select customer_no from organizations where id = (select app_organization()) and 'contact_manager' = any ((select app_roles())::text[]))
    or id in (select p.record_id from record_people p where p.kind = '${kind}' and p.person_id = (select app_person())
      and (p.customer_no in (select customer_no from bench_mine) or p.customer_no = (select customer_no from organizations where id = (select app_organization())))));`,
}
