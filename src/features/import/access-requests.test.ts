// Access requests, written out and brought in elsewhere: what was asked, for whom, for what of the customer, until when and why, and what was given, is the same there.
import { afterAll, describe, expect, test } from 'vitest'
import { accessStage } from '../../../test/access-stage.ts'
import { type DatabaseKind, databaseKinds } from '../../../test/database.ts'
import { actorOf, createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { createContext } from '../../context/context.ts'
import { approveAccessRequest } from '../access-requests/approve-access-request.ts'
import { listAccessRequests, readAccessRequest } from '../access-requests/list-access-requests.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import type { RequestView } from '../access-requests/view-steps.ts'
import { exportWorld } from './export-world.ts'
import { type EmptyPortal, emptyPortal, smallWorld } from './portal.test-support.ts'
import { undoImport } from './undo-import.ts'

describe.each(databaseKinds)('on %s', (kind) => {
  const open: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const close of open) await close()
  })

  const worldOf = async (portal: string) => {
    const world = await createWorld(kind, portal)
    open.push(world.close)
    return world
  }
  const written = async (world: World) => {
    const out: string[] = []
    for await (const line of await exportWorld(world.withKey(world.vendor, true))) out.push(JSON.stringify(line))
    return out
  }
  /** The same world in another portal, which writes it out in the same words. */
  const elsewhere = async (world: World, portal: string): Promise<EmptyPortal & { importId: string }> => {
    const other = await emptyOne(kind, portal)
    const out = await written(world)
    const dry = await other.lines(out, { trustGrants: true, dryRun: true })
    const first = await other.lines(out, { trustGrants: true })
    expect([dry.rows, first.rows, dry.counts]).toEqual([[], [], first.counts])
    expect(await other.written()).toEqual(out)
    expect((await other.lines(out, { trustGrants: true })).counts.access_request).toMatchObject({
      new: 0,
      changed: 0,
      failed: 0,
      conflict: 0,
    })
    return { ...other, importId: first.id ?? '' }
  }
  const emptyOne = async (database: DatabaseKind, portal: string) => {
    const other = await emptyPortal(database, portal)
    open.push(other.close)
    return other
  }
  /** The same person there. */
  const there = async ({ house, rows }: EmptyPortal, person: TestPerson) => {
    const [found] = await rows<{ id: TestPerson['id']; home: TestPerson['organization']['id'] }>(
      'select p.id, m.organization_id as home from people p join memberships m on m.person_id = p.id where p.email = $1',
      [person.email],
    )
    if (!found) throw new Error(`${person.email} did not come in`)
    return createContext(house, actorOf({ ...person, id: found.id, organization: { ...person.organization, id: found.home } }), 'test')
  }
  const words = ({ state, addressedTo, customer, endsOn, reason, askedAt, lapsesOn, items, abilities }: RequestView) => ({
    ...{ state, addressedTo, customer: customer?.name, endsOn, reason, askedAt, lapsesOn, abilities },
    items: items.map(({ person, level, rights, asks, given }) => ({ person: person?.email, level, rights, asks, given })),
  })
  const waiting = async (ctx: ReturnType<World['as']>, side: 'asked' | 'received' = 'received') =>
    (await listAccessRequests(ctx, { side, state: 'waiting' })).map(words)

  test('BX-19 of a request that waits survive the customer asked by its name, sites and records, everyone and people, the day and the reason; it can be approved there', async () => {
    const world = await worldOf('standard')
    const { acme, larkfield, dana, priya, omar, admin } = await accessStage(world)
    await world.relationship(acme, larkfield)
    const record = await world.record(acme)
    await world.grant(acme, admin, 'look')
    const { rows } = await world.stage.owner.query<{ site_no: number }>(
      "insert into sites (customer_id, customer_no, name) values ($1, $2, 'Berlin'), ($1, $2, 'Bonn') returning site_no",
      [acme.id, acme.customerNo],
    )
    const sites = rows.map(({ site_no }) => site_no)
    const records = [{ kind: 'service_request', id: record.id }]
    const { id } = await submitAccessRequest(world.as(admin), {
      customerId: acme.id,
      items: [
        { personId: priya.id, level: 'create', scope: { sites } },
        { personId: omar.id, level: 'look', scope: { records } },
        { personId: null, level: 'look' },
      ],
      endsOn: '2027-05-21',
      reason: 'We move the line.\nAll of it.',
    })
    const other = await elsewhere(world, 'standard')
    const [here, asDana] = [world.as(dana), await there(other, dana)]
    expect(await waiting(asDana)).toEqual(await waiting(here))
    expect((await waiting(asDana))[0]?.items.map(({ asks }) => /\(.*/.exec(asks)?.[0])).toEqual([
      undefined,
      `(${record.number} only)`,
      '(Berlin and Bonn only)',
    ])
    const approved = await approveAccessRequest(asDana, { requestId: id, understood: true })
    expect(approved.items.map(({ grantedLevel }) => grantedLevel)).toEqual(approved.items.map(({ level }) => level))
    const covered = await other.rows('select count(*)::int as n from grant_sites union all select count(*)::int from grant_records')
    expect(covered).toEqual([{ n: 2 }, { n: 1 }])
  })

  test('CD-011 rights alone survive while they wait and once they were given, with the access that answered; what a newer request replaced stays replaced', async () => {
    const world = await worldOf('managed-services')
    const acme = await world.customer('Acme Robotics')
    const larkfield = await world.partner('Larkfield')
    const [paula, petra] = [await world.person(acme, 'Paula Prime', ['primary_user']), await world.person(acme, 'Petra', ['primary_user'])]
    const ada = await world.person(larkfield, 'Ada Boss', ['partner_administrator'])
    const [priya, omar] = [
      await world.person(larkfield, 'Priya', ['partner_user']),
      await world.person(larkfield, 'Omar', ['partner_user']),
    ]
    const ask = (to: TestPerson, of: TestPerson, rights: string[]) =>
      submitAccessRequest(world.as(ada), {
        contactManagerEmail: to.email,
        items: [{ personId: of.id, rights }],
        endsOn: '2027-02-01',
        reason: 'Looks after the orders',
      })
    const { id: given } = await ask(paula, omar, ['orders', 'tickets'])
    await approveAccessRequest(world.as(paula), { requestId: given, understood: true })
    world.passDays(1)
    const { id: older } = await ask(paula, priya, ['orders'])
    world.passDays(1)
    await ask(petra, priya, ['orders', 'tickets'])
    const other = await elsewhere(world, 'managed-services')
    other.clock.at = world.clock.at
    const [asPaula, asAda] = [await there(other, paula), await there(other, ada)]
    expect(await waiting(asPaula)).toEqual(await waiting(world.as(paula)))
    expect((await waiting(asPaula)).map(({ items }) => items[0]?.rights)).toEqual([['orders', 'tickets']])
    expect(await waiting(asAda, 'asked')).toEqual(await waiting(world.as(ada), 'asked'))
    expect((await readAccessRequest(asAda, { requestId: older })).state).toBe('waiting')
    expect(words(await readAccessRequest(asPaula, { requestId: given }))).toEqual(
      words(await readAccessRequest(world.as(paula), { requestId: given })),
    )
    expect(await other.rows('select count(*)::int as n from access_request_items where grant_id is not null')).toEqual([{ n: 1 }])
    await undoImport(other.ctx, { importId: other.importId })
    expect(await other.written()).toEqual([])
  })

  test('a line that says of a part what nobody can ask for is told by its field', async () => {
    const portal = await emptyOne(kind, 'standard')
    const request = {
      kind: 'access_request',
      partner: 'larkfield',
      askedBy: 'priya',
      addressedTo: 'Dana@Acme.example',
      customer: 'acme',
      endsOn: '2027-02-01',
      reason: 'x',
      state: 'withdrawn',
      askedAt: '2026-11-01T08:00:00Z',
      lapsesAt: '2026-12-01T08:00:00Z',
    } as const
    const item = { person: 'priya', level: 'look' }
    const lines: Parameters<EmptyPortal['lines']>[0] = [
      ...smallWorld.slice(0, 7),
      { ...request, id: '1', items: [{ person: 'priya' }] },
      { ...request, id: '2', items: [{ ...item, rights: ['nothing'] }] },
      { ...request, id: '3', items: [{ ...item, scope: { sites: ['berlin'] } }] },
      { ...request, id: '4', customer: null, items: [{ ...item, scope: { sites: ['berlin'] } }] },
      { ...request, id: '5', addressedTo: 'Acme Robotics', items: [item] },
      { ...request, id: '6', addressedTo: 'Acme Robotics', toCustomer: true, customer: null, items: [item] },
      { ...request, id: '7', state: 'waiting', items: [item] },
      { ...request, id: '8', state: 'waiting', items: [{ ...item, person: null }, item] },
      { ...request, id: '9', state: 'waiting', items: [{ ...item, takenOver: true }] },
    ]
    const dry = await portal.lines(lines, { dryRun: true })
    const { rows, counts } = await portal.lines(lines)
    expect([dry.rows, dry.counts]).toEqual([rows, counts])
    expect(rows.map(({ line, field }) => `${line - 7} ${field}`)).toEqual([
      '1 items.0.level',
      '2 items.0.rights.0',
      '3 items.0.scope.sites.0',
      '4 items.0.scope',
      '5 addressedTo',
      '6 customer',
      '8 items.1',
    ])
    const kept = await portal.rows('select distinct addressed_to, count(*)::int as n from access_requests group by 1')
    expect(kept).toEqual([{ addressed_to: 'dana@acme.example', n: 2 }])
  })
})
