// Two people at one record at one moment: one wins, the other is told, and nothing is half done. Only PostgreSQL has two connections to race on.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createScene, type Scene } from '../../../test/service-request-scene.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { replyToRecord } from '../conversations/reply-to-record.ts'
import { readRecord } from '../records/read-record.ts'
import { addContact } from './add-contact.ts'
import { closeRecord } from './close-record.ts'
import { makePointOfContact } from './make-point-of-contact.ts'
import { openRecord } from './open-record.ts'
import { updateRecord } from './update-record.ts'

const kind = 'service_request'
const rounds = 15

/** How each ended: done, or the code of its refusal. What is no refusal is thrown on. */
async function outcomes(works: Promise<unknown>[]): Promise<string[]> {
  return Promise.all(
    works.map((work) =>
      work.then(
        () => 'done',
        (error: unknown) => {
          if (!isRefusal(error)) throw error
          return error.code
        },
      ),
    ),
  )
}

describe.each(databaseKinds)('races on %s', (database) => {
  let scene: Scene
  beforeAll(async () => {
    scene = await createScene(database)
  })
  afterAll(() => scene.close())

  test('OR-031 closing and editing at once: nobody edits a closed request, and it closes once', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id } = await scene.record({ people: { requester: scene.people.contact } })
      const [first, second, edit] = await outcomes([
        closeRecord(scene.as('manager'), { kind, id }),
        closeRecord(scene.as('update'), { kind, id }),
        updateRecord(scene.as('update'), { kind, id, title: 'Edited' }),
      ])
      expect([first, second].filter((outcome) => outcome === 'done')).toHaveLength(1)
      const seen = await readRecord(scene.as('manager'), { kind, id })
      expect(seen.state).toBe('closed')
      expect(seen.events.filter(({ what }) => what === 'closed')).toHaveLength(1)
      const order = seen.events.map(({ what }) => what)
      expect(order).toEqual(edit === 'done' ? ['changed', 'closed'] : ['closed'])
      expect(seen.title).toBe(edit === 'done' ? 'Edited' : 'Robot arm stops')
    }
  })

  test('two points of contact named at once leave one, and whoever was it before stays copied in', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id } = await scene.record({ people: { point_of_contact: scene.people.contact } })
      const done = await outcomes([
        makePointOfContact(scene.as('manager'), { kind, id, personId: scene.people.create.id }),
        makePointOfContact(scene.as('manager'), { kind, id, personId: scene.people.admin.id }),
        addContact(scene.as('manager'), { kind, id, personId: scene.people.admin.id }),
      ])
      expect(done.filter((outcome) => outcome === 'done').length).toBeGreaterThan(0)
      const { contacts } = await readRecord(scene.as('manager'), { kind, id })
      expect(contacts.filter(({ relation }) => relation === 'point_of_contact')).toHaveLength(1)
      expect(new Set(contacts.map(({ personId }) => personId)).size).toBe(contacts.length)
      expect(contacts.map(({ name }) => name)).toContain('Cora Contact')
    }
  })

  test('somebody copied in by several at once is copied in once', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id } = await scene.record()
      const add = (who: 'manager' | 'create') => addContact(scene.as(who), { kind, id, personId: scene.people.cc.id })
      expect((await outcomes([add('manager'), add('create'), add('manager')])).toSorted()).toEqual(['done', 'overlaps', 'overlaps'])
      expect((await readRecord(scene.as('manager'), { kind, id })).contacts).toHaveLength(1)
    }
  })

  test('requests opened at once get different numbers', async () => {
    const input = { kind, customerId: scene.acme.id, title: 'At once', description: 'Now.' }
    const opened = await Promise.all(Array.from({ length: 8 }, () => openRecord(scene.as('create'), input)))
    expect(new Set(opened.map(({ number }) => number)).size).toBe(8)
  })

  test('a right that ends before the answer is written does not write it', async () => {
    const { id } = await scene.record()
    const owner = scene.world.stage.owner
    const person = await scene.world.person(scene.bright, 'Rae Revoked', ['consultant'])
    const grant = await scene.world.grant(scene.acme, person, 'update')
    await replyToRecord(scene.world.as(person), { kind, id, body: 'Still here.' })
    await owner.query("update grants set ended_at = $2, end_kind = 'removed' where id = $1", [grant.id, scene.world.clock.at])
    await owner.query("update grants set ended_at = $2, end_kind = 'removed' where person_id is null and partner_id = $1", [
      scene.bright.id,
      scene.world.clock.at,
    ])
    await expect(replyToRecord(scene.world.as(person), { kind, id, body: 'And now?' })).rejects.toMatchObject({ code: 'not-found' })
  })
})
