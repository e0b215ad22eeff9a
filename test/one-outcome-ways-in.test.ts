// Two who add the same person, access or request at the same instant, many times over: it is there once, and nobody gets an error of the database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { submitAccessRequest } from '../src/features/access-requests/submit-access-request.ts'
import { addPerson } from '../src/features/contacts/add-person.ts'
import { giveAccess } from '../src/features/grants/give-access.ts'
import { fillGroup } from '../src/features/groups/fill-group.ts'
import { accessStage } from './access-stage.ts'
import { atOnce } from './at-once.ts'
import { databaseKinds } from './database.ts'
import { createWorld, type TestPerson, type World } from './world.ts'

const rounds = 25

// Races need a database with more than one connection.
describe.skipIf(!databaseKinds.includes('postgresql'))('the same added twice at the same instant, on PostgreSQL', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld('postgresql')
  })
  afterAll(() => world.close())

  const own = async <T extends object>(text: string, values: unknown[], on = world) => (await on.stage.owner.query<T>(text, values)).rows

  /** Each is begun first as often as the other. */
  const race = async (works: readonly (() => Promise<unknown>)[], round: number): Promise<string[]> => {
    const codes = await atOnce(round % 2 === 0 ? works : works.toReversed())
    expect(codes).toContain('done')
    return codes
  }

  test.each(['to sign in', 'written down'])(
    'two add one address, %s',
    async (how) => {
      const { acme, dana, tom } = await accessStage(world)
      const signsIn = how === 'to sign in'
      for (let round = 0; round < rounds; round++) {
        world.passDays(1)
        const email = `both.${round}.${signsIn}@acme-robotics.example`
        const add = (by: TestPerson) => () =>
          addPerson(world.as(by), { organizationId: acme.id, email, name: 'Both', roles: ['contact'], signsIn })
        expect((await race([add(dana), add(tom)], round)).sort()).toEqual([
          'done',
          expect.stringMatching(/^(invalid-input|overlaps|stale)$/),
        ])
        const there = await own(
          `select 1 from memberships m join people p on p.id = m.person_id where p.email = $1
         union all select 1 from contact_entries where email = $1`,
          [email],
        )
        expect(there).toHaveLength(1)
        expect(await own("select 1 from audit_entries where what = 'person.added' and detail ->> 'email' = $1", [email])).toHaveLength(1)
      }
    },
    120_000,
  )

  test('two customers add one address that nobody had: its person is at home at one of them', async () => {
    const [here, there] = [await accessStage(world), await accessStage(world)]
    for (let round = 0; round < rounds; round++) {
      world.passDays(1)
      const email = `new.${round}@somewhere.example`
      const add = (at: typeof here) => () =>
        addPerson(world.as(at.dana), { organizationId: at.acme.id, email, name: 'New', roles: ['contact'] })
      // Neither may learn of the other: both are answered as if the address were theirs alone.
      expect(await race([add(here), add(there)], round)).toEqual(['done', 'done'])
      expect(await own('select 1 from memberships m join people p on p.id = m.person_id where p.email = $1', [email])).toHaveLength(1)
      expect(await own('select 1 from contact_entries where email = $1', [email])).toHaveLength(1)
    }
  }, 120_000)

  test('two give the same partner access, or ask for the same person: one access, one request', async () => {
    const { acme, larkfield, dana, tom, priya, omar, admin } = await accessStage(world)
    await world.relationship(acme, larkfield)
    const more = { level: 'look', endsOn: '2027-02-01', reason: 'Both', understood: true }
    const standing = () => own('select 1 from grants where customer_id = $1 and ended_at is null', [acme.id])
    const end = () =>
      own(`update grants set ended_at = $2, end_kind = 'removed' where customer_id = $1 and ended_at is null`, [acme.id, world.clock.at])
    world.setClock('2026-11-21T10:00:00.000Z')
    for (let round = 0; round < rounds; round++) {
      const give = (by: TestPerson) => () => giveAccess(world.as(by), { partnerId: larkfield.id, personIds: [priya.id], ...more })
      await race([give(dana), give(tom)], round)
      expect(await standing()).toHaveLength(1)
      await end()
      world.setClock(new Date(Date.parse(world.clock.at) + 3_600_000).toISOString())
      const ask = (by: TestPerson) => () =>
        submitAccessRequest(world.as(by), {
          contactManagerEmail: dana.email,
          items: [{ personId: omar.id, level: 'look' }],
          endsOn: '2027-01-01',
          reason: 'Both',
        })
      await race([ask(omar), ask(admin)], round)
      expect(await own('select 1 from access_request_items where pending_customer_id = $1', [acme.id])).toHaveLength(1)
      await own('update access_request_items set pending_customer_id = null, pending_partner_id = null', [])
      await own(`update access_requests set state = 'withdrawn', answered_at = $1 where state = 'pending'`, [world.clock.at])
    }
  }, 120_000)

  test('two put the same colleague into a group: they are in it once, and it is recorded once', async () => {
    const telephony = await createWorld('postgresql', 'telephony-account')
    try {
      const partner = await telephony.partner('Larkfield')
      const priya = await telephony.person(partner, 'Priya', ['partner_user'])
      const bosses = [
        await telephony.person(partner, 'Ada', ['partner_administrator']),
        await telephony.person(partner, 'Ben', ['partner_administrator']),
      ]
      const made = 'insert into groups (partner_id, name, created_at) values ($1, $2, $3) returning id'
      for (let round = 0; round < rounds; round++) {
        const [group] = await own<{ id: string }>(made, [partner.id, `Shift ${round}`, '2026-01-01'], telephony)
        const groupId = group?.id ?? ''
        const fill = (by: TestPerson) => () => fillGroup(telephony.as(by), { groupId, personIds: [priya.id] })
        const codes = await race(bosses.map(fill), round)
        const members = await own('select 1 from group_members where group_id = $1 and until_at is null', [groupId], telephony)
        const entries = await own("select 1 from audit_entries where what = 'group_member.added' and on_id = $1", [groupId], telephony)
        expect([codes.filter((code) => code === 'done').length, members.length, entries.length]).toEqual([1, 1, 1])
      }
    } finally {
      await telephony.close()
    }
  }, 120_000)
})
