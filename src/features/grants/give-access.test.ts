// Giving access: whole use cases on a real database, and the preview against what happens afterwards.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessStage, refusalOf } from '../../../test/access-stage.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../../../test/world.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { countRecords } from '../records/list-records.ts'
import { giveAccess } from './give-access.ts'
import { giveVendorAccess } from './give-vendor-access.ts'
import { listGrants, readGrant } from './list-grants.ts'
import { previewGrant } from './preview-grant.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

/** Customer and partner who work together already. */
async function stage() {
  const one = await accessStage(world)
  await world.relationship(one.acme, one.larkfield)
  return one
}

/** Open and closed records; some name people of the partner, some have messages. */
async function records({ acme, dana, priya, omar }: Awaited<ReturnType<typeof stage>>): Promise<void> {
  const message = { author: dana, body: 'It stops.' }
  await world.record(acme, { people: { point_of_contact: priya, additional_contact: [omar] }, messages: [message, message] })
  await world.record(acme, { people: { additional_contact: [priya] }, state: 'closed', messages: [message] })
  await world.record(acme, { people: { requester: omar }, state: 'resolved' })
  await world.record(acme, { people: { point_of_contact: dana }, state: 'waiting_for_vendor' })
  await world.record(acme, { state: 'closed', messages: [message, message, message] })
}

const input = (partner: TestOrganization, level: string, people: TestPerson[] | null, more: object = {}) => ({
  partnerId: partner.id,
  personIds: people?.map(({ id }) => id) ?? null,
  level,
  endsOn: '2027-05-21',
  reason: 'Migration to v9',
  ...more,
})
const seen = async (person: TestPerson, state?: string) => (await countRecords(world.as(person), { kind: 'service_request', state })).total

test('OR-001 OR-002 OR-006 OR-008 a manager gives named people access; they alone receive it, and it stands in the lists of both sides', async () => {
  const { acme, larkfield, dana, tom, priya, omar } = await stage()
  await world.record(acme)
  const [given] = await giveAccess(world.as(dana), input(larkfield, 'look', [priya]))
  expect(given).toMatchObject({
    person: { id: priya.id, name: 'Priya Raman' },
    level: 'look',
    state: 'active',
    until: '2027-05-21T22:00:00.000Z',
    reason: 'Migration to v9',
  })
  expect(given?.number).toMatch(/^A-\d+$/)
  expect(await listGrants(world.as(tom), { side: 'given', state: 'active' })).toMatchObject([
    { id: given?.id, givenBy: { name: 'Dana Lee' }, lastUsedAt: null },
  ])
  expect(await listGrants(world.as(priya), { side: 'received', state: 'active' })).toMatchObject([
    { id: given?.id, givenBy: null, abilities: { change: false, remove: false } },
  ])
  expect(await listGrants(world.as(omar), { side: 'received', state: 'all' })).toEqual([])
  expect([await seen(priya), await seen(omar)]).toEqual([1, 0])
  expect(
    (
      await refusalOf(
        readGrant(world.as(await world.person(await world.partner('Bright Field'), 'Tom Okafor', ['partner_administrator'])), {
          grantId: given?.id as string,
        }),
      )
    ).code,
  ).toBe('not-found')
})

test('OR-007 OR-024 access for everyone reaches every person of the partner, past and present records, and who joins later', async () => {
  const place = await stage()
  const { larkfield, dana, priya, omar, admin } = place
  await records(place)
  await giveAccess(world.as(dana), input(larkfield, 'look', null, { understood: true }))
  const late = await world.person(larkfield, 'Late Comer', ['consultant'])
  for (const person of [priya, omar, admin, late]) expect(await seen(person)).toBe(5)
})

