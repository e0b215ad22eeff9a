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
  const withoutId = (lines: readonly object[]) => lines.map((line) => canonical({ ...line, id: undefined })).sort()

  test('what is exported says all of it, and imported elsewhere and exported again it is the same to the letter', async () => {
    expect((await first.lines([...people, ...kept])).rows).toEqual([])
    const out = await first.written()
    expect(withoutId(ofKinds(out))).toEqual(withoutId(kept))
    const { rows } = await second.lines(out)
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
    const { id, rows, counts } = await second.lines([
      { kind: 'notice_choice', person: 'ada', customer: 'acme', notice: 'answers', way: 'mail', at: later },
      { kind: 'colleague_choice', customer: 'acme', choice: 'tell' },
      { kind: 'link', customer: 'acme', partner: 'moss', state: 'denied', askedAt: later, answered: { at: later, by: 'dana' } },
      { ...invitation, id: 'new', partner: 'moss', state: 'accepted', answered: { at: later, by: null, reason: null } },
      { kind: 'notice_choice', person: 'dana', customer: 'acme', notice: 'ends_soon', way: 'digest' },
    ])
    expect(counts).toMatchObject({
      notice_choice: { new: 1, changed: 1 },
      colleague_choice: { changed: 1 },
      link: { changed: 1 },
      invitation: { conflict: 1 },
    })
    expect(rows).toMatchObject([{ line: 4, field: 'id', conflict: true }])
    expect(ofKinds(await second.written()).filter(({ until }) => until === null)).toMatchObject([
      { kind: 'colleague_choice', choice: 'tell', from: later },
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
    const { rows, counts } = await second.lines([
      { kind: 'link', customer: 'acme', partner: 'larkfield', state: 'asked', askedAt: '2026-06-01T09:00:00Z' },
      { ...invitation, id: 'again', partner: 'moss', state: 'waiting' },
    ])
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
})
