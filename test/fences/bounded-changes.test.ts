// The database's own net under a statement that forgot a column: what a question's role may change of a row, and in whose name it may write.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessStage, accessStage } from '../access-stage.ts'
import { databaseKinds } from '../database.ts'
import { createWorld, type TestOrganization, type TestPerson, type TestRecord, type World } from '../world.ts'

describe.each(databaseKinds)('what a change may touch on %s', (kind) => {
  let world: World
  let people: AccessStage
  let beta: TestOrganization
  let record: TestRecord
  let grantId: string
  beforeAll(async () => {
    world = await createWorld(kind)
    people = await accessStage(world)
    beta = await world.customer('Beta Foods')
    grantId = (await world.grant(people.acme, people.priya, 'update')).id
    await world.grant(beta, people.priya, 'update')
    record = await world.record(people.acme)
  })
  afterAll(() => world.close())

  /** Runs the statement as a question of the person would, and takes it back: the rows it touched, or why not. */
  async function as(person: TestPerson, text: string, values: unknown[] = []): Promise<number | string | null> {
    const { id, organization, roles } = person
    const client = await world.stage.owner.connect()
    try {
      await client.query('begin')
      await client.query(
        `select set_config('app.now', $1, true), set_config('app.person', $2, true), set_config('app.organization', $3, true), set_config('app.side', $4, true),
           set_config('app.roles', $5, true), set_config('app.operator', '', true), set_config('role', 'latchkey_app', true)`,
        [world.clock.at, id, organization.id, organization.side, roles.join(',')],
      )
      return (await client.query(text, values)).rowCount
    } catch (error) {
      return (error as Error).message
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  const bounded = expect.stringMatching(/only these columns may be changed/)
  const refused = expect.stringMatching(/row-level security/)

  test('a record stays with its customer and keeps its number', async () => {
    expect(await as(people.priya, 'update records set title = $2 where id = $1', [record.id, 'New'])).toBe(1)
    expect(await as(people.priya, 'update records set customer_no = $2 where id = $1', [record.id, beta.customerNo])).toEqual(bounded)
    expect(await as(people.priya, `update records set number = 'SR-1' where id = $1`, [record.id])).toEqual(bounded)
  })

  test("a grant is ended and never edited, an address is nobody's own to change", async () => {
    expect(await as(people.dana, `update grants set level = 'full_admin' where id = $1`, [grantId])).toEqual(bounded)
    expect(await as(people.dana, `update grants set until_at = until_at + interval '1 year' where id = $1`, [grantId])).toEqual(bounded)
    expect(await as(people.dana, `update grants set ended_at = app_now(), end_kind = 'removed' where id = $1`, [grantId])).toBe(1)
    expect(await as(people.priya, `update people set email = 'dana@acme.example' where id = $1`, [people.priya.id])).toEqual(bounded)
  })

  test('a partner asks and withdraws, and does not answer', async () => {
    const ask = (state: string) =>
      as(
        people.priya,
        `with asked as (insert into access_requests (partner_id, asked_by, addressed_to, customer_id, ends_on, reason, state, asked_at, lapses_at)
           values ($1, $2, 'a@b.example', $3, '2027-01-01', 'r', $4, app_now(), app_now()) returning id) select * from asked`,
        [people.larkfield.id, people.priya.id, people.acme.id, state],
      )
    expect(await ask('pending')).toBe(1)
    expect(await ask('approved')).toEqual(refused)
    await world.stage.owner.query(
      `insert into access_requests (partner_id, asked_by, addressed_to, customer_id, ends_on, reason, asked_at, lapses_at)
       values ($1, $2, 'a@b.example', $3, '2027-01-01', 'r', now(), now())`,
      [people.larkfield.id, people.priya.id, people.acme.id],
    )
    expect(await as(people.priya, `update access_requests set state = 'approved'`)).toEqual(refused)
    expect(await as(people.priya, `update access_requests set customer_id = $1`, [beta.id])).toEqual(bounded)
    expect(await as(people.priya, `update access_requests set state = 'withdrawn'`)).toBe(1)
    expect(await as(people.dana, `update access_requests set state = 'approved'`)).toBe(1)
  })

  test('nobody writes as another organization or as the server', async () => {
    const write = (organization: TestOrganization) =>
      as(
        people.priya,
        `insert into messages (kind, record_id, customer_no, author_id, author_name, author_organization_id, body, created_at)
         values ('service_request', $1, $2, $3, 'Priya Raman', $4, 'Hello', app_now())`,
        [record.id, people.acme.customerNo, people.priya.id, organization.id],
      )
    expect(await write(people.larkfield)).toBe(1)
    expect(await write(people.acme)).toEqual(refused)
    const audit = (actor: string) =>
      as(
        people.priya,
        `insert into audit_entries (at, what, actor_kind, actor_id, actor_name) values (app_now(), 'refused', $1, $2, 'Priya Raman')`,
        [actor, people.priya.id],
      )
    expect([await audit('person'), await audit('system')]).toEqual([1, refused])
  })
})
