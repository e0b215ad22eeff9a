// The whole world as lines, in an order that depends on what they say alone: the same world gives the same file.
// What is in it is fixed when the export begins; each thing stands in it as it is when its turn comes. The reading is done in short pieces.
import type { Context, ReadTx } from '../../context/context.ts'
import { refuseEndedKey } from '../api-keys/steps.ts'
import { accessRequestLine } from './access-request-lines.ts'
import { accessRequestIds, accessRequestsById } from './access-requests-store.ts'
import { colleagueChoiceLine } from './colleague-choice-lines.ts'
import { type EventRow, eventsOf, type FileRow, fileContent, filesOf, type MessageRow, messagesOf } from './export-store.ts'
import { grantLine } from './grant-lines.ts'
import { grantIds, grantsById } from './grants-store.ts'
import { groupLine, groupMemberLine } from './group-lines.ts'
import { groupIds, groupsById, memberIds, membersById } from './groups-store.ts'
import { invitationLine } from './invitation-lines.ts'
import { linkLine, noticeChoiceLine, validatedLine } from './kept-lines.ts'
import { allColleagueChoices, allInvitations, allLinks, allNoticeChoices, allValidated } from './kept-store.ts'
import { pastMembershipLine } from './membership-lines.ts'
import { organizationLine } from './organization-lines.ts'
import { organizationIds, organizationsById } from './organizations-store.ts'
import { pastMemberships, peopleById, personIds } from './people-store.ts'
import { homeOf, personLine } from './person-lines.ts'
import { recordLine } from './record-lines.ts'
import { type RecordKey, type RecordRow, recordIds, recordKey, recordsById } from './records-store.ts'
import { relationshipLine } from './relationship-lines.ts'
import { relationshipIds, relationshipsById } from './relationships-store.ts'
import { siteLine } from './site-lines.ts'
import { siteIds, sitesById } from './sites-store.ts'
import type { WorldLine } from './world-lines.ts'

const pieceSize = 500

interface Contents {
  readonly organizations: readonly string[]
  readonly sites: readonly string[]
  readonly people: readonly string[]
  readonly relationships: readonly string[]
  readonly groups: readonly string[]
  readonly members: readonly string[]
  readonly requests: readonly string[]
  readonly grants: readonly string[]
  readonly records: readonly RecordKey[]
}

type Read = <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>

/** Asks whether the actor may, and notes what there is; the lines come when they are taken. */
export async function exportWorld(ctx: Context): Promise<AsyncGenerator<WorldLine>> {
  // Asked at each piece: whoever may not any more, or whose key was ended, gets no further one.
  const read: Read = (work) =>
    ctx.reading('portal:operate', { kind: 'portal' }, async (tx) => {
      await refuseEndedKey(tx)
      return work(tx)
    })
  const contents = await read(
    async (tx): Promise<Contents> => ({
      organizations: [
        ...(await organizationIds(tx, 'vendor')),
        ...(await organizationIds(tx, 'customer')),
        ...(await organizationIds(tx, 'partner')),
      ],
      sites: await siteIds(tx),
      people: await personIds(tx),
      relationships: await relationshipIds(tx),
      groups: await groupIds(tx),
      members: await memberIds(tx),
      requests: await accessRequestIds(tx),
      grants: await grantIds(tx),
      records: await recordIds(tx),
    }),
  )
  return linesOf(read, contents)
}

