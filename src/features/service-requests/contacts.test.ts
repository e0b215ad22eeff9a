// Who is named on a record, who may be, and what that gives.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createScene, type Name, type Scene } from '../../../test/service-request-scene.ts'
import { replyToRecord } from '../conversations/reply-to-record.ts'
import { readRecord } from '../records/read-record.ts'
import { addContact } from './add-contact.ts'
import { closeRecord } from './close-record.ts'
import { listContactChoices } from './list-contact-choices.ts'
import { makePointOfContact } from './make-point-of-contact.ts'
import { removeContact } from './remove-contact.ts'
import { updateRecord } from './update-record.ts'

const kind = 'service_request'
const notAllowed = { code: 'not-allowed' }
const notFound = { code: 'not-found', message: 'There is no such thing, or you cannot see it.' }

describe.each(databaseKinds)('contacts on %s', (database) => {
  let scene: Scene
  const read = (who: Name, { id }: { id: string }) => readRecord(scene.as(who), { kind, id })
  const lettersAfter = async (work: () => Promise<unknown>) => {
    const before = (await scene.world.letters()).length
    await work()
    return (await scene.world.letters()).length - before
  }

  beforeAll(async () => {
    scene = await createScene(database)
  })
  afterAll(() => scene.close())

  test('OR-017 OR-018 OR-082 O-A22 a copied-in partner is added to one request, and sees and answers that one and no other', async () => {
    const there = await scene.record({ messages: [{ author: scene.people.manager, body: 'First.' }] })
    const other = await scene.record()
    await expect(read('cc', there)).rejects.toMatchObject(notFound)
    await addContact(scene.as('manager'), { kind, id: there.id, personId: scene.people.cc.id })
    const seen = await read('cc', there)
    expect(seen).toMatchObject({
      part: 'additional_contact',
      messages: [{ body: 'First.' }],
      abilities: { reply: true, update: false, close: false, add_contact: false },
    })
    await expect(read('cc', other)).rejects.toMatchObject(notFound)
    expect((await scene.lettersOf(there.number)).map(({ to, subject }) => [to, subject])).toEqual([
      [scene.people.cc.email, `${there.number}: you are copied in`],
    ])
  })

  test('OR-088 O-A5 a copied-in partner answers that request and changes nothing else of it', async () => {
    const there = await scene.record({ people: { additional_contact: scene.people.cc } })
    expect(await replyToRecord(scene.as('cc'), { kind, id: there.id, body: 'It works.' })).toMatchObject({
      author: { name: 'Cece Copied', organization: 'Larkfield', for: 'Acme Robotics', outside: true },
    })
    await expect(updateRecord(scene.as('cc'), { kind, id: there.id, title: 'Mine' })).rejects.toMatchObject(notAllowed)
    await expect(closeRecord(scene.as('cc'), { kind, id: there.id })).rejects.toMatchObject(notAllowed)
    await expect(addContact(scene.as('cc'), { kind, id: there.id, personId: scene.people.look.id })).rejects.toMatchObject(notAllowed)
  })

  test('OR-087 whoever was copied in gets the answers by letter', async () => {
    const there = await scene.record({ people: { requester: scene.people.manager } })
    await addContact(scene.as('manager'), { kind, id: there.id, personId: scene.people.look.id })
    await replyToRecord(scene.as('manager'), { kind, id: there.id, body: 'Please look.' })
    expect((await scene.lettersOf(there.number)).map(({ to, letter }) => [to, letter])).toEqual(
      expect.arrayContaining([[scene.people.look.email, 'record-replied']]),
    )
  })

  test('O-A7 look and copied-in partners add nobody, update partners do', async () => {
    const there = await scene.record({ people: { additional_contact: scene.people.cc } })
    for (const who of ['look', 'cc'] as const)
      await expect(addContact(scene.as(who), { kind, id: there.id, personId: scene.people.contact.id }), who).rejects.toMatchObject(
        notAllowed,
      )
    await addContact(scene.as('update'), { kind, id: there.id, personId: scene.people.contact.id })
    expect((await read('manager', there)).contacts.map(({ name }) => name)).toContain('Cora Contact')
  })

  test('O-A22 only people who hold access can be added; whether somebody exists is not said', async () => {
    const there = await scene.record()
    const faults = new Set<string>()
    for (const personId of [
      scene.people.stranger.id,
      scene.people.betaManager.id,
      '6a2f4b7e-0000-4000-8000-000000000000',
      'nonsense',
      '',
    ]) {
      const error = await addContact(scene.as('manager'), { kind, id: there.id, personId }).catch((thrown: Error) => thrown)
      expect(error).toMatchObject({ code: 'invalid-input', more: { field: 'personId' } })
      faults.add((error as Error).message)
    }
    // A partner cannot name another partner's people either, with the same sentence.
    faults.add(
      (
        (await addContact(scene.as('create'), { kind, id: there.id, personId: scene.people.update.id }).catch(
          (thrown: Error) => thrown,
        )) as Error
      ).message,
    )
    expect(faults.size).toBe(1)
    expect((await read('manager', there)).contacts).toEqual([])
  })

  test('nobody is added twice, and removing takes the name and the sight away', async () => {
    const there = await scene.record()
    const cc = { kind, id: there.id, personId: scene.people.cc.id }
    await addContact(scene.as('manager'), cc)
    await expect(addContact(scene.as('manager'), cc)).rejects.toMatchObject({ code: 'overlaps' })
    await expect(removeContact(scene.as('cc'), cc)).rejects.toMatchObject(notAllowed)
    await removeContact(scene.as('manager'), cc)
    await expect(read('cc', there)).rejects.toMatchObject(notFound)
    for (const personId of [scene.people.cc.id, scene.people.stranger.id, 'nonsense'])
      await expect(removeContact(scene.as('manager'), { ...cc, personId })).rejects.toMatchObject(notFound)
    expect((await read('manager', there)).events.map(({ words }) => words)).toEqual([
      'Dana Lee copied in Cece Copied (Larkfield)',
      'Dana Lee took Cece Copied off',
    ])
  })

  test('somebody of another request is not found as a contact of this one', async () => {
    const there = await scene.record()
    const other = await scene.record({ people: { additional_contact: scene.people.cc } })
    await expect(removeContact(scene.as('manager'), { kind, id: there.id, personId: scene.people.cc.id })).rejects.toMatchObject(notFound)
    expect((await read('manager', other)).contacts).toHaveLength(1)
  })

  test("OR-083 OR-084 the choices are the customer's own people first, then partners", async () => {
    const there = await scene.record()
    const { own, partners } = await listContactChoices(scene.as('manager'), { kind, id: there.id })
    expect(own.map(({ organization }) => organization)).toEqual(['Acme Robotics', 'Acme Robotics'])
    expect(partners.map(({ name }) => name)).toEqual(expect.arrayContaining(['Cece Copied', 'Lou Look', 'Uma Update']))
    expect((await listContactChoices(scene.as('manager'), { kind, id: there.id, q: 'cece' })).partners.map(({ name }) => name)).toEqual([
      'Cece Copied',
    ])
    const seenByUpdate = await listContactChoices(scene.as('update'), { kind, id: there.id })
    expect(new Set(seenByUpdate.partners.map(({ organization }) => organization))).toEqual(new Set(['Bright Field']))
    await expect(listContactChoices(scene.as('look'), { kind, id: there.id })).rejects.toMatchObject(notAllowed)
  })

  test("OR-085 OR-086 only somebody at Work on requests or above, or the customer's own, becomes point of contact; who was it stays copied in", async () => {
    const there = await scene.record({
      people: {
        requester: scene.people.manager,
        point_of_contact: scene.people.contact,
        additional_contact: [scene.people.update, scene.people.cc],
      },
    })
    const name = (who: Name) => makePointOfContact(scene.as('manager'), { kind, id: there.id, personId: scene.people[who].id })
    await expect(name('cc')).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'Cece Copied cannot be point of contact. Copied in only: give Cece Work on requests first.',
    })
    await expect(name('look')).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(name('stranger')).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(name('contact')).rejects.toMatchObject({ code: 'overlaps' })
    await name('update')
    const seen = await read('manager', there)
    expect(seen.pointOfContact).toEqual({ name: 'Uma Update', organization: 'Bright Field', outside: true })
    expect(seen.contacts.map(({ relation, name: who }) => `${relation} ${who}`).toSorted()).toEqual([
      'additional_contact Cece Copied',
      'additional_contact Cora Contact',
      'point_of_contact Uma Update',
      'requester Dana Lee',
    ])
    expect((await scene.lettersOf(there.number)).map(({ to }) => to).toSorted()).toEqual(
      [scene.people.contact.email, scene.people.update.email].toSorted(),
    )
    expect(seen.events.at(-1)?.words).toBe('Dana Lee made Uma Update point of contact')
  })

  test('level and end of an outsider are shown to the customer and their colleagues, not to other partners', async () => {
    const there = await scene.record({ people: { point_of_contact: scene.people.update, additional_contact: scene.people.cc } })
    const shown = async (who: Name) => (await read(who, there)).contacts.map(({ name, level, outside }) => [name, level, outside])
    expect(await shown('manager')).toEqual([
      ['Uma Update', 'update', true],
      ['Cece Copied', 'cc', true],
    ])
    expect(await shown('create')).toEqual([
      ['Uma Update', null, true],
      ['Cece Copied', 'cc', true],
    ])
  })

  test('O-A13 whose access has ended is still named, marked, and gets no letter', async () => {
    const gone = await scene.world.person(await scene.world.partner('Gone Ltd'), 'Gil Gone', ['consultant'])
    await scene.world.grant(scene.acme, gone, 'update', { until: new Date(Date.parse(scene.world.clock.at) + 1000).toISOString() as never })
    const there = await scene.record({ people: { point_of_contact: gone } })
    expect((await read('manager', there)).replyGoesTo).toEqual([{ name: 'Gil Gone', organization: 'Gone Ltd', outside: true }])
    scene.world.passDays(1)
    const seen = await read('manager', there)
    expect(seen.contacts).toMatchObject([{ name: 'Gil Gone', accessEnded: true, level: null }])
    expect(seen.replyGoesTo).toEqual([])
    expect(await lettersAfter(() => replyToRecord(scene.as('manager'), { kind, id: there.id, body: 'Hello?' }))).toBe(0)
  })
})
