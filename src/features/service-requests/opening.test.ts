// Opening records: for whom one may, who is named on them, and who is told.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createScene, type Name, type Scene } from '../../../test/service-request-scene.ts'
import { readRecord } from '../records/read-record.ts'
import { listContactChoicesToOpen } from './list-contact-choices.ts'
import { openRecord } from './open-record.ts'

const kind = 'service_request'
const notAllowed = { code: 'not-allowed' }
const notFound = { code: 'not-found', message: 'There is no such thing, or you cannot see it.' }

describe.each(databaseKinds)('opening on %s', (database) => {
  let scene: Scene
  const read = (who: Name, { id }: { id: string }) => readRecord(scene.as(who), { kind, id })
  const open = (who: Name, more: object = {}) =>
    openRecord(scene.as(who), { kind, customerId: scene.acme.id, title: 'Unit 7 offline', description: 'Since Monday.', ...more })

  beforeAll(async () => {
    scene = await createScene(database)
  })
  afterAll(() => scene.close())

  test.each(['cc', 'look', 'update'] as const)('OR-019 OR-022 OR-028 %s cannot open one for the customer', async (who) => {
    await expect(open(who)).rejects.toMatchObject(notAllowed)
    await expect(listContactChoicesToOpen(scene.as(who), { kind, customerId: scene.acme.id })).rejects.toMatchObject(notAllowed)
  })

  test.each(['create', 'admin', 'full'] as const)("OR-010 OR-033 OR-034 OR-077 %s opens one in the customer's name", async (who) => {
    const { id, number } = await open(who)
    const seen = await read('manager', { id })
    expect(number).toMatch(/^SR-\d+$/)
    expect(seen).toMatchObject({
      number,
      state: 'new',
      title: 'Unit 7 offline',
      description: 'Since Monday.',
      customer: { id: scene.acme.id },
      partnerManaged: true,
    })
    expect(seen.pointOfContact).toEqual({ name: scene.people[who].name, organization: 'Larkfield', outside: true })
    expect(seen.events.map(({ words }) => words)).toEqual([`${scene.people[who].name} opened it for Acme Robotics`])
    const [entry] = (await scene.world.audit()).filter(
      ({ what, detail }) => what === 'service_request.opened' && detail['number'] === number,
    )
    expect(entry).toMatchObject({
      customer_id: scene.acme.id,
      actor_name: scene.people[who].name,
      detail: { for: 'Acme Robotics', by: scene.people[who].name, pointOfContact: scene.people[who].name },
    })
    expect((await scene.lettersOf(number)).map(({ to }) => to).toSorted()).toEqual(
      [scene.people[who].email, scene.people.manager.email].toSorted(),
    )
  })

  test('a plain contact of the customer opens one and reads it, although they read only their own', async () => {
    const { id, number } = await open('contact')
    expect(await read('contact', { id })).toMatchObject({
      part: 'point_of_contact',
      partnerManaged: false,
      contacts: [{ relation: 'point_of_contact' }, { relation: 'requester' }],
    })
    expect((await scene.lettersOf(number)).map(({ to }) => to)).toEqual([scene.people.contact.email])
  })

  test('OR-072 OR-073 OR-076 O-A9 the customer names a partner as point of contact: creator and point of contact are two fields, both get a letter', async () => {
    const { id, number } = await open('contact', { pointOfContactId: scene.people.update.id })
    const seen = await read('update', { id })
    expect(seen.contacts.map(({ relation, name }) => [relation, name])).toEqual(
      expect.arrayContaining([
        ['requester', 'Cora Contact'],
        ['point_of_contact', 'Uma Update'],
      ]),
    )
    expect(seen.contacts).toHaveLength(2)
    expect(seen.partnerManaged).toBe(true)
    const letters = await scene.lettersOf(number)
    expect(letters.map(({ to }) => to).toSorted()).toEqual([scene.people.contact.email, scene.people.update.email].toSorted())
    expect(letters[0]?.body_text).toContain('Point of contact: Uma Update (Bright Field).')
    const [entry] = (await scene.world.audit()).filter(
      ({ what, detail }) => what === 'service_request.opened' && detail['number'] === number,
    )
    expect(entry?.detail).toMatchObject({ by: 'Cora Contact', pointOfContact: 'Uma Update' })
  })

  test("OR-074 OR-075 OR-081 the form offers the customer's own people and partners; those below Work on requests are shown with the reason and refused", async () => {
    const { own, partners } = await listContactChoicesToOpen(scene.as('manager'), { kind, customerId: scene.acme.id })
    expect(own.map(({ name, mayBePointOfContact }) => [name, mayBePointOfContact])).toEqual([
      ['Cora Contact', true],
      ['Dana Lee', true],
    ])
    expect(partners.map(({ name, mayBePointOfContact, why }) => [name, mayBePointOfContact, why])).toEqual([
      ['Ada Admin', true, null],
      ['Cece Copied', false, 'Copied in only: give Cece Work on requests first.'],
      ['Cris Create', true, null],
      ['Fay Full', true, null],
      ['Lou Look', false, 'See all requests: give Lou Work on requests first.'],
      ['Uma Update', true, null],
    ])
    for (const who of ['cc', 'look', 'stranger', 'betaManager'] as const)
      await expect(open('manager', { pointOfContactId: scene.people[who].id }), who).rejects.toMatchObject({
        code: 'invalid-input',
        more: { field: 'pointOfContactId' },
      })
  })

  test("OR-081 O-A8 a partner who may open names the customer's people or a colleague, and meets no other partner", async () => {
    const { own, partners } = await listContactChoicesToOpen(scene.as('create'), { kind, customerId: scene.acme.id })
    expect(own.map(({ name }) => name)).toEqual(['Cora Contact', 'Dana Lee'])
    expect(partners.map(({ organization }) => organization)).toEqual(Array(5).fill('Larkfield'))
    expect((await open('create', { pointOfContactId: scene.people.admin.id })).pointOfContact?.name).toBe('Ada Admin')
    expect((await open('create', { pointOfContactId: scene.people.contact.id })).partnerManaged).toBe(false)
    await expect(open('create', { pointOfContactId: scene.people.update.id })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('OR-078 a customer that gave nothing, and one that does not exist, look the same', async () => {
    for (const customerId of [scene.beta.id, '6a2f4b7e-0000-4000-8000-000000000000', 'nonsense', scene.bright.id])
      await expect(open('create', { customerId }), customerId).rejects.toMatchObject(notFound)
  })

  test('numbers never meet one that an import brought', async () => {
    const { number } = await open('manager')
    const next = (step: number) => `SR-${Number(number.slice(3)) + step}`
    await scene.world.stage.owner.query(
      `insert into records (kind, customer_no, external_id, number, title, state, created_at, updated_at)
       values ($1, $2, $3, $3, 'imported', 'new', now(), now()), ($1, $2, $4, 'X-1', 'imported', 'new', now(), now())`,
      [kind, scene.beta.customerNo, next(1), next(2)],
    )
    expect((await open('manager')).number).toBe(next(3))
  })

  test.each([
    ['title', ''],
    ['title', '\u200e \u2800'],
    ['title', 'x'.repeat(301)],
    ['title', '\ud800'],
    ['description', ' \t\n'],
    ['description', 'x'.repeat(20_001)],
  ])('a bad %s is refused and named', async (field, value) => {
    await expect(open('manager', { [field]: value })).rejects.toMatchObject({ code: 'invalid-input', more: { field } })
  })

  test('a title is one line without control characters', async () => {
    expect((await open('manager', { title: '  Robot\r\narm \u202estops\u0007  ' })).title).toBe('Robot arm stops')
  })
})
