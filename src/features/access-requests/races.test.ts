// Several answers at the same moment: exactly one counts, on exactly what was asked. Races need a database with more than one connection.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessStage, accessStage } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { changeAccess } from '../grants/change-access.ts'
import { giveAccess } from '../grants/give-access.ts'
import { listGrants } from '../grants/list-grants.ts'
import { removeAccess } from '../grants/remove-access.ts'
import { approveAccessRequest } from './approve-access-request.ts'
import { denyAccessRequest } from './deny-access-request.ts'
import { listAccessRequests, readAccessRequest } from './list-access-requests.ts'
import { submitAccessRequest } from './submit-access-request.ts'
import { withdrawAccessRequest } from './withdraw-access-request.ts'

const rounds = 50

describe.skipIf(!databaseKinds.includes('postgresql'))('on PostgreSQL', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld('postgresql')
  })
  afterAll(() => world.close())

  const ask = (by: TestPerson, to: string, level = 'look') =>
    submitAccessRequest(world.as(by), {
      contactManagerEmail: to,
      items: [{ personId: by.id, level }],
      endsOn: '2027-05-21',
      reason: 'Race',
    })

  /** How each ended: what it answered, or the code of its refusal. Anything else that is thrown fails the test. */
  const allAtOnce = async <T>(works: readonly (() => Promise<T>)[]) => {
    const ends = await Promise.allSettled(works.map((work) => work()))
    return ends.map((end) => {
      if (end.status === 'fulfilled') return { won: true, code: 'done' }
      if (!isRefusal(end.reason)) throw end.reason
      return { won: false, code: end.reason.code }
    })
  }

  /** One race of three answers; returns what the request became. */
  const race = async ({ dana, tom, priya }: AccessStage, round: number): Promise<string> => {
    const { id } = await ask(priya, dana.email)
    const answers = [
      () => approveAccessRequest(world.as(dana), { requestId: id }),
      () => denyAccessRequest(world.as(tom), { requestId: id }),
      () => withdrawAccessRequest(world.as(priya), { requestId: id }),
    ]
    const ends = await allAtOnce(answers.map((_, at) => answers[(at + round) % 3] as (typeof answers)[number]))
    expect(ends.filter(({ won }) => won)).toHaveLength(1)
    expect(ends.filter(({ code }) => !['done', 'already-answered', 'stale'].includes(code))).toEqual([])
    const { state } = await readAccessRequest(world.as(dana), { requestId: id })
    const grants = await listGrants(world.as(dana), { side: 'given', state: 'active' })
    expect([state, grants.map(({ requestId }) => requestId)]).toEqual([state, state === 'approved' ? [id] : []])
    for (const grant of grants) await removeAccess(world.as(dana), { grantId: grant.id })
    return state
  }

  test(`O-A15 approve, decline and withdraw at once: exactly one counts, ${rounds} times`, async () => {
    const stage = await accessStage(world)
    const became = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      became.add(await race(stage, round))
      world.passDays(1)
    }
    expect(became.size).toBeGreaterThan(1)
    const { rows } = await world.stage.owner.query(
      `select on_id from audit_entries where what in ('access_request.approved', 'access_request.denied', 'access_request.withdrawn')
       and customer_id is not null group by on_id having count(*) <> 1`,
    )
    expect(rows).toEqual([])
  }, 300_000)

  test('two managers approve at once: one access, and the other is told', async () => {
    const { dana, tom, priya } = await accessStage(world)
    for (let round = 0; round < 20; round++) {
      const { id } = await ask(priya, tom.email)
      const ends = await allAtOnce([dana, tom].map((manager) => () => approveAccessRequest(world.as(manager), { requestId: id })))
      expect(ends.filter(({ won }) => won)).toHaveLength(1)
      expect((await listGrants(world.as(dana), { side: 'given', state: 'active' })).map(({ requestId }) => requestId)).toEqual([id])
    }
  }, 120_000)

  test('O-A16 requests to two addresses of one customer at once: neither is refused, one stands before the customer', async () => {
    for (let round = 0; round < 20; round++) {
      const { dana, tom, priya } = await accessStage(world)
      const ends = await allAtOnce([dana, tom].map((manager) => () => ask(priya, manager.email)))
      // A lost race may be told to try again, and never that the two belong together.
      for (const { code } of ends) expect(['done', 'stale']).toContain(code)
      expect(await listAccessRequests(world.as(dana), { side: 'received', state: 'waiting' })).toHaveLength(1)
    }
  }, 120_000)

  test('the same address asked twice at once: one request', async () => {
    for (let round = 0; round < 20; round++) {
      const { priya } = await accessStage(world)
      for (const address of ['nobody@nowhere.example']) {
        const ends = await allAtOnce([1, 2].map(() => () => ask(priya, address)))
        expect(ends.filter(({ won }) => won)).toHaveLength(1)
        expect(await listAccessRequests(world.as(priya), { side: 'asked', state: 'waiting' })).toHaveLength(1)
      }
    }
  }, 120_000)

  test('give, change and remove at once leave one access at most, and never two', async () => {
    for (let round = 0; round < 20; round++) {
      const { acme, larkfield, dana, tom, priya } = await accessStage(world)
      await world.relationship(acme, larkfield)
      const { id } = await world.grant(acme, priya, 'look')
      await allAtOnce<unknown>([
        () =>
          giveAccess(world.as(dana), { partnerId: larkfield.id, personIds: [priya.id], level: 'cc', endsOn: '2026-12-31', reason: 'Race' }),
        () => changeAccess(world.as(tom), { grantId: id, level: 'update' }),
        () => removeAccess(world.as(dana), { grantId: id }),
      ])
      const { rows } = await world.stage.owner.query(
        'select ended_at is null as standing, count(*)::int as n from grants where customer_id = $1 group by 1',
        [acme.id],
      )
      expect(rows.find(({ standing }) => standing)?.n ?? 0).toBeLessThanOrEqual(1)
      expect((await listGrants(world.as(dana), { side: 'given', state: 'active' })).length).toBeLessThanOrEqual(1)
    }
  }, 120_000)
})
