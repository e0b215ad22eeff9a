// Whom a partner's administrator let in, when that administrator's own access ends: what stays, who is told, and where the customer sees it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { addMilliseconds } from '../../kernel/instant.ts'
import { listGrants } from '../grants/list-grants.ts'
import { removeAccess } from '../grants/remove-access.ts'
import { exportNamedPeople, listNamedPeople } from '../named-people/list-named-people.ts'
import { letInColleague } from './let-in-colleague.ts'

describe.each(databaseKinds)('whom a colleague let in, on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind, 'managed-services')
  })
  afterAll(() => world.close())

  test('CD-017 CD-045 whom a colleague let in keeps the access when that colleague loses theirs; the customer is told so and sees it in its list', async () => {
    const acme = await world.customer('Acme Robotics')
    const larkfield = await world.partner('Larkfield')
    await world.relationship(acme, larkfield)
    const paula = await world.person(acme, 'Paula Prime', ['primary_user'])
    const ada = await world.person(larkfield, 'Ada Boss', ['partner_administrator'])
    const priya = await world.person(larkfield, 'Priya Raman', ['partner_user'])
    const omar = await world.person(larkfield, 'Omar Nasser', ['partner_user'])
    const until = addMilliseconds(world.clock.at, 365 * 86_400_000)
    for (const person of [ada, omar]) await world.grant(acme, person, 'administrator', { until, givenBy: paula })
    const what = { rights: ['orders'], endsOn: '2027-02-01', reason: 'Looks after the orders' }
    await letInColleague(world.as(ada), { customerId: acme.id, personId: priya.id, ...what })
    const listed = async () =>
      (await listNamedPeople(world.as(paula), { state: 'now' })).map(({ person, letInBy }) => [person.name, letInBy])
    expect(await listed()).toEqual([
      [ada.name, null],
      [omar.name, null],
      [priya.name, { name: ada.name, hasAccess: true }],
    ])
    const [hers] = (await listGrants(world.as(paula), { side: 'given', state: 'active' })).filter(({ person }) => person?.id === ada.id)
    const { left } = await removeAccess(world.as(paula), { grantId: hers?.id ?? '' })
    expect(left.slice(0, 2)).toEqual([
      'Ada Boss has no access to Acme Robotics any more.',
      expect.stringMatching(/^Priya Raman, whom Ada Boss let in, still has: Orders until .*\. That does not end with this\.$/),
    ])
    expect(await listed()).toEqual([
      [omar.name, null],
      [priya.name, { name: ada.name, hasAccess: false }],
    ])
    const csv = await exportNamedPeople(world.as(paula), { state: 'now' })
    expect(csv).toContain('"yes, who has no access any more"')
    await world.stage.owner.query('update memberships set until_at = $2 where person_id = $1', [ada.id, world.clock.at])
    expect((await listed()).at(-1)).toEqual([priya.name, { name: ada.name, hasAccess: false }])
  })
})
