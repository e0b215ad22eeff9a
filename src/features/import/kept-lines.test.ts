// Invitations, links, choices and marks of contacts go out and come in again, are brought up to date, and are taken back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { type EmptyPortal, emptyPortal } from './portal.test-support.ts'
import { undoImport } from './undo-import.ts'
import { canonical } from './world-kind.ts'
import type { LineInput } from './world-lines.ts'

const at = '2026-01-01T09:00:00.000Z'
const later = '2026-05-01T09:00:00.000Z'
const people: readonly LineInput[] = [
  { kind: 'vendor', id: 'meridia', name: 'Meridia' },
  { kind: 'customer', id: 'acme', name: 'Acme Robotics' },
  { kind: 'partner', id: 'larkfield', name: 'Larkfield' },
  { kind: 'partner', id: 'moss', name: 'Moss' },
  {
    kind: 'person',
    id: 'dana',
    email: 'dana@acme.example',
    name: 'Dana Lee',
    home: { customer: 'acme' },
    roles: ['primary_user'],
    since: at,
  },
  {
    kind: 'person',
    id: 'ada',
    email: 'ada@larkfield.example',
    name: 'Ada Boss',
    home: { partner: 'larkfield' },
    roles: ['partner_administrator'],
    since: at,
  },
]
const invitation = {
  kind: 'invitation',
  customer: 'acme',
  gives: [] as string[],
  until: '2027-01-01T00:00:00.000Z',
  invitedBy: 'dana',
  invitedAt: at,
  lapsesAt: later,
} as const
const kept: readonly LineInput[] = [
  { kind: 'validated_contact', home: { customer: 'acme' }, person: 'dana', at },
  { kind: 'validated_contact', home: { partner: 'larkfield' }, person: 'ada', at: later },
  { kind: 'colleague_choice', customer: 'acme', choice: 'forbid', chosenBy: 'dana', from: at, until: later },
  { kind: 'colleague_choice', customer: 'acme', choice: 'ask', chosenBy: null, from: later, until: null },
  { kind: 'notice_choice', person: 'ada', customer: 'acme', notice: 'answers', way: 'digest', at },
  { kind: 'link', customer: 'acme', partner: 'larkfield', state: 'denied', askedBy: 'ada', askedAt: at, answered: { at, by: 'dana' } },
  {
    kind: 'link',
    customer: 'acme',
    partner: 'larkfield',
    state: 'standing',
    askedBy: null,
    askedAt: later,
    answered: { at: later, by: 'dana' },
  },
  { kind: 'link', customer: 'acme', partner: 'moss', state: 'asked', askedBy: null, askedAt: later, answered: null },
  { ...invitation, id: 'old', partner: 'larkfield', state: 'declined', answered: { at, by: 'ada', reason: 'Not now' } },
  { ...invitation, id: 'new', partner: 'moss', state: 'waiting', answered: null },
]

const trusted = { trustGrants: true }

