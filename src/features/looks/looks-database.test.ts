// A look at the door and in the database: its transaction and its role read what a look shows, and write nothing.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import type { TestPerson } from '../../../test/world.ts'
import { createContext } from '../../context/context.ts'
import { lookOf } from '../../context/look.ts'
import type { PersonActor } from '../../law/actors.ts'
import { identify } from '../sign-in/identify.ts'
import { deskStage, kind } from './look-stage.test-support.ts'

describe.each(databaseKinds)('a look in the database on %s', (database) => {
  let stage: Awaited<ReturnType<typeof deskStage>>
  beforeAll(async () => {
    stage = await deskStage(database)
  })
  afterAll(() => stage.close())

  const actorIn = async (whom: TestPerson | null): Promise<PersonActor> => {
    const cookie = await stage.cookieOf(stage.people.dana)
    await stage.callerWith(cookie)('POST', '/me/look', { partnerId: stage.larkfield.id, personId: whom?.id ?? null })
    return (await identify(stage.world.house, { cookie })) as PersonActor
  }

  test('BX-01 the door of a look opens for no write and for nothing of their own, and its transaction cannot write', async () => {
    const actor = await actorIn(stage.people.ada)
    expect(lookOf(actor)?.by.personId).toBe(stage.people.dana.id)
    const ctx = createContext(stage.world.house, actor, 'test')
    const self = { kind: 'self' } as const
    for (const work of [
      () => ctx.writing('self:manage', self, async () => undefined),
      () => ctx.writing('access:give', { kind: 'customer', id: stage.acme.id }, async () => undefined),
      () => ctx.reading('self:manage', self, async () => undefined),
      () => ctx.reading('people:read', { kind: 'partner', id: stage.larkfield.id }, async () => undefined),
      () => ctx.reading('history:read', { kind: 'portal' }, async () => undefined),
      () => ctx.reading('access_request:read', { kind: 'partner', id: stage.larkfield.id }, async () => undefined),
      () => ctx.reading('people:read', { kind: 'customer', id: stage.beta.id }, async () => undefined),
      () => ctx.reading('service_request:open', { kind: 'customer', id: stage.beta.id }, async () => undefined),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'looking' })
    const { rows } = await ctx.reading(`${kind}:read`, self, (tx) => sql`select current_user::text as role`.execute(tx.sql))
    expect(rows).toEqual([{ role: 'latchkey_look' }])
    const change = ctx.reading(`${kind}:read`, self, (tx) => tx.sql.updateTable('people').set({ name: 'Mallory' }).execute())
    await expect(change).rejects.toMatchObject({ code: '25006' })
  })

  test('BX-01 the role of a look reads of no table but what it says, and writes to none, whatever the transaction', async () => {
    const actor = await actorIn(stage.people.ada)
    const client = await stage.world.stage.owner.connect()
    const asLook = async (actor: PersonActor, statement: string) => {
      await client.query('begin')
      try {
        const settings = {
          person: actor.personId,
          organization: stage.larkfield.id,
          side: 'partner',
          roles: '',
          now: stage.world.clock.at,
          focus: stage.acme.id,
        }
        for (const [name, value] of Object.entries({ ...settings, look_customer: String(stage.acme.customerNo), look_kinds: kind }))
          await client.query('select set_config($1, $2, true)', [`app.${name}`, value])
        await client.query(`set local role latchkey_look`)
        return await client.query(statement)
      } finally {
        await client.query('rollback')
      }
    }
    try {
      const { rows: open } = await client.query<{ name: string; look: string | null; deletes: boolean }>(
        `select c.relname as name, (select pg_get_expr(p.polqual, c.oid) from pg_policy p where p.polrelid = c.oid and p.polname = 'look' and not p.polpermissive
           and pg_get_expr(p.polwithcheck, c.oid) = 'false') as look,
           exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'look_writes_nothing' and not p.polpermissive) as deletes
         from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relrowsecurity`,
      )
      expect(open.filter(({ look, deletes }) => look === null || !deletes)).toEqual([])
      const own = [
        'sessions',
        'passkeys',
        'outbox',
        'audit_entries',
        'access_requests',
        'notice_choices',
        'done_once',
        'access_uses',
        'removals',
        'invitations',
      ]
      expect(own.filter((name) => open.find((table) => table.name === name)?.look !== 'false')).toEqual([])
      for (const table of own) expect([table, (await asLook(actor, `select 1 from ${table}`)).rowCount]).toEqual([table, 0])
      expect((await asLook(actor, `select 1 from records where customer_no <> ${stage.acme.customerNo}`)).rowCount).toBe(0)
      expect((await asLook(actor, 'select 1 from records')).rowCount).toBe(6)
      expect((await asLook(actor, `update people set name = 'Mallory'`).catch(() => ({ rowCount: 0 }))).rowCount).toBe(0)
      expect((await asLook(actor, 'delete from record_people')).rowCount).toBe(0)
      await expect(asLook(actor, `insert into organizations (kind, name) values ('partner', 'Mallory')`)).rejects.toMatchObject({
        code: '42501',
      })
    } finally {
      client.release()
    }
  })
})
