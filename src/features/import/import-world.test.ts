// Bringing worlds in: what is new, changed, the same or in conflict; what a dry run and an undo leave; that no row stops another.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { checkValue } from './check-line.ts'
import { listImports } from './list-imports.ts'
import { type EmptyPortal, emptyPortal, smallWorld } from './portal.test-support.ts'
import { undoImport } from './undo-import.ts'
import type { LineInput } from './world-lines.ts'

describe.each(databaseKinds)('an import on %s', (kind) => {
  let portal: EmptyPortal
  let firstRun = ''
  beforeAll(async () => {
    portal = await emptyPortal(kind)
    const { id, rows } = await portal.lines(smallWorld)
    expect(rows).toEqual([])
    firstRun = id ?? ''
  })
  afterAll(() => portal.close())
  const undo = (id: string | null) => undoImport(portal.ctx, { importId: id ?? '' })
  const customer = (id: string, name: string): LineInput => ({ kind: 'customer', id, name })

  test('OR-040 access that comes in as admin is kept as Service Admin, and gives nothing until its customer confirms it', async () => {
    expect(await portal.rows('select level, confirmed_at, until_at from grants')).toEqual([
      { level: 'service_admin', confirmed_at: null, until_at: new Date('2027-03-31T22:00:00.000Z') },
    ])
    const trusted = await portal.lines(
      [{ kind: 'grant', id: 'a-2', customer: 'beta', grantee: { partner: 'larkfield' }, level: 'look', endsOn: '2027-01-31' }],
      { trustGrants: true },
    )
    expect(
      (await portal.rows<{ confirmed_at: Date }>(`select confirmed_at from grants where external_id = 'a-2'`))[0]?.confirmed_at,
    ).toBeInstanceOf(Date)
    await undo(trusted.id)
  })

  test('a dry run tells new, changed, same and conflict with their rows, and changes nothing', async () => {
    const before = await portal.written()
    const runs = await listImports(portal.ctx)
    const dry = await portal.lines(
      [
        customer('gamma', 'Gamma'),
        customer('acme', 'Acme Robots'),
        customer('beta', 'Beta Foods'),
        { kind: 'person', id: 'eve', email: 'dana@acme.example', name: 'Eve', home: { customer: 'gamma' } },
        { kind: 'grant', id: 'a-1', customer: 'acme', grantee: { partner: 'larkfield' }, level: 'full_admin', endsOn: '2027-03-31' },
        { kind: 'grant', id: 'a-9', customer: 'gamma', grantee: { partner: 'larkfield' }, level: 'look', endsOn: '2027-03-31' },
        {
          kind: 'record',
          recordKind: 'service_request',
          id: 'SR-1',
          customer: 'beta',
          title: 'Moved',
          state: 'active',
          createdAt: '2026-11-01T08:00:00Z',
        },
      ],
      { dryRun: true },
    )
    expect(dry).toMatchObject({
      id: null,
      state: 'dry run',
      counts: {
        customer: { new: 1, changed: 1, same: 1 },
        person: { conflict: 1 },
        grant: { new: 1, conflict: 1 },
        record: { conflict: 1 },
      },
    })
    expect(dry.rows.map(({ line, field, conflict }) => [line, field, conflict])).toEqual([
      [4, 'email', true],
      [5, 'id', true],
      [7, 'customer', true],
    ])
    expect(await portal.written()).toEqual(before)
    expect(await listImports(portal.ctx)).toEqual(runs)
  })

  test('a bad row is told with its line, its field and what was expected, and stops nothing', async () => {
    const lines = [
      '{"kind":"customer","id":"c1","name":"One","timeZone":"Mars/Olympus"}',
      '{"kind":"customer","id":"c2","name":"Two","colour":"red"}',
      'no json',
      '{"kind":"wizard"}',
      '{"kind":"customer","id":"c3","name":"half a pair \\ud800"}',
      '{"kind":"customer","id":"c4","name":"null \\u0000 byte"}',
      '{"kind":"person","id":"p1","email":"dаna@acme.example","name":"Look-alike","home":{"customer":"acme"}}',
      '{"kind":"person","id":"p2","email":"p2@acme.example","name":"Two","home":{"customer":"nowhere"}}',
      '{"kind":"person","id":"p3","email":"p3@acme.example","name":"Three","home":{"customer":"acme"},"roles":["emperor"]}',
      '{"kind":"grant","id":"g1","customer":"acme","grantee":{"partner":"larkfield"},"level":"god","endsOn":"2027-01-01"}',
      '{"kind":"grant","id":"g2","customer":"acme","grantee":{"vendor":"meridia"},"level":"look","endsOn":"2027-01-01"}',
      '{"kind":"grant","id":"g3","customer":"acme","grantee":{"partner":"larkfield"},"person":"priya","level":"look","endsOn":"2020-01-01"}',
      '{"kind":"record","recordKind":"unicorn","id":"u","customer":"acme","title":"U","state":"new","createdAt":"2026-01-01T00:00:00Z"}',
      '{"kind":"record","recordKind":"service_request","id":"u","customer":"acme","title":"U","state":"magic","createdAt":"2026-01-01T00:00:00Z"}',
      '{"kind":"record","recordKind":"service_request","id":"v","customer":"acme","title":"V","state":"new","createdAt":"yesterday"}',
      '{"kind":"customer","id":"good","name":"Good"}',
      '{"kind":"customer","id":"good","name":"Good again"}',
    ]
    const { rows, counts, id } = await portal.lines(lines)
    expect(rows.map(({ line, field }) => [line, field])).toEqual([
      [1, 'timeZone'],
      [2, 'colour'],
      [3, ''],
      [4, 'kind'],
      [5, 'name'],
      [6, 'name'],
      [7, 'email'],
      [8, 'home.customer'],
      [9, 'roles.0'],
      [10, 'level'],
      [11, 'person'],
      [12, 'endsOn'],
      [13, 'recordKind'],
      [14, 'state'],
      [15, 'createdAt'],
      [17, 'id'],
    ])
    expect(rows.every(({ expected }) => expected.startsWith('expected'))).toBe(true)
    expect(rows[7]?.expected).toContain('"nowhere" is neither')
    expect(counts.customer).toEqual({ new: 1, changed: 0, same: 0, conflict: 0, failed: 0 })
    await undo(id)
  })

  test('what the database alone refuses costs its own row and no other', async () => {
    const many: LineInput[] = Array.from({ length: 40 }, (_, place) => customer(`many-${place}`, `Many ${place}`))
    // A value that a trigger refuses, and a key that is taken: the check of the file is passed by, as another server writing meanwhile would.
    async function* unseen() {
      for (const [place, line] of many.entries()) yield checkValue(place + 1, line)
      await portal.stage.owner.query(`create function refuse_many() returns trigger language plpgsql as $$ begin
        if new.external_id = 'many-7' then raise exception 'no' using errcode = '23514'; end if; return new; end $$`)
      await portal.stage.owner.query(
        `create unique index one_of_two on organizations ((name = 'Many 3' or name = 'Many 30')) where name in ('Many 3', 'Many 30')`,
      )
      await portal.stage.owner.query(
        'create trigger refuse_many before insert on organizations for each row execute function refuse_many()',
      )
    }
    const { rows, counts, id } = await portal.bringIn(unseen())
    await portal.stage.owner.query('drop trigger refuse_many on organizations; drop index one_of_two')
    expect(rows.map(({ line, expected }) => [line, expected])).toEqual([
      [8, 'expected what the database allows'],
      [31, 'expected what the database allows (one_of_two)'],
    ])
    expect(counts.customer).toMatchObject({ new: 38, failed: 2 })
    await undo(id)
  })

  test('an undone import leaves every row as it was, changed and new ones alike', async () => {
    const before = await portal.written()
    const { id, rows } = await portal.lines([
      customer('acme', 'Acme Robotics International'),
      customer('delta', 'Delta'),
      {
        kind: 'person',
        id: 'dana',
        email: 'dana.lee@acme.example',
        name: 'Dana Lee-Berg',
        home: { customer: 'delta' },
        roles: ['contact'],
      },
      { kind: 'person', id: 'new', email: 'new@delta.example', name: 'New', home: { customer: 'delta' } },
      {
        kind: 'grant',
        id: 'a-1',
        customer: 'acme',
        grantee: { partner: 'larkfield' },
        level: 'service_admin',
        endsOn: '2027-03-31',
        ended: { at: '2026-11-20T00:00:00Z', by: 'dana', kind: 'removed', reason: null },
      },
      {
        kind: 'record',
        recordKind: 'service_request',
        id: 'SR-1',
        customer: 'acme',
        title: 'Robot arm goes on',
        state: 'closed',
        createdAt: '2026-11-01T08:00:00Z',
        contacts: [{ person: 'priya', relation: 'point_of_contact' }],
        partners: [{ partner: 'larkfield', relation: 'assigned' }],
      },
      {
        kind: 'message',
        recordKind: 'service_request',
        record: 'SR-1',
        at: '2026-11-02T08:00:00Z',
        by: { name: 'Priya Raman', person: 'priya' },
        body: 'It goes on.',
      },
      {
        kind: 'file',
        recordKind: 'service_request',
        record: 'SR-1',
        at: '2026-11-02T08:00:00Z',
        name: 'a.txt',
        mediaType: 'text/plain',
        content: 'aGVsbG8=',
        by: { name: 'Priya Raman' },
      },
    ])
    expect(rows).toEqual([])
    expect(await portal.written()).not.toEqual(before)
    expect(await undo(id)).toMatchObject({ id })
    expect(await portal.written()).toEqual(before)
    await expect(undo(id)).rejects.toMatchObject({ code: 'stale' })
  })

  test('an import is not undone over what people did since, and the refusal names it', async () => {
    const { id } = await portal.lines([customer('epsilon', 'Epsilon'), customer('zeta', 'Zeta')])
    await portal.stage.owner.query(`update organizations set name = 'Epsilon and Sons' where external_id = 'epsilon'`)
    await expect(undo(id)).rejects.toMatchObject({ code: 'stale', message: expect.stringContaining('organizations Epsilon and Sons') })
    await portal.stage.owner.query(`update organizations set name = 'Epsilon' where external_id = 'epsilon'`)
    await portal.stage.owner.query(
      `insert into relationships (customer_id, partner_id, from_at) select c.id, p.id, now() from organizations c, organizations p where c.external_id = 'zeta' and p.external_id = 'larkfield'`,
    )
    await expect(undo(id)).rejects.toMatchObject({ code: 'stale', message: expect.stringContaining('1 of relationships') })
    await portal.stage.owner.query(
      `delete from relationships r using organizations c where c.id = r.customer_id and c.external_id = 'zeta'`,
    )
    await undo(id)
    expect(await portal.rows(`select from organizations where external_id in ('epsilon', 'zeta')`)).toEqual([])
  })

  test('a person who moves keeps the past: one membership ends and the next begins', async () => {
    const { id } = await portal.lines([
      {
        kind: 'person',
        id: 'priya',
        email: 'priya@larkfield.example',
        name: 'Priya Raman',
        home: { customer: 'beta' },
        roles: ['contact'],
        since: '2026-12-01T00:00:00Z',
      },
    ])
    const memberships = await portal.rows<{ name: string; until_at: Date | null }>(
      `select o.name, m.until_at from memberships m join organizations o on o.id = m.organization_id join people p on p.id = m.person_id where p.external_id = 'priya' order by m.from_at`,
    )
    expect(memberships).toEqual([
      { name: 'Larkfield Consulting', until_at: new Date('2026-12-01T00:00:00Z') },
      { name: 'Beta Foods', until_at: null },
    ])
    await undo(id)
  })

  test('a run that breaks off leaves whole batches, says so, and can be repeated or undone', async () => {
    const before = await portal.written()
    const lines: LineInput[] = Array.from({ length: 2500 }, (_, place) => customer(`long-${place}`, `Long ${place}`))
    const stopped = new AbortController()
    const { id, state } = await portal.lines(lines, { signal: stopped.signal, onProgress: () => stopped.abort() })
    expect(state).toBe('stopped')
    const run = (await listImports(portal.ctx)).find((one) => one.id === id)
    expect(run).toMatchObject({ id, state: 'failed' })
    const there = await portal.rows(`select from organizations where external_id like 'long-%'`)
    expect(there.length).toBe(run?.counts['customer']?.['new'])
    expect([250, 1000]).toContain(there.length)
    const audit = await portal.rows(`select from audit_entries where what = 'import.batch' and on_id = $1`, [id])
    expect(audit.length).toBe(1)
    const repeated = await portal.lines(lines)
    expect(repeated.counts.customer).toMatchObject({ new: 2500 - there.length, same: there.length })
    await undo(repeated.id)
    // As a server that was killed leaves it: nobody wrote that the run ended.
    await portal.stage.owner.query(`update imports set state = 'running', finished_at = null where id = $1`, [id])
    await undo(id)
    expect(await portal.written()).toEqual(before)
  })

  test('only who runs the portal may import, undo and export', async () => {
    const { createContext } = await import('../../context/context.ts')
    const [vendor] = await portal.rows<{ id: string }>(`select id from organizations where kind = 'vendor'`)
    const reader = createContext(
      portal.house,
      { kind: 'key', keyId: null, name: 'reader', side: 'vendor', organizationId: (vendor?.id ?? '') as never, operator: false },
      'test',
    )
    await expect(undoImport(reader, { importId: firstRun })).rejects.toMatchObject({ code: expect.stringMatching(/not-/) })
    await expect(listImports(reader)).rejects.toMatchObject({ code: expect.stringMatching(/not-/) })
  })
})