describe.each(databaseKinds)('on %s', (database) => {
  let first: EmptyPortal
  let second: EmptyPortal
  beforeAll(async () => {
    first = await emptyPortal(database, 'managed-services')
    second = await emptyPortal(database, 'managed-services')
  })
  afterAll(async () => {
    await first.close()
    await second.close()
  })

  const ofKinds = (lines: readonly string[]) =>
    lines.map((line) => JSON.parse(line)).filter(({ kind }) => kept.some((one) => one.kind === kind))
  const choices = (lines: readonly string[]) =>
    ofKinds(lines).flatMap(({ kind, choice, from, until }) => (kind === 'colleague_choice' ? [[choice, from, until]] : []))
  const withoutId = (lines: readonly object[]) => lines.map((line) => canonical({ ...line, id: undefined })).sort()

  test('what is exported says all of it, and imported elsewhere and exported again it is the same to the letter', async () => {
    expect((await first.lines([...people, ...kept], trusted)).rows).toEqual([])
    const out = await first.written()
    expect(withoutId(ofKinds(out))).toEqual(withoutId(kept))
    const { rows } = await second.lines(out, trusted)
    expect([rows, await second.written()]).toEqual([[], out])
    const again = await second.lines(out)
    expect(
      Object.values(again.counts)
        .flatMap(({ same, ...others }) => Object.values(others))
        .every((many) => many === 0),
    ).toBe(true)
  })

  test('a later file brings choices and links up to date, changes no invitation, and can be taken back', async () => {
    const before = await second.written()
    const { id, rows, counts } = await second.lines(
      [
        { kind: 'notice_choice', person: 'ada', customer: 'acme', notice: 'answers', way: 'mail', at: later },
        { kind: 'colleague_choice', customer: 'acme', choice: 'tell' },
        { kind: 'link', customer: 'acme', partner: 'moss', state: 'denied', askedAt: later, answered: { at: later, by: 'dana' } },
        { ...invitation, id: 'new', partner: 'moss', state: 'accepted', answered: { at: later, by: null, reason: null } },
        { kind: 'notice_choice', person: 'dana', customer: 'acme', notice: 'ends_soon', way: 'digest' },
      ],
      trusted,
    )
    expect(counts).toMatchObject({
      notice_choice: { new: 1, changed: 1 },
      colleague_choice: { changed: 1 },
      link: { changed: 1 },
      invitation: { conflict: 1 },
    })
    expect(rows).toMatchObject([{ line: 4, field: 'id', conflict: true }])
    expect(choices(await second.written())).toEqual([
      ['forbid', at, later],
      ['ask', later, second.clock.at],
      ['tell', second.clock.at, null],
    ])
    await undoImport(second.ctx, { importId: id ?? '' })
    expect(await second.written()).toEqual(before)
  })

  test('what cannot be is told with its field, and costs itself alone', async () => {
    const { rows } = await second.lines([
      { kind: 'notice_choice', person: 'ada', customer: 'acme', notice: 'gossip', way: 'mail' },
      { kind: 'notice_choice', person: 'nobody', customer: 'acme', notice: 'answers', way: 'mail' },
      { kind: 'link', customer: 'acme', partner: 'moss', state: 'standing', askedAt: at },
      { ...invitation, id: 'x', partner: 'moss', gives: ['everything'], state: 'lapsed', answered: { at, by: null, reason: null } },
      { kind: 'colleague_choice', customer: 'acme', choice: 'tell', from: later, until: at },
      { kind: 'validated_contact', home: { customer: 'acme' }, person: 'dana', at },
    ])
    expect(rows.map(({ line, field }) => [line, field])).toEqual([
      [1, 'notice'],
      [2, 'person'],
      [3, 'answered'],
      [4, 'gives.0'],
      [5, 'until'],
    ])
  })

  test('a second link that stands, and a second invitation that waits, is a conflict, in the portal and in one file', async () => {
    const before = await second.written()
    const { rows, counts } = await second.lines(
      [
        { kind: 'link', customer: 'acme', partner: 'larkfield', state: 'asked', askedAt: '2026-06-01T09:00:00Z' },
        { ...invitation, id: 'again', partner: 'moss', state: 'waiting' },
      ],
      trusted,
    )
    expect([rows.map(({ line, field, conflict }) => [line, field, conflict]), counts]).toMatchObject([
      [
        [1, 'state', true],
        [2, 'state', true],
      ],
      { link: { new: 0 }, invitation: { new: 0 } },
    ])
    const twice = ['2026-06-01T09:00:00Z', '2026-06-02T09:00:00Z'].map((askedAt) => ({ kind: 'link', state: 'asked', askedAt }) as const)
    const inFile = await second.lines(twice.map((line) => ({ ...line, customer: 'acme', partner: 'moss' })))
    expect(inFile.rows.map(({ field }) => field)).toContain('state')
    expect(await second.written()).toEqual(before)
  })

  test('without trust nothing comes in that gives what nobody confirmed: an invitation that waits, a link that stands, a mark', async () => {
    const ask = { kind: 'link', customer: 'acme', partner: 'birch', askedAt: later } as const
    const lines: readonly LineInput[] = [
      { kind: 'partner', id: 'birch', name: 'Birch' },
      { kind: 'person', id: 'dora', email: 'dora@acme.example', name: 'Dora', home: { customer: 'acme' } },
      { ...invitation, id: 'b', partner: 'birch', state: 'waiting' },
      { ...ask, state: 'standing', answered: { at: later, by: 'dana' } },
      { kind: 'validated_contact', home: { customer: 'acme' }, person: 'dora' },
    ]
    for (const dryRun of [true, false]) {
      const { id, rows, counts } = await second.lines(lines, { dryRun })
      expect(rows.map(({ line, field }) => [line, field])).toEqual([
        [3, 'state'],
        [4, 'state'],
        [5, 'person'],
      ])
      expect(rows.every(({ expected }) => expected.includes('--trust-grants'))).toBe(true)
      expect(counts).toMatchObject({ invitation: { failed: 1 }, link: { failed: 1 }, validated_contact: { failed: 1 } })
      if (id) await undoImport(second.ctx, { importId: id })
    }
    const { id } = await second.lines([...lines.slice(0, 3), { ...ask, state: 'asked' }], trusted)
    const before = await second.written()
    const again = await second.lines(before)
    expect([again.rows, await second.written()]).toEqual([[], before])
    const over = await second.lines([{ ...ask, state: 'standing', answered: { at: later, by: 'dana' } }])
    expect(over.rows).toMatchObject([{ field: 'state', expected: expect.stringContaining('--trust-grants') }])
    await undoImport(second.ctx, { importId: id ?? '' })
  })

  test('only people who are at home there are marked, and only the customer invites, before the invitation lapses', async () => {
    const lines: readonly LineInput[] = [
      { kind: 'person', id: 'gone', email: 'gone@acme.example', name: 'Gone', home: { partner: 'larkfield' }, roles: [], since: later },
      { kind: 'past_membership', person: 'gone', home: { customer: 'acme' }, from: at, until: later },
      { kind: 'validated_contact', home: { customer: 'acme' }, person: 'gone' },
      { kind: 'validated_contact', home: { customer: 'acme' }, person: 'ada' },
      { kind: 'validated_contact', home: { partner: 'larkfield' }, person: 'gone' },
      { ...invitation, id: 'p', partner: 'larkfield', invitedBy: 'ada', state: 'lapsed', answered: { at, by: null, reason: null } },
      { ...invitation, id: 'q', partner: 'larkfield', invitedBy: 'gone', state: 'lapsed', answered: { at, by: null, reason: null } },
      { ...invitation, id: 'r', partner: 'larkfield', lapsesAt: at, state: 'lapsed', answered: { at, by: null, reason: null } },
    ]
    const dry = await second.lines(lines, { ...trusted, dryRun: true })
    const { id, rows, counts } = await second.lines(lines, trusted)
    expect(rows.map(({ line, field }) => [line, field])).toEqual([
      [3, 'person'],
      [4, 'person'],
      [6, 'invitedBy'],
      [8, 'lapsesAt'],
    ])
    expect([dry.rows, dry.counts]).toEqual([rows, counts])
    await undoImport(second.ctx, { importId: id ?? '' })
  })

  test('of choices that overlap the second is a conflict, in one file and with what is here, and the database holds it too', async () => {
    const other = { kind: 'customer', id: 'beta', name: 'Beta' } as const
    const choice = { kind: 'colleague_choice', customer: 'beta', choice: 'forbid' } as const
    const [one, two, three] = ['2026-02-01T09:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-04-01T09:00:00.000Z'] as const
    const lines: readonly LineInput[] = [
      other,
      { ...choice, from: one, until: three },
      { ...choice, choice: 'ask', from: two, until: later },
      { ...choice, choice: 'ask', from: three, until: null },
      { ...choice, from: at, until: one },
    ]
    const told = [[3, 'from', true]]
    const dry = await second.lines(lines, { dryRun: true })
    const { id, rows, counts } = await second.lines(lines)
    const short = (faults: typeof rows) => faults.map(({ line, field, conflict }) => [line, field, conflict])
    expect([short(dry.rows), short(rows), counts.colleague_choice, dry.counts]).toMatchObject([told, told, { new: 3, conflict: 1 }, counts])
    expect(short((await second.lines([{ ...choice, from: '2026-01-15T09:00:00Z', until: three }])).rows)).toEqual([[1, 'from', true]])
    const twice = `insert into colleague_choices (customer_id, choice, from_at, until_at) select id, 'ask', $1, $2 from organizations where external_id = 'beta'`
    await expect(second.stage.owner.query(twice, [two, later])).rejects.toMatchObject({ code: '23P01' })
    await undoImport(second.ctx, { importId: id ?? '' })
  })

  test('a dry run tells of choices that overlap over many batches just as the run does', async () => {
    const minute = (nth: number) => new Date(Date.parse('2025-01-01T00:00:00Z') + nth * 60_000).toISOString()
    const choice = { kind: 'colleague_choice', customer: 'gamma', choice: 'forbid' } as const
    const aBatch = second.house.database.kind === 'embedded' ? 250 : 1000
    const lines: readonly LineInput[] = [
      { kind: 'customer', id: 'gamma', name: 'Gamma' },
      ...Array.from({ length: aBatch }, (_, nth) => ({ ...choice, from: minute(nth), until: minute(nth + 1) })),
      { ...choice, choice: 'ask', from: '2025-01-01T00:00:30Z', until: '2025-01-01T00:00:40Z' },
      { ...choice, choice: 'ask', from: minute(aBatch), until: minute(aBatch + 1) },
    ]
    const dry = await second.lines(lines, { dryRun: true })
    const { id, rows, counts } = await second.lines(lines)
    expect(rows.map(({ line, field, conflict }) => [line, field, conflict])).toEqual([[aBatch + 2, 'from', true]])
    expect([dry.rows, dry.counts]).toEqual([rows, counts])
    await undoImport(second.ctx, { importId: id ?? '' })
  })

  test('an import rewrites nothing that a customer chose before, and lets in more than holds now only with trust', async () => {
    const choice = { kind: 'colleague_choice', customer: 'acme' } as const
    const { rows } = await second.lines([
      { ...choice, choice: 'tell', from: at, until: later },
      { ...choice, choice: 'tell', from: at },
    ])
    expect(rows.map(({ line, field, conflict }) => [line, field, conflict])).toEqual([
      [1, 'choice', true],
      [2, 'from', true],
    ])
    const future = { ...choice, choice: 'forbid', from: '2026-12-01T09:00:00Z' } as const
    expect((await second.lines([{ ...future, customer: 'acme' }])).rows).toMatchObject([{ field: 'from' }])
    const untrusted = await second.lines([{ ...choice, choice: 'tell' }])
    expect(untrusted.rows).toMatchObject([{ field: 'choice', expected: expect.stringContaining('--trust-grants') }])
    const before = await second.written()
    const narrower = await second.lines([{ ...choice, choice: 'forbid' }])
    expect([narrower.rows, choices(await second.written()).at(-1)]).toEqual([[], ['forbid', second.clock.at, null]])
    await undoImport(second.ctx, { importId: narrower.id ?? '' })
    expect(await second.written()).toEqual(before)
  })
})
