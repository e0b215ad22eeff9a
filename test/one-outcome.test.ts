// Two or more who act at the same instant, many times over: exactly one outcome, always recorded, with the letters that belong to it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approveAccessRequest } from '../src/features/access-requests/approve-access-request.ts'
import { denyAccessRequest } from '../src/features/access-requests/deny-access-request.ts'
import { readAccessRequest } from '../src/features/access-requests/list-access-requests.ts'
import { submitAccessRequest } from '../src/features/access-requests/submit-access-request.ts'
import { withdrawAccessRequest } from '../src/features/access-requests/withdraw-access-request.ts'
import { changePerson } from '../src/features/contacts/change-person.ts'
import { type AccessStage, accessStage } from './access-stage.ts'
import { atOnce } from './at-once.ts'
import { databaseKinds } from './database.ts'
import { type Caller, startTestServer, type TestServer } from './server.ts'
import type { TestPerson } from './world.ts'

const rounds = 100

// Races need a database with more than one connection.
describe.skipIf(!databaseKinds.includes('postgresql'))('at the same instant, on PostgreSQL', () => {
  let server: TestServer
  let stage: AccessStage
  beforeAll(async () => {
    server = await startTestServer('postgresql')
    stage = await accessStage(server)
  })
  afterAll(() => server.close())

  const ask = async () => {
    await server.stageOwner.query('delete from outbox')
    // So many requests in an hour are refused.
    server.setClock(new Date(Date.parse(server.clock.at) + 120_000).toISOString())
    const { priya, dana } = stage
    const asked = { contactManagerEmail: dana.email, items: [{ personId: priya.id, level: 'look' }], endsOn: '2027-05-21', reason: 'Race' }
    return (await submitAccessRequest(server.as(priya), asked)).id
  }

  const approve = (by: TestPerson) => (requestId: string) => approveAccessRequest(server.as(by), { requestId })

  /** What the database holds of a request. */
  const outcome = async (id: string) => {
    const { rows } = await server.stageOwner.query<{ state: string; grants: number; entries: string[]; letters: string[] }>(
      `select state, (select count(*)::int from grants g where g.request_id = r.id) as grants,
         array(select distinct a.what from audit_entries a where a.on_id = r.id::text and a.what in
           ('access_request.approved', 'access_request.denied', 'access_request.withdrawn')) as entries,
         array(select distinct o.letter from outbox o where o.letter in
           ('access-request-approved', 'access-request-denied', 'access-request-withdrawn')) as letters
       from access_requests r where id = $1`,
      [id],
    )
    return rows[0]
  }
  const passMinute = () => server.setClock(new Date(Date.parse(server.clock.at) + 60_000).toISOString())
  const endGrants = () =>
    server.stageOwner.query(`update grants set ended_at = $1, end_kind = 'removed' where ended_at is null`, [server.clock.at])

  // These are shorter than an approval: now and then somebody looks before, so that each comes first sometimes.
  let looks = 0
  const lookFirst = async (by: TestPerson, requestId: string) => {
    for (let left = looks++ % 4; left > 0; left--) await readAccessRequest(server.as(by), { requestId })
  }
  const deny = (by: TestPerson) => async (requestId: string) => {
    await lookFirst(by, requestId)
    return denyAccessRequest(server.as(by), { requestId })
  }
  const withdraw = (by: TestPerson) => async (requestId: string) => {
    await lookFirst(by, requestId)
    return withdrawAccessRequest(server.as(by), { requestId })
  }

  const race = async (answers: readonly ((id: string) => Promise<unknown>)[], states: readonly string[]) => {
    const seen: Record<string, number> = {}
    for (let round = 0; round < rounds; round++) {
      const id = await ask()
      // Each begins as often as the other.
      const works = answers.map((_, at) => () => (answers[(at + round) % answers.length] as (typeof answers)[number])(id))
      const codes = await atOnce(works)
      expect(codes.filter((code) => code === 'done')).toHaveLength(1)
      expect(codes.filter((code) => !['done', 'already-answered', 'stale'].includes(code))).toEqual([])
      const found = await outcome(id)
      expect(states).toContain(found?.state)
      expect(found).toMatchObject({
        grants: found?.state === 'approved' ? 1 : 0,
        entries: [`access_request.${found?.state}`],
        letters: [`access-request-${found?.state}`],
      })
      seen[found?.state ?? 'lost'] = (seen[found?.state ?? 'lost'] ?? 0) + 1
      await endGrants()
    }
    console.log(`${rounds} rounds: ${JSON.stringify(seen)}`)
  }

  test(
    `O-A15 approve against withdraw, ${rounds} times`,
    () => race([approve(stage.dana), withdraw(stage.priya)], ['approved', 'withdrawn']),
    240_000,
  )

  test(
    `O-A15 approve against decline, ${rounds} times`,
    () => race([approve(stage.dana), deny(stage.tom)], ['approved', 'denied']),
    240_000,
  )

  test(`OR-060 two who approve, ${rounds} times`, () => race([approve(stage.dana), approve(stage.tom)], ['approved']), 240_000)

  /** Dana approves while Tom takes the right to approve from her. Who was second to commit is refused, or was before the end. */
  const againstTheEnd = async (round: number): Promise<'approved before the end' | 'refused after it'> => {
    const { acme, dana, tom } = stage
    const roles = (held: string) => changePerson(server.as(tom), { organizationId: acme.id, contactId: dana.id, roles: [held] })
    const id = await ask()
    passMinute()
    const ended = async () => {
      await lookFirst(tom, id)
      return roles('contact')
    }
    const works = { ended, approved: () => approve(dana)(id) }
    const order = round % 2 === 0 ? (['ended', 'approved'] as const) : (['approved', 'ended'] as const)
    const codes = await atOnce(order.map((which) => works[which]))
    const [hasEnded, approved] = [codes[order.indexOf('ended')], codes[order.indexOf('approved')]]
    const found = await outcome(id)
    expect(['not-allowed', 'not-found', 'stale', 'done']).toContain(approved)
    expect(found).toMatchObject(
      approved === 'done' ? { state: 'approved', grants: 1 } : { state: 'pending', grants: 0, entries: [], letters: [] },
    )
    // Whoever was told to try again because of the other does so.
    if (hasEnded !== 'done') await roles('contact')
    // From here on there is no right.
    expect(await atOnce([() => approve(dana)(id)])).toEqual([expect.stringMatching(/^not-/)])
    passMinute()
    await roles('contact_manager')
    await server.stageOwner.query(`update access_requests set state = 'withdrawn', answered_at = $1 where state = 'pending'`, [
      server.clock.at,
    ])
    await server.stageOwner.query('update access_request_items set pending_customer_id = null, pending_partner_id = null')
    await endGrants()
    return approved === 'done' ? 'approved before the end' : 'refused after it'
  }

  test(`approve against the end of the approver's own right, ${rounds} times: what comes after the end is refused`, async () => {
    const seen = { 'approved before the end': 0, 'refused after it': 0 }
    for (let round = 0; round < rounds; round++) seen[await againstTheEnd(round)]++
    console.log(`${rounds} rounds: ${JSON.stringify(seen)}`)
  }, 240_000)

  test(`the same Idempotency-Key 20 times at once, ${rounds} times: one effect and one answer`, async () => {
    const dana: Caller = await server.signIn(stage.dana)
    for (let round = 0; round < rounds; round++) {
      const id = await ask()
      const approval = () => dana('POST', `/api/v1/access-requests/${id}/approval`, {}, { 'idempotency-key': `round-${round}` })
      const answers = await Promise.all(Array.from({ length: 20 }, approval))
      const done = answers.filter(({ status }) => status === 201)
      expect(done.length).toBeGreaterThanOrEqual(1)
      expect(new Set(done.map(({ body }) => JSON.stringify(body))).size).toBe(1)
      expect(
        answers.filter(({ status, body }) => status !== 201 && !['stale', 'busy'].includes(body.code)).map(({ body }) => body),
      ).toEqual([])
      expect(await outcome(id)).toMatchObject({
        state: 'approved',
        grants: 1,
        entries: ['access_request.approved'],
        letters: ['access-request-approved'],
      })
      await endGrants()
    }
  }, 240_000)
})