test('OR-011 OR-012 OR-013 OR-014 a level for everyone and personal ones, higher and lower, stand beside each other', async () => {
  const place = await stage()
  const { larkfield, dana, priya, omar, admin } = place
  await records(place)
  await giveAccess(world.as(dana), input(larkfield, 'look', null, { understood: true }))
  await giveAccess(world.as(dana), input(larkfield, 'service_admin', [priya], { understood: true }))
  await giveAccess(world.as(dana), input(larkfield, 'cc', [omar]))
  expect([await seen(admin), await seen(priya), await seen(omar)]).toEqual([5, 5, 2])
  const [, ofOmar] = [
    await listGrants(world.as(priya), { side: 'received', state: 'active' }),
    await listGrants(world.as(omar), { side: 'received', state: 'active' }),
  ]
  expect(ofOmar.map(({ person, usedInstead }) => [person?.name ?? 'everyone', usedInstead])).toEqual([
    ['Omar Nasser', null],
    ['everyone', 'A personal level replaces this one.'],
  ])
  expect((await listGrants(world.as(admin), { side: 'received', state: 'active' })).map(({ usedInstead }) => usedInstead)).toEqual([
    null,
    null,
    null,
  ])
})

/** What the readers together can read: "id state" of each record, and how many messages; asked of the database under their own rights. */
async function readTogether(readers: readonly TestPerson[], customerNo: number): Promise<{ records: Set<string>; messages: number }> {
  const records = new Set<string>()
  const messages = new Set<number>()
  for (const person of readers) {
    await world.as(person).reading('service_request:read', { kind: 'self' }, async ({ sql }) => {
      const rows = await sql.selectFrom('records').select(['id', 'state']).where('customer_no', '=', customerNo).execute()
      for (const row of rows) records.add(`${row.id} ${row.state}`)
      for (const row of await sql.selectFrom('messages').select('id').where('customer_no', '=', customerNo).execute()) messages.add(row.id)
    })
  }
  return { records, messages: messages.size }
}

/** On how many of the records one of the readers at least may do the action, by the law's own check. */
async function allowedTogether(
  manager: TestPerson,
  readers: readonly TestPerson[],
  action: `${string}:${string}`,
  records: Iterable<string>,
) {
  let allowed = 0
  for (const row of records) {
    const on = { kind: 'record', recordKind: 'service_request', id: row.split(' ')[0] as string } as const
    const decisions = await world.as(manager).reading('access:give', { kind: 'customer', id: manager.organization.id }, async (tx) => {
      const answers = []
      for (const person of readers) answers.push((await tx.canThey(person.id, action, on)).decision.allowed)
      return answers
    })
    if (decisions.includes(true)) allowed++
  }
  return allowed
}

const choices = ['cc', 'look', 'update', 'create'].flatMap((level) =>
  (['everyone', 'priya', 'both'] as const).map((who) => [level, who] as const),
)

test.each(choices)('BX-01 the preview of %s for %s is what they see and do afterwards', async (level, who) => {
  const place = await stage()
  const { acme, larkfield, dana, priya, omar, admin } = place
  await records(place)
  await world.record(await world.customer('Beta Foods'), { people: { additional_contact: [priya] } })
  const people = { everyone: null, priya: [priya], both: [priya, omar] }[who]
  const preview = await previewGrant(world.as(dana), input2(larkfield, level, people))
  expect(await listGrants(world.as(dana), { side: 'given', state: 'all' })).toEqual([])
  await giveAccess(world.as(dana), input(larkfield, level, people, { understood: true }))
  const readers = people ?? [priya, omar, admin]
  const read = await readTogether(readers, acme.customerNo as number)
  const closed = [...read.records].filter((row) => row.endsWith(' closed')).length
  expect(preview.records).toEqual({ total: read.records.size, open: read.records.size - closed, closed })
  expect(preview.messages).toBe(read.messages)
  expect(preview.people).toEqual({ now: readers.length, names: readers.map(({ name }) => name).sort() })
  for (const verb of ['read', 'reply', 'update', 'close', 'reopen'] as const) {
    const shown = preview.abilities.find(({ action }) => action === `service_request:${verb}`)
    expect([verb, shown?.number]).toEqual([verb, await allowedTogether(dana, readers, `service_request:${verb}`, read.records)])
  }
})

const input2 = (partner: TestOrganization, level: string, people: TestPerson[] | null) => {
  const { reason: _, ...rest } = input(partner, level, people)
  return rest
}

