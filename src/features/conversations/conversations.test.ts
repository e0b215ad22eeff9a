// Answers go to exactly those who were shown as their readers, and files belong to one record.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createScene, type Name, type Scene } from '../../../test/service-request-scene.ts'
import { readRecord } from '../records/read-record.ts'
import { attachFile } from './attach-file.ts'
import { readFile } from './read-file.ts'
import { replyToRecord } from './reply-to-record.ts'

const kind = 'service_request'
const notFound = { code: 'not-found', message: 'There is no such thing, or you cannot see it.' }

describe.each(databaseKinds)('conversations on %s', (database) => {
  let scene: Scene
  beforeAll(async () => {
    scene = await createScene(database)
  })
  afterAll(() => scene.close())

  const read = (who: Name, { id }: { id: string }) => readRecord(scene.as(who), { kind, id })
  const attach = (who: Name, { id }: { id: string }, more: object = {}) =>
    attachFile(scene.as(who), {
      kind,
      id,
      name: 'log.txt',
      mediaType: 'text/plain',
      content: Buffer.from('It stops after 40 seconds.'),
      ...more,
    })
  const stored = async (number: string) => {
    const { rows } = await scene.world.stage.owner.query<{ email: string; only_if: unknown; thread: string; letter: string }>(
      'select p.email, o.only_if, o.thread, o.letter from outbox o join people p on p.id = o.to_person_id where o.subject like $1 order by p.email',
      [`${number}:%`],
    )
    return rows
  }

  test("the readers that a reply is shown to go to are exactly the outbox's recipients, whoever answers", async () => {
    const ended = await scene.world.person(await scene.world.partner('Gone Ltd'), 'Gil Gone', ['consultant'])
    const named = {
      requester: scene.people.contact,
      point_of_contact: scene.people.update,
      additional_contact: [scene.people.cc, scene.people.manager, scene.people.update, ended, scene.people.stranger],
    }
    for (const who of ['manager', 'contact', 'update', 'cc', 'create'] as const) {
      const there = await scene.record({ people: named })
      const { replyGoesTo } = await read(who, there)
      await replyToRecord(scene.as(who), { kind, id: there.id, body: 'Please send the log.' })
      const letters = await stored(there.number)
      const expected = (['contact', 'update', 'cc', 'manager'] as const)
        .filter((other) => other !== who)
        .map((other) => scene.people[other])
      expect(
        letters.map(({ email }) => email),
        who,
      ).toEqual(expected.map(({ email }) => email).toSorted())
      expect(replyGoesTo.map(({ name }) => name).toSorted(), who).toEqual(expected.map(({ name }) => name).toSorted())
      expect(replyGoesTo.filter(({ outside }) => outside).every(({ organization }) => organization !== 'Acme Robotics')).toBe(true)
      for (const letter of letters)
        expect(letter).toMatchObject({
          letter: 'record-replied',
          thread: `record/${kind}/${there.id}`,
          only_if: { action: 'service_request:read', on: { kind: 'record', recordKind: kind, id: there.id } },
        })
    }
  })

  test('who wrote for whom stays with the message and stands in the letter', async () => {
    const there = await scene.record({ people: { requester: scene.people.manager } })
    const message = await replyToRecord(scene.as('update'), { kind, id: there.id, body: '  It stops\r\nafter 40 seconds.\u202e ' })
    expect(message).toMatchObject({
      body: 'It stops\nafter 40 seconds.',
      author: { name: 'Uma Update', organization: 'Bright Field', for: 'Acme Robotics', outside: true },
    })
    await replyToRecord(scene.as('manager'), { kind, id: there.id, body: 'Thank you.' })
    const { messages } = await read('look', there)
    expect(messages.map(({ author }) => [author.name, author.organization, author.for, author.outside])).toEqual([
      ['Uma Update', 'Bright Field', 'Acme Robotics', true],
      ['Dana Lee', 'Acme Robotics', null, false],
    ])
    const [letter] = await scene.lettersOf(there.number)
    expect(letter?.body_text).toContain('Uma Update (Bright Field) for Acme Robotics answered.')
    expect(letter?.body_text).toContain(`http://localhost:3000/requests/${there.id}`)
    const [entry] = (await scene.world.audit()).filter(
      ({ what, detail }) => what === 'service_request.replied' && detail['number'] === there.number,
    )
    expect(entry).toMatchObject({
      actor_name: 'Uma Update',
      customer_id: scene.acme.id,
      detail: { for: 'Acme Robotics', sentTo: ['Dana Lee'] },
    })
  })

  test('OR-024 with look for a whole partner every person there reads the messages and files of past and present requests', async () => {
    const partner = await scene.world.partner('Everyone AG')
    const first = await scene.world.person(partner, 'Eve First', ['consultant'])
    const past = await scene.record({ state: 'closed', messages: [{ author: scene.people.manager, body: 'Old words.' }] })
    const present = await scene.record()
    const file = await attach('manager', present)
    const sees = async (person: typeof first, { id }: { id: string }) => readRecord(scene.world.as(person), { kind, id })
    await expect(sees(first, past)).rejects.toMatchObject(notFound)
    await scene.world.grant(scene.acme, partner, 'look')
    const later = await scene.world.person(partner, 'Ed Later', ['consultant'])
    for (const person of [first, later]) {
      expect((await sees(person, past)).messages).toMatchObject([{ body: 'Old words.' }])
      expect((await sees(person, present)).files).toEqual([file])
      expect((await readFile(scene.world.as(person), { kind, id: present.id, fileId: file.id })).content.toString()).toBe(
        'It stops after 40 seconds.',
      )
    }
  })

  test('a file is kept with its checksum and a clean name, and comes back byte for byte', async () => {
    const there = await scene.record({ people: { requester: scene.people.contact } })
    const content = Buffer.from(Array.from({ length: 70_000 }, (_, at) => at % 256))
    const file = await attach('update', there, { name: '../\u200bevil\u202egnp.exe', mediaType: 'text/html', content })
    expect(file).toMatchObject({ name: 'evilgnp.exe', mediaType: 'application/octet-stream', size: 70_000, by: 'Uma Update' })
    expect((await readFile(scene.as('contact'), { kind, id: there.id, fileId: file.id })).content.equals(content)).toBe(true)
    const { rows } = await scene.world.stage.owner.query<{ sha256: string }>('select sha256 from files where id = $1', [file.id])
    expect(rows[0]?.sha256).toBe(createHash('sha256').update(content).digest('hex'))
    const seen = await read('contact', there)
    expect(seen.events.at(-1)?.words).toBe('Uma Update added the file evilgnp.exe')
    expect((await stored(there.number)).map(({ email, letter }) => [email, letter])).toEqual([
      [scene.people.contact.email, 'record-file-added'],
    ])
  })

  test("a file goes with one's own message on the same request, and with no other", async () => {
    const there = await scene.record()
    const other = await scene.record()
    const mine = await replyToRecord(scene.as('update'), { kind, id: there.id, body: 'Attached.' })
    const elsewhere = await replyToRecord(scene.as('update'), { kind, id: other.id, body: 'Elsewhere.' })
    const theirs = await replyToRecord(scene.as('manager'), { kind, id: there.id, body: 'Not yours.' })
    const file = await attach('update', there, { messageId: mine.id })
    const seen = await read('manager', there)
    expect(seen.messages.map(({ files }) => files)).toEqual([[file], []])
    for (const messageId of [elsewhere.id, theirs.id, '999999', 'nonsense', ''])
      await expect(attach('update', there, { messageId }), messageId).rejects.toMatchObject({
        code: 'invalid-input',
        more: { field: 'messageId' },
      })
    expect((await read('manager', there)).files).toHaveLength(1)
  })

  test('OR-020 a file is found under its own request alone, and by nobody who may not read that one', async () => {
    const there = await scene.record()
    const other = await scene.record()
    const foreign = await scene.world.record(scene.beta)
    const file = await attach('manager', there)
    const get = (who: Name, id: string, fileId: string) => readFile(scene.as(who), { kind, id, fileId })
    expect((await get('look', there.id, file.id)).name).toBe('log.txt')
    await expect(get('look', other.id, file.id)).rejects.toMatchObject(notFound)
    for (const who of ['cc', 'stranger', 'betaManager'] as const)
      await expect(get(who, there.id, file.id), who).rejects.toMatchObject(notFound)
    await expect(get('betaManager', foreign.id, file.id)).rejects.toMatchObject(notFound)
    for (const fileId of ['6a2f4b7e-0000-4000-8000-000000000000', 'nonsense', '', "' or true --"])
      await expect(get('look', there.id, fileId), fileId).rejects.toMatchObject(notFound)
  })

  test('an empty file and one above the limit are refused and leave nothing', async () => {
    const there = await scene.record()
    await expect(attach('manager', there, { content: Buffer.alloc(0) })).rejects.toMatchObject({
      code: 'invalid-input',
      more: { field: 'file' },
    })
    await expect(attach('manager', there, { content: Buffer.alloc(scene.world.house.settings.fileLimit + 1) })).rejects.toMatchObject({
      code: 'too-large',
    })
    expect((await read('manager', there)).files).toEqual([])
  })

  test.each([
    ['nothing', ''],
    ['only spaces', ' \n\t '],
    ['only what cannot be seen', '\u200b\u2066\u0007'],
    ['too much', 'x'.repeat(20_001)],
    ['half a character', 'a\udc00'],
  ])('a message of %s is refused', async (_, body) => {
    const there = await scene.record()
    await expect(replyToRecord(scene.as('manager'), { kind, id: there.id, body })).rejects.toMatchObject({
      code: 'invalid-input',
      more: { field: 'body' },
    })
    expect((await read('manager', there)).messages).toEqual([])
  })

  test('what fails leaves neither message, letter nor audit entry', async () => {
    const there = await scene.record({ people: { requester: scene.people.manager } })
    const before = [(await scene.world.letters()).length, (await scene.world.audit()).filter(({ what }) => what !== 'refused').length]
    await expect(replyToRecord(scene.as('look'), { kind, id: there.id, body: 'No.' })).rejects.toMatchObject({ code: 'not-allowed' })
    expect([(await scene.world.letters()).length, (await scene.world.audit()).filter(({ what }) => what !== 'refused').length]).toEqual(
      before,
    )
    expect((await read('manager', there)).messages).toEqual([])
  })
})
