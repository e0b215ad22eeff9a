// Two who end access or take its end back at the same instant, many times over: one outcome, recorded once, with the letters that belong to it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changePerson } from '../src/features/contacts/change-person.ts'
import { disablePerson } from '../src/features/contacts/disable-person.ts'
import { giveAccess } from '../src/features/grants/give-access.ts'
import { removePartner } from '../src/features/receipts/remove-partner.ts'
import { undoRemoval } from '../src/features/receipts/undo-removal.ts'
import { atOnce } from './at-once.ts'
import { databaseKinds } from './database.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from './world.ts'

const rounds = 100

// Races need a database with more than one connection.
describe.skipIf(!databaseKinds.includes('postgresql'))('at the same instant, at the end of access, on PostgreSQL', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld('postgresql')
  })
  afterAll(() => world.close())

  const own = async <T extends object>(text: string, values: unknown[]) => (await world.stage.owner.query<T>(text, values)).rows

  const recorded = async (customer: TestOrganization, what: string): Promise<number> =>
    (await own('select 1 from audit_entries where customer_id = $1 and what = $2', [customer.id, what])).length
  const readersOf = async (customer: TestOrganization, letter: string): Promise<string[]> =>
    (
      await own<{ email: string }>(
        'select p.email from outbox o join people p on p.id = o.to_person_id where o.customer_id = $1 and o.letter = $2 order by 1',
        [customer.id, letter],
      )
    ).map(({ email }) => email)
  const standing = (customer: TestOrganization) =>
    own<{ level: string }>('select level from grants where customer_id = $1 and ended_at is null and until_at > $2', [
      customer.id,
      world.clock.at,
    ])

  /** Each lets the other go, or takes the role from the other. */
  const leavingAtOnce = async (round: number): Promise<string> => {
    const firm = await world.customer(`Pair ${round}`)
    const ann = await world.person(firm, 'Ann', ['contact_manager'])
    const ben = await world.person(firm, 'Ben', ['contact_manager'])
    const letGo = (by: TestPerson, whom: TestPerson) => () => disablePerson(world.as(by), { organizationId: firm.id, contactId: whom.id })
    const demote = (by: TestPerson, whom: TestPerson) => () =>
      changePerson(world.as(by), { organizationId: firm.id, contactId: whom.id, roles: ['contact'] })
    const works = [letGo(ann, ben), round % 2 === 0 ? letGo(ben, ann) : demote(ben, ann)]
    const codes = await atOnce(round % 4 < 2 ? works : works.toReversed())
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    expect(codes.filter((code) => !['done', 'stale', 'overlaps', 'not-allowed', 'not-signed-in'].includes(code))).toEqual([])
    const managers = await own<{ person_id: string }>(
      `select person_id from memberships where organization_id = $1 and 'contact_manager' = any(roles) and (until_at is null or until_at > $2)`,
      [firm.id, world.clock.at],
    )
    expect(managers).toHaveLength(1)
    const entries = await own<{ what: string; by: string }>(
      `select what, actor_id as by from audit_entries where customer_id = $1 and what in ('person.disabled', 'person.roles_changed')`,
      [firm.id],
    )
    expect(entries.map(({ by }) => by)).toEqual([managers[0]?.person_id])
    const letters = await own<{ letter: string }>(
      `select letter from outbox where letter in ('people-let-go', 'people-roles-changed') and (to_address = any($1) or to_person_id = any($2))`,
      [
        [ann.email, ben.email],
        [ann.id, ben.id],
      ],
    )
    expect(letters.map(({ letter }) => letter)).toEqual([entries[0]?.what === 'person.disabled' ? 'people-let-go' : 'people-roles-changed'])
    return managers[0]?.person_id === ann.id ? 'Ann stayed' : 'Ben stayed'
  }

  const tally = async (name: string, round: (round: number) => Promise<string>) => {
    const seen: Record<string, number> = {}
    for (let at = 0; at < rounds; at++) {
      const outcome = await round(at)
      seen[outcome] = (seen[outcome] ?? 0) + 1
    }
    console.log(`${name}, ${rounds} rounds: ${JSON.stringify(seen)}`)
  }

  test(
    `MI-036 two last contact managers leave at once, ${rounds} times: one stays`,
    () => tally('two last contact managers', leavingAtOnce),
    240_000,
  )

  /** A partner whose access for everyone was removed a moment ago. */
  const removed = async (round: number) => {
    const acme = await world.customer(`Acme ${round}`)
    const partner = await world.partner(`Larkfield ${round}`)
    await world.relationship(acme, partner)
    const dana = await world.person(acme, 'Dana', ['contact_manager'])
    const tom = await world.person(acme, 'Tom', ['contact_manager'])
    const admin = await world.person(partner, 'Ada', ['partner_administrator'])
    await world.grant(acme, partner, 'look', { givenBy: dana })
    const { id } = await removePartner(world.as(dana), { partnerId: partner.id })
    return { acme, partner, dana, tom, admin, undo: (by: TestPerson) => () => undoRemoval(world.as(by), { removalId: id }) }
  }

  test(`BX-03 two undo one removal at once, ${rounds} times: it comes back once`, async () => {
    await tally('two who undo', async (round) => {
      const { acme, dana, tom, admin, undo } = await removed(round)
      const by = round % 2 === 0 ? [dana, tom] : [tom, dana]
      const codes = await atOnce(by.map(undo))
      expect(codes.filter((code) => code === 'done')).toHaveLength(1)
      expect(codes.filter((code) => !['done', 'already-answered', 'stale'].includes(code))).toEqual([])
      expect(await standing(acme)).toEqual([{ level: 'look' }])
      expect([await recorded(acme, 'removal.undone'), await recorded(acme, 'grant.restored')]).toEqual([1, 1])
      expect(await readersOf(acme, 'removal-undone')).toEqual([dana.email, tom.email, admin.email].sort())
      return `${by[codes.indexOf('done')]?.name} undid it`
    })
  }, 240_000)

  /** Which of the two were done, and whether what was removed came back before the gift. */
  const undoneAgainstGift = async (round: number) => {
    const { acme, partner, dana, tom, undo } = await removed(rounds + round)
    const more = { level: 'update', endsOn: '2027-02-01', reason: 'Anew', understood: true }
    const give = () => giveAccess(world.as(dana), { partnerId: partner.id, personIds: null, ...more })
    const works = { undone: undo(tom), given: give }
    const order = round % 2 === 0 ? (['undone', 'given'] as const) : (['given', 'undone'] as const)
    const codes = await atOnce(order.map((which) => works[which]))
    expect(codes.filter((code) => !['done', 'stale'].includes(code))).toEqual([])
    expect(codes).toContain('done')
    const done = { undone: codes[order.indexOf('undone')] === 'done', given: codes[order.indexOf('given')] === 'done' }
    return { acme, told: [dana.email, tom.email].sort(), done, cameBack: (await recorded(acme, 'grant.restored')) === 1 }
  }

  /** What the round left, and the outcomes that it may be: each is whole. */
  const endsOfIt = {
    'given, and then nothing came back': { given: 1, undone: 1, ends: ['removed', null], level: 'update' },
    'came back, and then replaced': { given: 1, undone: 1, ends: ['removed', 'replaced', null], level: 'update' },
    'undone alone': { given: 0, undone: 1, ends: ['removed', null], level: 'look' },
    'given alone': { given: 1, undone: 0, ends: ['removed', null], level: 'update' },
  }

  test(`BX-03 a removal is undone against a new gift to the same, ${rounds} times: one access stands, and both say so truly`, async () => {
    await tally('undo against a gift', async (round) => {
      const { acme, told, done, cameBack } = await undoneAgainstGift(round)
      const outcome = cameBack ? 'came back, and then replaced' : 'given, and then nothing came back'
      const name = done.given && done.undone ? outcome : done.given ? 'given alone' : 'undone alone'
      const { level, ...end } = endsOfIt[name]
      expect(await standing(acme)).toEqual([{ level }])
      const ends = await own<{ end_kind: string | null }>('select end_kind from grants where customer_id = $1 order by number', [acme.id])
      const [given, undone] = [await recorded(acme, 'grant.given'), await recorded(acme, 'removal.undone')]
      expect({ given, undone, ends: ends.map(({ end_kind }) => end_kind) }).toEqual(end)
      const readers = async (letter: string) => (await readersOf(acme, letter)).filter((one) => told.includes(one))
      expect([await readers('access-given'), await readers('removal-undone')]).toEqual([given, undone].map((many) => (many ? told : [])))
      return name
    })
  }, 240_000)
})