async function* linesOf(read: Read, contents: Contents): AsyncGenerator<WorldLine> {
  yield* inPieces(read, contents.organizations, organizationsById, organizationLine)
  yield* inPieces(read, contents.sites, sitesById, siteLine)
  yield* inPieces(read, contents.people, peopleById, personLine)
  for (const people of pieces(contents.people))
    for (const row of await read((tx) => pastMemberships(tx, people))) yield pastMembershipLine(row)
  yield* inPieces(read, contents.relationships, relationshipsById, relationshipLine)
  yield* inPieces(read, contents.groups, groupsById, groupLine)
  yield* inPieces(read, contents.members, membersById, groupMemberLine)
  // These are few: one piece holds all of a kind.
  for (const row of await read(allValidated)) yield validatedLine(row)
  for (const row of await read(allColleagueChoices)) yield colleagueChoiceLine(row)
  for (const row of await read(allNoticeChoices)) yield noticeChoiceLine(row)
  for (const row of await read(allLinks)) yield linkLine(row)
  for (const row of await read(allInvitations)) yield invitationLine(row)
  yield* inPieces(read, contents.requests, accessRequestsById, (row) => accessRequestLine(row))
  yield* inPieces(read, contents.grants, grantsById, grantLine)
  for (const piece of pieces(contents.records)) yield* recordsWithParts(read, piece)
}

async function* inPieces<Row extends { id: string }>(
  read: Read,
  ids: readonly string[],
  rowsById: (tx: ReadTx, ids: readonly string[]) => Promise<Row[]>,
  lineOf: (row: Row) => WorldLine,
): AsyncGenerator<WorldLine> {
  for (const piece of pieces(ids)) {
    const rows = new Map((await read((tx) => rowsById(tx, piece))).map((row) => [row.id, row]))
    // What is gone meanwhile is left out.
    for (const id of piece) {
      const row = rows.get(id)
      if (row) yield lineOf(row)
    }
  }
}

function* pieces<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += pieceSize) yield all.slice(from, from + pieceSize)
}

const nthOf = (nth: number) => (nth > 1 ? { nth } : {})

/** Records, then what hangs on them, record by record. */
async function* recordsWithParts(read: Read, keys: readonly RecordKey[]): AsyncGenerator<WorldLine> {
  const found = await read(async (tx) => ({
    records: new Map((await recordsById(tx, keys)).map((row) => [recordKey(row), row])),
    messages: byRecord(await messagesOf(tx, keys)),
    events: byRecord(await eventsOf(tx, keys)),
    files: byRecord(await filesOf(tx, keys)),
  }))
  // What is gone meanwhile is left out.
  const rows = keys.flatMap((key) => found.records.get(recordKey(key)) ?? [])
  for (const row of rows) yield recordLine(row)
  for (const { of, part } of partsInOrder(rows, found.messages)) yield messageLine(of, part)
  for (const { of, part } of partsInOrder(rows, found.events)) yield eventLine(of, part)
  for (const { of, part } of partsInOrder(rows, found.files)) {
    const content = await read((tx) => fileContent(tx, part.id))
    if (content !== undefined) yield fileLine(of, part, content)
  }
}

const partsInOrder = <Part>(rows: readonly RecordRow[], parts: ReadonlyMap<string, readonly Part[]>) =>
  rows.flatMap((row) => {
    const of: OfRecord = { recordKind: row.kind, record: row.external_id }
    return (parts.get(recordKey(row)) ?? []).map((part) => ({ of, part }))
  })

const byRecord = <Part extends { readonly kind: string; readonly record_id: number }>(parts: readonly Part[]) =>
  Map.groupBy(parts, ({ kind, record_id }) => recordKey({ kind, id: record_id }))

interface OfRecord {
  readonly recordKind: string
  readonly record: string
}

function messageLine(of: OfRecord, { at, name, person, home_kind, home, body, nth }: MessageRow): WorldLine {
  const organization = home_kind && home !== null ? homeOf(home_kind, home) : null
  return { kind: 'message', ...of, at: at.toISOString(), by: { name, person, organization }, body, ...nthOf(nth) }
}

const eventLine = (of: OfRecord, { at, what, by_name, detail, nth }: EventRow): WorldLine => ({
  kind: 'event',
  ...of,
  at: at.toISOString(),
  what,
  byName: by_name,
  detail: detail as Record<string, never>,
  ...nthOf(nth),
})

function fileLine(of: OfRecord, { at, name, media_type, by_name, person, message, nth }: FileRow, content: string): WorldLine {
  const by = { name: by_name, person }
  return { kind: 'file', ...of, at: at.toISOString(), name, mediaType: media_type, content, by, message, ...nthOf(nth) }
}
