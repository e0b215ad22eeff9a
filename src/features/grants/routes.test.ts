// Giving, changing and removing access over HTTP on a real server, with the input that goes wrong.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessStage } from '../../../test/access-stage.ts'
import { type Caller, startTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
let here: Awaited<ReturnType<typeof stage>>
beforeAll(async () => {
  server = await startTestServer()
  here = await stage()
})
afterAll(() => server.close())

async function stage() {
  const one = await accessStage(server)
  await server.relationship(one.acme, one.larkfield)
  return { ...one, asDana: await server.signIn(one.dana), asPriya: await server.signIn(one.priya) }
}
const choice = () => ({ partnerId: here.larkfield.id, personIds: [here.priya.id] as string[] | null, level: 'look', endsOn: '2027-05-21' })
const given = async (call: Caller) => (await call('GET', '/api/v1/grants?side=given&state=all')).body.items

test('OR-001 OR-002 partners and their people, a preview, giving, extending, removing', async () => {
  const { acme, larkfield, priya, asDana, asPriya } = await stage()
  await server.record(acme)
  expect((await asDana('GET', '/api/v1/partners')).body.items).toEqual([
    { id: larkfield.id, name: 'Larkfield', emailDomain: 'larkfield.example', peopleCount: 3, relationship: true, ofRecord: false },
  ])
  expect((await asDana('GET', `/api/v1/partners/${larkfield.id}/people`)).body.items.map(({ name }: { name: string }) => name)).toEqual([
    'Ada Boss',
    'Omar Nasser',
    'Priya Raman',
  ])
  expect((await asPriya('GET', '/api/v1/colleagues')).body.items).toHaveLength(3)
  const body = { partnerId: larkfield.id, personIds: [priya.id], level: 'look', endsOn: '2027-05-21' }
  const preview = await asDana('POST', '/api/v1/grants/preview', body)
  expect([preview.status, preview.body]).toMatchObject([
    200,
    { people: { now: 1, names: ['Priya Raman'] }, records: { total: 1 }, existing: null, warnings: [] },
  ])
  const gave = await asDana('POST', '/api/v1/grants', { ...body, reason: 'Migration' })
  expect([gave.status, gave.body.items]).toMatchObject([
    201,
    [{ level: 'look', customer: { id: acme.id }, abilities: { change: true, remove: true, confirm: false } }],
  ])
  const id = gave.body.items[0].id
  expect((await asPriya('GET', `/api/v1/grants/${id}`)).body).toMatchObject({ id, abilities: { change: false, remove: false } })
  const extended = await asDana('POST', `/api/v1/grants/${id}/change`, { endsOn: '2027-08-31' })
  expect([extended.status, extended.body]).toMatchObject([201, { endsOn: '2027-08-31', level: 'look' }])
  const removed = await asDana('POST', `/api/v1/grants/${extended.body.id}/removal`, { reason: 'Done' })
  expect([removed.status, removed.body]).toMatchObject([
    201,
    { grant: { state: 'removed' }, left: ['Priya Raman has no access to Acme Robotics any more.'] },
  ])
  expect((await asDana('POST', `/api/v1/grants/${extended.body.id}/removal`, {})).body).toMatchObject({ status: 409, code: 'stale' })
  expect((await asPriya('GET', '/api/v1/grants?side=received')).body.items).toEqual([])
})

test('OR-008 OR-064 one access is shown by its id to whom a list shows it: what a colleague has by name is nothing to a colleague', async () => {
  const { acme, larkfield, dana, omar, admin, priya } = await stage()
  const [everyones, omars] = [await server.grant(acme, larkfield, 'look'), await server.grant(acme, omar, 'full_admin')]
  const nora = await server.person(server.vendor, 'Nora Vendor', ['vendor_staff'])
  const noras = await server.grant(acme, nora, 'look')
  const [olga, nils] = [
    await server.person(server.vendor, 'Olga', ['operator']),
    await server.person(server.vendor, 'Nils', ['vendor_staff']),
  ]
  const shown = async (who: { email: string }) => {
    const call = await server.signIn(who)
    const statuses = []
    for (const { id } of [everyones, omars, noras]) statuses.push((await call('GET', `/api/v1/grants/${id}`)).status)
    return statuses
  }
  expect({
    customer: await shown(dana),
    administrator: await shown(admin),
    themselves: await shown(omar),
    colleague: await shown(priya),
    vendorsOwn: await shown(nora),
    vendorsColleague: await shown(nils),
    operator: await shown(olga),
  }).toEqual({
    customer: [200, 200, 200],
    administrator: [200, 200, 404],
    themselves: [200, 200, 404],
    colleague: [200, 404, 404],
    vendorsOwn: [404, 404, 200],
    vendorsColleague: [404, 404, 404],
    operator: [404, 404, 404],
  })
  const asPriya = await server.signIn(priya)
  const [theirs, none] = [omars.id, '7d3c1f8e-0000-4000-8000-000000000000']
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/relinquishment'],
    ['POST', '/change'],
    ['POST', '/removal'],
    ['POST', '/confirmation'],
  ] as const) {
    const answers = []
    for (const id of [theirs, none]) {
      const sent = path === '/change' ? { level: 'cc' } : {}
      const { status, body } = await asPriya(method, `/api/v1/grants/${id}${path}`, method === 'GET' ? undefined : sent)
      answers.push([status, body.code, body.title, body.detail])
    }
    expect([path, answers[0]]).toEqual([path, answers[1]])
    expect(answers[0]?.[0]).toBe(404)
  }
  // What everyone there has is seen, so the no to changing it says so.
  expect((await asPriya('POST', `/api/v1/grants/${everyones.id}/removal`, {})).status).toBe(403)
  expect((await (await server.signIn(admin))('POST', `/api/v1/grants/${omars.id}/removal`, {})).status).toBe(403)
})

