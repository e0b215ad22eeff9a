// Access for a group that the partner's administrators fill, as a customer gives it: made for it, or one that stands; and what the preview says of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { fillGroup } from '../groups/fill-group.ts'
import { listGroups } from '../groups/list-groups.ts'
import { giveAccess } from './give-access.ts'
import { listPartnerGroups, listSites } from './list-places.ts'
import { previewGrant } from './preview-grant.ts'

describe.each(databaseKinds)('access for groups on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind, 'standard')
  })
  afterAll(() => world.close())

  async function stage() {
    const acme = await world.customer('Acme')
    const larkfield = await world.partner('Larkfield')
    await world.relationship(acme, larkfield)
    return {
      acme,
      larkfield,
      dana: await world.person(acme, 'Dana Lee', ['contact_manager']),
      ada: await world.person(larkfield, 'Ada Boss', ['partner_administrator']),
      priya: await world.person(larkfield, 'Priya Raman', ['consultant']),
      record: await world.record(acme),
    }
  }

  const choice = { personIds: null, group: 'new', level: 'look', endsOn: '2027-02-01', reason: 'Second line', understood: true } as const
  const sees = (person: TestPerson, id: string) =>
    world
      .as(person)
      .reading('service_request:read', { kind: 'record', recordKind: 'service_request', id }, async () => true)
      .catch(() => false)

  test('BX-01 MI-009 a group is made for what is given, empty until the administrator of the partner fills it, and the preview said so', async () => {
    const { dana, larkfield, ada, priya, record } = await stage()
    const preview = await previewGrant(world.as(dana), { ...choice, partnerId: larkfield.id })
    expect([preview.people.now, preview.records.total, preview.existing]).toEqual([0, 1, null])
    expect(preview.kinds.filter(({ total }) => total > 0)).toEqual([
      { kind: 'service_request', one: 'service request', many: 'service requests', total: 1, open: 1 },
    ])
    const [grant] = await giveAccess(world.as(dana), { ...choice, partnerId: larkfield.id })
    expect([grant?.group?.name, grant?.person]).toEqual(['Acme See all requests', null])
    expect(await sees(priya, record.id)).toBe(false)
    const [group] = await listGroups(world.as(ada))
    await fillGroup(world.as(ada), { groupId: group?.id ?? '', personIds: [priya.id] })
    expect(await sees(priya, record.id)).toBe(true)
  })

  test('a group that stands can be given something else, and keeps its people', async () => {
    const { dana, larkfield, ada, priya } = await stage()
    await giveAccess(world.as(dana), { ...choice, partnerId: larkfield.id })
    const [group] = await listGroups(world.as(ada))
    await fillGroup(world.as(ada), { groupId: group?.id ?? '', personIds: [priya.id] })
    const [known] = await listPartnerGroups(world.as(dana), { partnerId: larkfield.id })
    expect(known).toEqual({ id: group?.id, name: 'Acme See all requests', members: ['Priya Raman'] })
    const more = { ...choice, partnerId: larkfield.id, group: known?.id ?? '', level: 'update' }
    const preview = await previewGrant(world.as(dana), more)
    expect([preview.people.names, preview.existing?.level]).toEqual([['Priya Raman'], 'look'])
    const [grant] = await giveAccess(world.as(dana), more)
    expect([grant?.group?.id, grant?.level]).toEqual([group?.id, 'update'])
  })

  test("another customer's group is nobody's to give to, and looks like none", async () => {
    const one = await stage()
    await giveAccess(world.as(one.dana), { ...choice, partnerId: one.larkfield.id })
    const [group] = await listGroups(world.as(one.ada))
    const other = await world.customer('Beta')
    await world.relationship(other, one.larkfield)
    const bea = await world.person(other, 'Bea', ['contact_manager'])
    expect(await listPartnerGroups(world.as(bea), { partnerId: one.larkfield.id })).toEqual([])
    const refused = [group?.id ?? '', '00000000-0000-0000-0000-000000000000', 'x'].map((id) =>
      refusalOf(giveAccess(world.as(bea), { ...choice, partnerId: one.larkfield.id, group: id })),
    )
    for (const { more, message } of await Promise.all(refused))
      expect([more.field, message]).toEqual(['group', 'There is no such group of Larkfield, or you cannot see it.'])
    const both = { ...choice, partnerId: one.larkfield.id, personIds: [one.priya.id] }
    expect((await refusalOf(giveAccess(world.as(one.dana), both))).more.field).toBe('group')
    expect((await refusalOf(listPartnerGroups(world.as(one.priya), { partnerId: one.larkfield.id }))).code).not.toBe('invalid-input')
  })

  test('BX-01 the preview names the sites that an access covers, and only whoever gives access reads the list of them', async () => {
    const { acme, dana, larkfield, priya } = await stage()
    const site = (name: string) =>
      world.stage.owner.query<{ site_no: number }>(
        'insert into sites (customer_id, customer_no, name) values ($1, $2, $3) returning site_no',
        [acme.id, acme.customerNo, name],
      )
    const berlin = (await site('Berlin')).rows[0]?.site_no ?? 0
    await site('Bonn')
    expect((await listSites(world.as(dana))).map(({ name }) => name)).toEqual(['Berlin', 'Bonn'])
    const all = await previewGrant(world.as(dana), { ...choice, partnerId: larkfield.id })
    const some = await previewGrant(world.as(dana), { ...choice, partnerId: larkfield.id, scope: { sites: [berlin] } })
    expect([all.sites, some.sites]).toEqual([
      { total: 2, names: ['Berlin', 'Bonn'] },
      { total: 1, names: ['Berlin'] },
    ])
    expect(['not-allowed', 'not-found']).toContain((await refusalOf(listSites(world.as(priya)))).code)
  })
})
