// Whatever a partner's person does for a customer names that person, to the customer too: in the conversation, the history, letters, lists and the API.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createScene, type Scene } from '../../../test/service-request-scene.ts'
import { readHistory } from '../audit-log/read-history.ts'
import { attachFile } from '../conversations/attach-file.ts'
import { replyToRecord } from '../conversations/reply-to-record.ts'
import { listRecords } from '../records/list-records.ts'
import { readRecord } from '../records/read-record.ts'
import { closeRecord } from './close-record.ts'
import { openRecord } from './open-record.ts'
import { reopenRecord } from './reopen-record.ts'
import { updateRecord } from './update-record.ts'

const kind = 'service_request'

describe.each(databaseKinds)('on behalf of a customer on %s', (database) => {
  let scene: Scene
  let id: string
  let number: string

  beforeAll(async () => {
    scene = await createScene(database)
    const cris = scene.as('create')
    const opened = await openRecord(cris, { kind, customerId: scene.acme.id, title: 'Robot arm stops', description: 'It stops.' })
    ;({ id, number } = opened)
    const one = { kind, id }
    await replyToRecord(cris, { ...one, body: 'We look into it.' })
    await attachFile(cris, { ...one, name: 'log.txt', mediaType: 'text/plain', content: Buffer.from('log') })
    await updateRecord(cris, { ...one, title: 'Robot arm stops at noon' })
    await closeRecord(cris, one)
    await reopenRecord(cris, one)
  })
  afterAll(() => scene?.close())

  test('BX-20 the customer reads in the conversation who wrote, of which firm and for whom', async () => {
    const { messages, files, events, contacts } = await readRecord(scene.as('manager'), { kind, id })
    expect(messages.map(({ author }) => author)).toEqual([
      { name: 'Cris Create', organization: 'Larkfield', for: 'Acme Robotics', outside: true },
    ])
    expect(files.map(({ by }) => by)).toEqual(['Cris Create'])
    expect(new Set(events.map(({ by }) => by))).toEqual(new Set(['Cris Create']))
    expect(events.length).toBeGreaterThanOrEqual(4)
    expect(contacts.find(({ relation }) => relation === 'requester')).toMatchObject({ name: 'Cris Create', organization: 'Larkfield' })
  })

  test("BX-20 so do the customer's lists, its history and its letters", async () => {
    const { items } = await listRecords(scene.as('manager'), { kind })
    expect(items.find((row) => row.id === id)).toMatchObject({
      pointOfContact: { name: 'Cris Create', organization: 'Larkfield' },
      partnerManaged: true,
    })
    const history = await readHistory(scene.as('manager'), { limit: 50 })
    const done = history.items.filter(({ sentence }) => sentence.includes(number))
    expect(done.length).toBeGreaterThanOrEqual(5)
    for (const { who, sentence } of done) {
      expect([who.name, who.organization]).toEqual(['Cris Create', 'Larkfield'])
      expect(sentence).toMatch(/^Cris Create \(Larkfield\) .* for Acme Robotics/)
    }
    const letters = (await scene.lettersOf(number)).filter(({ to }) => to === scene.people.manager.email)
    expect(letters.length).toBeGreaterThanOrEqual(1)
    for (const { body_text: text } of letters) expect(text).toContain('Cris Create (Larkfield) for Acme Robotics')
  })

  test("BX-20 a key writes nothing in anybody's name, the customer's own key no more than the partner's", async () => {
    const { world, acme, people } = scene
    const written = async () => (await readRecord(scene.as('manager'), { kind, id })).messages.length
    const before = await written()
    for (const home of [acme, people.create.organization, world.vendor]) {
      for (const operator of home === world.vendor ? [false, true] : [false]) {
        const key = world.withKey(home, operator)
        await expect(replyToRecord(key, { kind, id, body: 'As somebody.' })).rejects.toThrow()
        await expect(openRecord(key, { kind, customerId: acme.id, title: 'x', description: 'x' })).rejects.toThrow()
        await expect(closeRecord(key, { kind, id })).rejects.toThrow()
      }
    }
    expect(await written()).toBe(before)
  })
})