test('BX-01 who has a personal level is not counted for everyone, and what changes is said', async () => {
  const place = await stage()
  const { acme, larkfield, dana, priya } = place
  await records(place)
  await world.grant(acme, priya, 'cc')
  const preview = await previewGrant(world.as(dana), input2(larkfield, 'look', null))
  expect(preview.people).toEqual({ now: 2, names: ['Ada Boss', 'Omar Nasser'] })
  expect(preview.changes.words).toEqual([
    'Ada Boss and Omar Nasser, who see nothing now: See all requests.',
    'Priya Raman: unchanged (personal level: Copied in only).',
  ])
  expect(preview.warnings[0]?.text).toMatch(
    /^2 of the 3 people at Larkfield today \(the others have personal levels\), and anyone they add later, will be able to read every message and file on all 5 of your past/,
  )
  const lower = await previewGrant(world.as(dana), input2(larkfield, 'look', [priya]))
  expect(lower.existing).toMatchObject({ level: 'cc', person: { id: priya.id } })
  expect(lower.warnings).toEqual([])
})

test('OR-025 OR-030 OR-035 the server gives nothing without the tick where a warning needs one; a narrower or equal one takes none', async () => {
  const place = await stage()
  const { larkfield, dana } = place
  await records(place)
  for (const understood of [undefined, false]) {
    const refusal = await refusalOf(giveAccess(world.as(dana), input(larkfield, 'update', null, { understood })))
    expect([refusal.code, refusal.more.field]).toEqual(['invalid-input', 'understood'])
    expect(refusal.message).toContain('answer, add files to, and close your 3 open service requests')
  }
  expect(await listGrants(world.as(dana), { side: 'given', state: 'all' })).toEqual([])
  await giveAccess(world.as(dana), input(larkfield, 'update', null, { understood: true }))
  const [narrower] = await giveAccess(world.as(dana), input(larkfield, 'look', null))
  const [longer] = await giveAccess(world.as(dana), input(larkfield, 'look', null, { endsOn: '2028-01-01' }))
  expect([narrower?.level, longer?.endsOn]).toEqual(['look', '2028-01-01'])
  expect((await listGrants(world.as(dana), { side: 'given', state: 'active' })).map(({ id }) => id)).toEqual([longer?.id])
})

test('OR-004 OR-098 nobody but a manager of the customer gives, previews or lists what was given', async () => {
  const { acme, larkfield, contact, priya, admin, dana } = await stage()
  const staff = await world.person(world.vendor, 'Ana Ruiz', ['operator'])
  for (const person of [contact, priya, admin, staff]) {
    for (const work of [
      giveAccess(world.as(person), input(larkfield, 'look', [priya])),
      previewGrant(world.as(person), input2(larkfield, 'look', [priya])),
      ...(person === contact ? [listGrants(world.as(person), { side: 'given', state: 'all' })] : []),
    ]) {
      expect(['not-found', 'not-allowed']).toContain((await refusalOf(work)).code)
    }
  }
  expect((await refusalOf(giveAccess(world.asActor({ kind: 'nobody' }), input(larkfield, 'look', [priya])))).code).toBe('not-signed-in')
  expect(await listGrants(world.as(dana), { side: 'given', state: 'all' })).toEqual([])
  const refused = (await world.audit()).filter(({ what, customer_id }) => what === 'refused' && customer_id === acme.id)
  expect(refused.map(({ actor_name, detail }) => [actor_name, detail['action']])).toEqual([['Carl Contact', 'access:give']])
})