test('where nothing is asked for everyone, whoever may give up what a colleague has sees it in the list and by its id', async () => {
  const managed = await startTestServer('embedded', { LATCHKEY_PORTAL: 'managed-services' })
  const acme = await managed.customer('Acme')
  const larkfield = await managed.partner('Larkfield')
  await managed.relationship(acme, larkfield)
  const [ada, priya, omar] = [
    await managed.person(larkfield, 'Ada', ['partner_administrator']),
    await managed.person(larkfield, 'Priya', ['partner_user']),
    await managed.person(larkfield, 'Omar', ['partner_user']),
  ]
  const { id } = await managed.grant(acme, omar, 'administrator')
  for (const [who, status, listed] of [
    [ada, 200, 1],
    [omar, 200, 1],
    [priya, 404, 0],
  ] as const) {
    const call = await managed.signIn(who)
    expect((await call('GET', `/api/v1/grants/${id}`)).status).toBe(status)
    expect((await call('GET', '/api/v1/grants?side=received&state=all')).body.items).toHaveLength(listed)
  }
  await managed.close()
})

test('OR-046 a person of the vendor is let in with the same answer for every address', async () => {
  const ana = await server.person(server.vendor, 'Ana Ruiz', ['vendor_staff'])
  const answers = []
  for (const email of [ana.email, 'nobody@meridia.example', here.priya.email]) {
    const { status, body } = await here.asDana('POST', '/api/v1/grants/vendor-people', {
      email,
      level: 'look',
      endsOn: '2026-12-01',
      reason: 'Review',
    })
    answers.push(`${status} ${JSON.stringify(body).replace(email, '…')}`)
  }
  expect(new Set(answers).size).toBe(1)
  expect(answers[0]).toMatch(/^202 /)
})

describe('bad input', () => {
  const wrong: [string, Record<string, unknown>, string][] = [
    ['a past day', { endsOn: '2026-11-20' }, 'endsOn'],
    ['a day too far', { endsOn: '2028-11-22' }, 'endsOn'],
    ['a day that is none', { endsOn: '2027-02-30' }, 'endsOn'],
    ['no day', { endsOn: undefined }, 'endsOn'],
    ['an unknown level', { level: 'root' }, 'level'],
    ['a reserved right for a level', { level: 'access' }, 'level'],
    ['a number for a level', { level: 1 }, 'level'],
    ['nobody at all', { personIds: [] }, 'personIds'],
    ['nothing said about people', { personIds: undefined }, 'personIds'],
    ['somebody from elsewhere', { personIds: ['7d3c1f8e-0000-4000-8000-000000000000'] }, 'personIds'],
    ['what is no id', { personIds: ['priya'] }, 'personIds'],
    ['no reason', { reason: '' }, 'reason'],
    ['a reason of spaces', { reason: ' \n ' }, 'reason'],
    ['a long reason', { reason: 'x'.repeat(1001) }, 'reason'],
    ['a tick that is no yes or no', { understood: 'yes' }, 'understood'],
    ['an unknown field', { customerId: '7d3c1f8e-0000-4000-8000-000000000000' }, 'customerId'],
  ]
  test.each(wrong)('%s is refused with 400 by its field, and nothing is given', async (_words, change, field) => {
    const before = (await given(here.asDana)).length
    const { status, body } = await here.asDana('POST', '/api/v1/grants', { ...choice(), reason: 'Because', ...change })
    expect([status, body.code, body.field]).toEqual([400, 'invalid-input', field])
    expect((await given(here.asDana)).length).toBe(before)
  })

  test('everyone at once without the tick is refused by the field understood', async () => {
    const { status, body } = await here.asDana('POST', '/api/v1/grants', { ...choice(), personIds: null, reason: 'Because' })
    expect([status, body.field]).toEqual([400, 'understood'])
  })

  test('organizations and grants of others look like none', async () => {
    const other = await stage()
    const { id } = await server.grant(other.acme, other.priya, 'look')
    for (const partnerId of [(await server.partner('Bright Field')).id, server.vendor.id, other.acme.id, 'x', '']) {
      expect((await here.asDana('POST', '/api/v1/grants/preview', { ...choice(), partnerId })).status).toBe(404)
      if (partnerId !== '') expect((await here.asDana('GET', `/api/v1/partners/${partnerId}/people`)).status).toBe(404)
    }
    for (const grantId of [id, '7d3c1f8e-0000-4000-8000-000000000000', 'A-77']) {
      for (const [method, path, body] of [
        ['GET', '', undefined],
        ['POST', '/change', { level: 'cc' }],
        ['POST', '/removal', {}],
        ['POST', '/confirmation', {}],
      ] as const) {
        expect((await here.asDana(method, `/api/v1/grants/${grantId}${path}`, body)).status).toBe(404)
      }
    }
  })

  test('lists take only what they know', async () => {
    for (const query of ['', '?side=both', '?side=given&state=open', '?side=given&customer=x']) {
      expect((await here.asDana('GET', `/api/v1/grants${query}`)).status).toBe(400)
    }
    expect((await here.asPriya('GET', '/api/v1/grants?side=given')).status).toBe(404)
    expect((await here.asPriya('GET', '/api/v1/partners')).status).toBe(404)
    expect((await here.asDana('GET', '/api/v1/colleagues')).status).toBe(404)
  })
})
