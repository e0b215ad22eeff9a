// Changing, closing and reopening records, as far as the level allows.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createScene, type Name, type Scene } from '../../../test/service-request-scene.ts'
import type { TestRecord } from '../../../test/world.ts'
import { attachFile } from '../conversations/attach-file.ts'
import { replyToRecord } from '../conversations/reply-to-record.ts'
import { listRecords } from '../records/list-records.ts'
import { readRecord } from '../records/read-record.ts'
import { addContact } from './add-contact.ts'
import { closeRecord } from './close-record.ts'
import { listContactChoices } from './list-contact-choices.ts'
import { makePointOfContact } from './make-point-of-contact.ts'
import { removeContact } from './remove-contact.ts'
import { reopenRecord } from './reopen-record.ts'
import { updateRecord } from './update-record.ts'

const kind = 'service_request'
const notAllowed = { code: 'not-allowed' }
const notFound = { code: 'not-found', message: 'There is no such thing, or you cannot see it.' }

describe.each(databaseKinds)('changing on %s', (database) => {
  let scene: Scene
  const read = (who: Name, { id }: { id: string }) => readRecord(scene.as(who), { kind, id })

  beforeAll(async () => {
    scene = await createScene(database)
  })
  afterAll(() => scene.close())

  const attempts: Record<string, (who: Name, record: TestRecord) => Promise<unknown>> = {
    reply: (who, { id }) => replyToRecord(scene.as(who), { kind, id, body: 'Hello.' }),
    attach: (who, { id }) => attachFile(scene.as(who), { kind, id, name: 'a.txt', mediaType: 'text/plain', content: Buffer.from('a') }),
    update: (who, { id }) => updateRecord(scene.as(who), { kind, id, title: `By ${who}` }),
    close: (who, { id }) => closeRecord(scene.as(who), { kind, id }),
    addContact: (who, { id }) => addContact(scene.as(who), { kind, id, personId: scene.people.contact.id }),
    pointOfContact: (who, { id }) => makePointOfContact(scene.as(who), { kind, id, personId: scene.people.manager.id }),
  }

  test('OR-023 a look partner reads a request and changes nothing of it', async () => {
    const there = await scene.record({ people: { point_of_contact: scene.people.contact } })
    const before = await read('look', there)
    for (const [name, attempt] of Object.entries(attempts)) await expect(attempt('look', there), name).rejects.toMatchObject(notAllowed)
    await expect(reopenRecord(scene.as('look'), { kind, id: there.id })).rejects.toMatchObject(notAllowed)
    expect(await read('look', there)).toEqual(before)
    expect(Object.entries(before.abilities).filter(([, yes]) => yes)).toEqual([['read', true]])
  })

  test('OR-027 an update partner changes an open request of the customer', async () => {
    const there = await scene.record()
    const seen = await updateRecord(scene.as('update'), {
      kind,
      id: there.id,
      title: 'Unit 8 offline',
      state: 'waiting_for_vendor',
      attributes: { severity: 2, site: 'Madrid' },
    })
    expect(seen).toMatchObject({ title: 'Unit 8 offline', state: 'waiting_for_vendor', attributes: { severity: 2, site: 'Madrid' } })
    expect(seen.events.map(({ words }) => words)).toEqual([
      'Uma Update set it to With the vendor',
      'Uma Update changed title and attributes',
    ])
    const again = await updateRecord(scene.as('update'), { kind, id: there.id, attributes: { severity: null, site: 'Madrid' } })
    expect(again.attributes).toEqual({ site: 'Madrid' })
    await expect(updateRecord(scene.as('update'), { kind, id: there.id, attributes: { site: 'Madrid' } })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    const [entry] = (await scene.world.audit()).filter(
      ({ what, detail }) => what === 'service_request.changed' && detail['number'] === there.number,
    )
    expect(entry?.detail).toMatchObject({
      for: 'Acme Robotics',
      before: { title: 'Robot arm stops' },
      after: { title: 'Unit 8 offline' },
    })
  })

  test('OR-029 update for a whole partner lets everyone there, also who comes later, read all and edit any open request', async () => {
    const newcomer = await scene.world.person(scene.bright, 'Nia Newcomer', ['consultant'])
    const there = await scene.record()
    expect((await updateRecord(scene.world.as(newcomer), { kind, id: there.id, title: 'Mine too' })).title).toBe('Mine too')
    expect((await listRecords(scene.world.as(newcomer), { kind })).total).toBe((await listRecords(scene.as('manager'), { kind })).total)
  })

  test('OR-031 O-A18 an update partner cannot edit a closed request, nor open it again', async () => {
    const there = await scene.record({ state: 'closed' })
    expect((await read('update', there)).abilities).toMatchObject({
      read: true,
      update: false,
      close: false,
      reopen: false,
      reply: false,
    })
    for (const name of ['update', 'close', 'reply', 'attach'])
      await expect(attempts[name]?.('update', there), name).rejects.toMatchObject(notAllowed)
    await expect(reopenRecord(scene.as('update'), { kind, id: there.id })).rejects.toMatchObject(notAllowed)
    await expect(updateRecord(scene.as('update'), { kind, id: there.id, state: 'active' })).rejects.toMatchObject(notAllowed)
    expect((await read('update', there)).state).toBe('closed')
  })

  test('O-A18 a create partner opens a closed request again, and then edits it', async () => {
    const there = await scene.record({ state: 'closed', people: { point_of_contact: scene.people.contact } })
    expect(await reopenRecord(scene.as('create'), { kind, id: there.id })).toMatchObject({
      state: 'active',
      abilities: { update: true, reopen: true },
    })
    await expect(reopenRecord(scene.as('create'), { kind, id: there.id })).rejects.toMatchObject({ code: 'stale' })
    expect((await updateRecord(scene.as('create'), { kind, id: there.id, title: 'Again' })).title).toBe('Again')
    expect((await scene.lettersOf(there.number)).map(({ subject, to }) => [subject, to])).toContainEqual([
      `${there.number}: open again`,
      scene.people.contact.email,
    ])
  })

  test('closing takes a last word, closes once, and tells who is named on it', async () => {
    const there = await scene.record({ people: { requester: scene.people.contact, point_of_contact: scene.people.update } })
    const seen = await closeRecord(scene.as('manager'), { kind, id: there.id, body: 'Solved, thank you.' })
    expect(seen).toMatchObject({
      state: 'closed',
      messages: [{ body: 'Solved, thank you.', author: { name: 'Dana Lee', for: null, outside: false } }],
    })
    const letters = await scene.lettersOf(there.number)
    expect(letters.map(({ to }) => to).toSorted()).toEqual([scene.people.contact.email, scene.people.update.email].toSorted())
    expect(letters[0]?.body_text).toContain('Solved, thank you.')
    await expect(closeRecord(scene.as('manager'), { kind, id: there.id })).rejects.toMatchObject({ code: 'not-allowed' })
  })

  test('a state that leads out of the open ones needs the right to close', async () => {
    const there = await scene.record()
    expect((await updateRecord(scene.as('update'), { kind, id: there.id, state: 'closed' })).state).toBe('closed')
    await expect(updateRecord(scene.as('manager'), { kind, id: there.id, state: 'nowhere' })).rejects.toMatchObject({ code: 'not-allowed' })
    const open = await scene.record()
    await expect(updateRecord(scene.as('manager'), { kind, id: open.id, state: 'nowhere' })).rejects.toMatchObject({
      code: 'invalid-input',
      more: { field: 'state' },
    })
  })

  test.each([
    ['a name that is none', { 'Site!': 'x' }],
    ['__proto__', JSON.parse('{"__proto__": "x"}') as Record<string, string>],
    ['a long value', { site: 'x'.repeat(2001) }],
    ['too many', Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`a${at}`, at]))],
  ])('attributes are refused: %s', async (_, attributes) => {
    const there = await scene.record()
    await expect(updateRecord(scene.as('manager'), { kind, id: there.id, attributes })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('every change moves the request to the top of the list, for a copied-in person as well', async () => {
    scene.world.passDays(1)
    const there = await scene.record({ people: { additional_contact: scene.people.cc }, updatedAt: '2026-01-01T00:00:00.000Z' as never })
    const steps: [string, () => Promise<unknown>][] = [
      ['reply', () => attempts['reply']!('cc', there)],
      ['attach', () => attempts['attach']!('cc', there)],
      ['update', () => attempts['update']!('update', there)],
      ['addContact', () => attempts['addContact']!('update', there)],
      ['pointOfContact', () => attempts['pointOfContact']!('update', there)],
      ['removeContact', () => removeContact(scene.as('manager'), { kind, id: there.id, personId: scene.people.contact.id })],
      ['close', () => attempts['close']!('update', there)],
      ['reopen', () => reopenRecord(scene.as('create'), { kind, id: there.id })],
    ]
    for (const [name, step] of steps) {
      scene.world.setClock(new Date(Date.parse(scene.world.clock.at) + 1000).toISOString())
      await step()
      const [first] = (await listRecords(scene.as('look'), { kind })).items
      expect([first?.id, first?.updatedAt], name).toEqual([there.id, scene.world.clock.at])
    }
  })

  test('OR-020 a foreign, an absent and a misspelt request cannot be told apart, whatever one tries', async () => {
    const foreign = await scene.world.record(scene.beta)
    for (const id of [foreign.id, '999999999', '0', '-1', 'SR-1', '1e3', '9'.repeat(30), "1' or '1'='1"]) {
      const there = { id } as TestRecord
      await expect(read('create', there), id).rejects.toMatchObject(notFound)
      for (const [name, attempt] of Object.entries(attempts))
        await expect(attempt('create', there), `${name} ${id}`).rejects.toMatchObject(notFound)
      await expect(listContactChoices(scene.as('create'), { kind, id }), id).rejects.toMatchObject(notFound)
    }
  })
})