test('access is given to partners one works with and to their people alone; all other ids look like none', async () => {
  const { acme, larkfield, dana, priya, contact } = await stage()
  const stranger = await world.partner('Bright Field')
  const otherCustomer = await world.customer('Beta Foods')
  // One that asked and waits for an answer is known by name, and still nobody to give to unasked.
  const asking = await world.partner('Asking Ltd')
  const asker = await world.person(asking, 'Amy Ask', ['consultant'])
  await submitAccessRequest(world.as(asker), {
    contactManagerEmail: dana.email,
    items: [{ personId: asker.id, level: 'look' }],
    endsOn: '2027-01-31',
    reason: 'Please',
  })
  for (const organization of [stranger, asking, otherCustomer, acme, world.vendor]) {
    expect((await refusalOf(giveAccess(world.as(dana), input(organization, 'look', null, { understood: true })))).code).toBe('not-found')
  }
  for (const id of ['7d3c1f8e-0000-4000-8000-000000000000', 'x', '']) {
    expect((await refusalOf(giveAccess(world.as(dana), { ...input(larkfield, 'look', null), partnerId: id, understood: true }))).code).toBe(
      'not-found',
    )
  }
  const elsewhere = await world.person(stranger, 'Tom Okafor', ['consultant'])
  for (const ids of [[elsewhere.id], [contact.id], [priya.id, '7d3c1f8e-0000-4000-8000-000000000000'], ['x'], []]) {
    const refusal = await refusalOf(giveAccess(world.as(dana), { ...input(larkfield, 'look', null), personIds: ids }))
    expect([refusal.code, refusal.more.field]).toEqual(['invalid-input', 'personIds'])
  }
  expect(await listGrants(world.as(dana), { side: 'given', state: 'all' })).toEqual([])
})

test("both sides get one letter each: the managers, the named people and the partner's administrators", async () => {
  const { larkfield, dana, tom, priya, omar, admin } = await stage()
  const [given] = await giveAccess(world.as(dana), input(larkfield, 'look', [priya, omar]))
  const letters = (await world.letters()).filter(
    ({ letter, to }) => letter === 'access-given' && [dana, tom, priya, omar, admin].some(({ email }) => email === to),
  )
  expect(letters.map(({ to }) => to).sort()).toEqual([dana, tom, priya, omar, admin].map(({ email }) => email).sort())
  for (const { subject, body_text: text } of letters) {
    expect(subject).toBe('Acme Robotics gave Larkfield access until 21 May 2027')
    expect(text.split('\n')[0]).toBe(
      'Dana Lee (Acme Robotics) gave Priya Raman and Omar Nasser (Larkfield) access to Acme Robotics until 21 May 2027.',
    )
    expect(text).toContain('See all requests (reads every service request, old and new)')
    expect(text).toContain('the end of 21 May 2027, Europe/Madrid')
    expect(text).toContain(`http://localhost:3000/access/${given?.id}`)
  }
})

test('OR-046 OR-047 a person of the vendor is let in by e-mail address, and the answer is the same for an address that nobody has', async () => {
  const { acme, dana } = await stage()
  await world.record(acme)
  const ana = await world.person(world.vendor, 'Ana Ruiz', ['vendor_staff'])
  const give = (email: string) => giveVendorAccess(world.as(dana), { email, level: 'look', endsOn: '2026-12-01', reason: 'Review' })
  const known = await give(ana.email)
  expect(known.sentence).toBe(
    `If somebody at Meridia has the address ${ana.email}, they have access until 1 Dec 2026, and a letter tells them so.`,
  )
  expect((await give('nobody@meridia.example')).sentence).toBe(known.sentence.replace(ana.email, 'nobody@meridia.example'))
  const grants = await listGrants(world.as(dana), { side: 'given', state: 'active' })
  expect(grants).toMatchObject([
    { partner: { id: world.vendor.id, name: 'Meridia' }, person: { id: ana.id }, endsOn: '2026-12-01', state: 'ending' },
  ])
  expect([await seen(ana), await seen(await world.person(world.vendor, 'Other Staff', ['vendor_staff']))]).toEqual([1, 0])
  expect(await listGrants(world.as(ana), { side: 'received', state: 'active' })).toMatchObject([{ customer: { name: 'Acme Robotics' } }])
  expect(
    (await refusalOf(giveVendorAccess(world.as(dana), { email: 'ana', level: 'look', endsOn: '2026-12-01', reason: 'x' }))).more.field,
  ).toBe('email')
  expect(
    (await refusalOf(giveVendorAccess(world.as(dana), { email: ana.email, level: 'full_admin', endsOn: '2026-12-01', reason: 'x' }))).more
      .field,
  ).toBe('understood')
})
