// A person sees and changes their own profile, and nothing else.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { nobody } from '../../law/actors.ts'
import { changeMe } from './change-me.ts'
import { readMe } from './read-me.ts'

describe.each(databaseKinds)('the own profile on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind)
  })
  afterAll(() => world.close())

  test('a person sees who and where they are and what their roles let them do at home', async () => {
    const acme = await world.customer('Acme Robotics')
    const dana = await world.person(acme, 'Dana Lee', ['contact_manager'])
    const me = await readMe(world.as(dana))
    expect(me).toMatchObject({
      person: { id: dana.id, name: 'Dana Lee', email: dana.email, language: 'en', timeZone: null },
      organization: { id: acme.id, name: 'Acme Robotics', side: 'customer', timeZone: 'Europe/Madrid' },
      roles: ['contact_manager'],
      vendor: { name: 'Meridia' },
      mailIsSent: true,
      looking: null,
    })
    expect(me.abilities).toContain('access:give')
    const eva = await world.person(acme, 'Eva', ['contact'])
    expect((await readMe(world.as(eva))).abilities).not.toContain('access:give')
  })

  test('a change is kept, tells before and after in the history, and reaches nobody else', async () => {
    const larkfield = await world.partner()
    const priya = await world.person(larkfield, 'Priya', ['consultant'])
    const tom = await world.person(larkfield, 'Tom', ['consultant'])
    const me = await changeMe(world.as(priya), { name: ' Priya Raman ', timeZone: 'Asia/Kolkata' })
    expect(me.person).toMatchObject({ name: 'Priya Raman', timeZone: 'Asia/Kolkata', language: 'en' })
    expect((await readMe(world.as(priya))).person).toEqual(me.person)
    expect((await readMe(world.as(tom))).person.name).toBe('Tom')
    expect((await world.audit()).at(-1)).toMatchObject({
      what: 'person.changed',
      actor_name: 'Priya',
      detail: { before: { name: 'Priya', timeZone: null }, after: { name: 'Priya Raman', timeZone: 'Asia/Kolkata' } },
    })
    expect((await changeMe(world.as(priya), { timeZone: null })).person.timeZone).toBeNull()
  })

  test('the database itself lets a person change no row but their own', async () => {
    const acme = await world.customer()
    const [dana, eva] = [await world.person(acme, 'Dana', ['contact_manager']), await world.person(acme, 'Eva', ['contact'])]
    await world.as(dana).writing('self:manage', { kind: 'self' }, async (tx) => {
      tx.record({ what: 'test', detail: {} })
      const { numUpdatedRows } = await tx.sql
        .updateTable('people')
        .set({ name: 'Mallory' })
        .where('id', '=', eva.id)
        .executeTakeFirstOrThrow()
      expect(numUpdatedRows).toBe(0n)
    })
  })

  test('nobody has no profile, a key has none, and neither has somebody who left', async () => {
    await expect(readMe(world.asActor(nobody))).rejects.toMatchObject({ code: 'not-signed-in' })
    await expect(readMe(world.withKey(world.vendor, true))).rejects.toMatchObject({ code: 'not-allowed' })
    const gone = await world.person(await world.customer(), 'Gone', ['contact'])
    await world.stage.owner.query('update memberships set until_at = $1 where person_id = $2', [world.clock.at, gone.id])
    await expect(readMe(world.as(gone))).rejects.toMatchObject({ code: 'not-signed-in' })
    await expect(changeMe(world.as(gone), { name: 'Still here' })).rejects.toMatchObject({ code: 'not-signed-in' })
  })
})
