// Asking for named sites or records: only those that the asker may know of; and narrowing what was asked for, which never widens it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessStage, accessStage, refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../../../test/world.ts'
import { giveAccess } from '../grants/give-access.ts'
import { listGrants } from '../grants/list-grants.ts'
import { approveAccessRequest } from './approve-access-request.ts'
import { readAccessRequest } from './list-access-requests.ts'
import { listSitesToName } from './list-sites-to-name.ts'
import { submitAccessRequest } from './submit-access-request.ts'

type Scope = { sites?: (number | string)[]; records?: { kind: string; id: string }[] }

describe.each(databaseKinds)('asking for some sites or records on %s', (kind) => {
  let world: World
  let place: AccessStage & { berlin: number; bonn: number; elsewhere: number }
  const site = async (customer: TestOrganization, name: string) =>
    (
      await world.stage.owner.query<{ site_no: number }>(
        'insert into sites (customer_id, customer_no, name) values ($1, $2, $3) returning site_no',
        [customer.id, customer.customerNo, name],
      )
    ).rows[0]?.site_no as number
  beforeAll(async () => {
    world = await createWorld(kind, 'standard')
    const stage = await accessStage(world)
    await world.relationship(stage.acme, stage.larkfield)
    const beta = await world.customer('Beta Foods')
    place = {
      ...stage,
      berlin: await site(stage.acme, 'Berlin'),
      bonn: await site(stage.acme, 'Bonn'),
      elsewhere: await site(beta, 'Basel'),
    }
  })
  afterAll(() => world.close())

  const ask = (by: TestPerson, scope: Scope | undefined, more: { level?: string; endsOn?: string } = {}) =>
    submitAccessRequest(world.as(by), {
      customerId: place.acme.id,
      items: [{ personId: by.id, level: more.level ?? 'create', scope }],
      endsOn: more.endsOn ?? '2027-05-21',
      reason: 'We move the line.',
    })
  const give = (to: TestPerson, level: string, scope?: Scope) =>
    giveAccess(world.as(place.dana), {
      partnerId: place.larkfield.id,
      personIds: [to.id],
      level,
      scope,
      endsOn: '2026-12-31',
      reason: 'Second line',
      understood: true,
    })
  const letters = async (letter: string, to: TestPerson, about: string) =>
    (await world.letters())
      .filter((one) => one.letter === letter && one.to === to.email && one.body_text.includes(about))
      .map(({ body_text }) => body_text)
  const itemOf = async (by: TestPerson, requestId: string) => {
    const [item] = (await readAccessRequest(world.as(by), { requestId })).items
    if (!item) throw new Error('a request has a part')
    return item
  }

  test('whoever may know of no site and no record of the customer names none: one that is there, one of another customer and none at all are answered alike', async () => {
    const record = await world.record(place.acme)
    const sentences = []
    for (const sites of [[place.berlin], [place.elsewhere], [999_999], ['x']])
      sentences.push((await refusalOf(ask(place.omar, { sites }))).message)
    expect(new Set(sentences)).toEqual(new Set(['Not every site named here is one that you may know of.']))
    const refusals = []
    for (const id of [record.id, '999999', 'x'])
      refusals.push(await refusalOf(ask(place.omar, { records: [{ kind: 'service_request', id }] })))
    refusals.push(await refusalOf(ask(place.omar, { records: [{ kind: 'nothing', id: '1' }] })))
    expect(new Set(refusals.map(({ message, more }) => `${more.field}: ${message}`))).toEqual(
      new Set(['items.0.scope.records: Not every record named here is one that you may know of.']),
    )
    expect(await listSitesToName(world.as(place.omar), { customerId: place.acme.id })).toEqual([])
  })

  test('an address is asked for the whole customer alone, whoever it belongs to', async () => {
    const sentences = []
    for (const contactManagerEmail of [place.dana.email, 'nobody@nowhere.example']) {
      const items = [{ personId: place.priya.id, level: 'look', scope: { sites: [place.berlin] } }]
      const refusal = await refusalOf(
        submitAccessRequest(world.as(place.priya), { contactManagerEmail, items, endsOn: '2027-05-21', reason: 'x' }),
      )
      sentences.push(`${refusal.more.field} ${refusal.message}`)
    }
    expect(sentences[0]).toContain('items.0.scope Single sites and records can be named only at a customer that you know')
    expect(sentences[1]).toBe(sentences[0])
  })

  test('BX-05 BX-19 what is asked for some sites says so on the page, in the letters, as a difference and in the history; the answer may take sites away, and never adds one', async () => {
    const { dana, priya, berlin, bonn } = place
    await give(priya, 'look')
    expect((await listSitesToName(world.as(priya), { customerId: place.acme.id })).map(({ name }) => name)).toEqual(['Berlin', 'Bonn'])
    const { id } = await ask(priya, { sites: [berlin, bonn] })
    const item = await itemOf(dana, id)
    expect(item).toMatchObject({ asks: 'Open requests for you (Berlin and Bonn only)', scope: { kind: 'sites' } })
    expect(item.differences).toContainEqual({ field: 'covers', now: 'everything', asked: 'Berlin and Bonn' })
    expect((await letters('access-request-asked', dana, id))[0]).toContain('covers everything now, Berlin and Bonn asked')
    expect((await letters('access-request-sent', priya, id))[0]).toContain('Open requests for you (Berlin and Bonn only)')
    for (const scope of [null, { records: [{ kind: 'service_request', id: (await world.record(place.acme)).id }] }]) {
      const refusal = await refusalOf(
        approveAccessRequest(world.as(dana), { requestId: id, items: [{ itemId: item.id, scope }], understood: true }),
      )
      expect([refusal.more.field, refusal.message]).toEqual([
        'items.0.scope',
        expect.stringContaining('This covers more than was asked for.'),
      ])
    }
    await approveAccessRequest(world.as(dana), {
      requestId: id,
      items: [{ itemId: item.id, scope: { sites: [berlin] } }],
      understood: true,
    })
    expect(await itemOf(priya, id)).toMatchObject({ given: 'Open requests for you (Berlin only)' })
    expect((await letters('access-request-approved', priya, id))[0]).toContain(
      'Priya Raman: asked Open requests for you (Berlin and Bonn only), given Open requests for you (Berlin only).',
    )
    const [grant] = await listGrants(world.as(priya), { side: 'received', state: 'active' })
    expect(grant?.scope).toEqual({ kind: 'sites', sites: [{ siteNo: berlin, name: 'Berlin' }] })
    const asked = (await world.audit()).find(
      ({ what, detail }) => what === 'access_request.approved' && JSON.stringify(detail).includes('Berlin'),
    )
    expect(JSON.stringify(asked?.detail)).toContain('Open requests for you (Berlin only)')
  })

  test('whoever has something at one site can ask for that one, and not for the next; a request answered as asked gives just that', async () => {
    const { dana, omar, berlin, bonn } = place
    await give(omar, 'look', { sites: [berlin] })
    expect(await listSitesToName(world.as(omar), { customerId: place.acme.id })).toEqual([{ siteNo: berlin, name: 'Berlin' }])
    expect((await refusalOf(ask(omar, { sites: [berlin, bonn] }))).more.field).toBe('items.0.scope.sites')
    const { id } = await ask(omar, { sites: [berlin] }, { level: 'look' })
    expect((await itemOf(omar, id)).differences.map(({ field }) => field)).toEqual(['until'])
    await approveAccessRequest(world.as(dana), { requestId: id, understood: true })
    const own = (await listGrants(world.as(omar), { side: 'received', state: 'active' })).filter(({ person }) => person?.id === omar.id)
    expect(own.map(({ gives, endsOn }) => [gives, endsOn])).toEqual([['See all requests (Berlin only)', '2027-05-21']])
  })

  test('records of several kinds can be asked for together', async () => {
    const { acme, priya } = place
    await give(priya, 'look')
    const [request, order] = [await world.record(acme), await world.record(acme, { kind: 'service_order' })]
    const both = [
      { kind: 'service_request', id: request.id },
      { kind: 'service_order', id: order.id },
    ]
    const { id } = await ask(priya, { records: both }, { level: 'update' })
    const { scope } = await itemOf(priya, id)
    expect(scope.kind === 'records' && scope.records.map((one) => `${one.kind} ${one.id}`).sort()).toEqual(
      both.map((one) => `${one.kind} ${one.id}`).sort(),
    )
  })

  test('a record that one may read can be asked for by itself; what was asked whole may be answered with one record', async () => {
    const { acme, dana, admin } = place
    const [mine, other] = [await world.record(acme), await world.record(acme)]
    await give(admin, 'look', { records: [{ kind: 'service_request', id: mine.id }] })
    const record = { kind: 'service_request', id: mine.id }
    expect((await refusalOf(ask(admin, { records: [{ ...record, id: other.id }] }))).more.field).toBe('items.0.scope.records')
    const { id } = await ask(admin, { records: [record] }, { level: 'update' })
    const item = await itemOf(dana, id)
    expect(item.asks).toBe(`Work on requests (${mine.number} only)`)
    const both = { records: [record, { ...record, id: other.id }] }
    expect(
      (await refusalOf(approveAccessRequest(world.as(dana), { requestId: id, items: [{ itemId: item.id, scope: both }] }))).more.field,
    ).toBe('items.0.scope')
    await approveAccessRequest(world.as(dana), { requestId: id, understood: true })
    const { id: whole } = await ask(admin, undefined)
    const part = await itemOf(dana, whole)
    await approveAccessRequest(world.as(dana), {
      requestId: whole,
      items: [{ itemId: part.id, scope: { records: [record] } }],
      understood: true,
    })
    expect((await itemOf(admin, whole)).given).toBe(`Open requests for you (${mine.number} only)`)
  })
})
