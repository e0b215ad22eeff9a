// Lines of what hangs on records: messages, history entries and files. They never change: a line that differs from what stands there is another one.
import { createHash, randomUUID } from 'node:crypto'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { cleanFileName, safeMediaType } from '../conversations/file-name-rules.ts'
import { noteChanges } from './places-store.ts'
import {
  addEvents,
  addFiles,
  addMessages,
  countParts,
  type EventValues,
  eventDigests,
  type FileValues,
  type MessageValues,
  type PartKey,
  type PartTable,
} from './record-parts-store.ts'
import { organizationReference, type Reference, type Things } from './references.ts'
import { canonical, type Given, type LineFault, type Standing, type WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type PartLine = LineOf<'message'> | LineOf<'event'> | LineOf<'file'>

const recordOf = (line: PartLine): Reference => ({ to: 'record', id: line.record, within: line.recordKind, field: 'record' })
/** Nothing hangs on a record that is nobody's: it would be shown with a customer's, and there is none. */
function nobodysFault(line: PartLine, { things }: Given): LineFault | undefined {
  if (things.find(recordOf(line))?.customer !== null) return undefined
  return { field: 'record', expected: "expected the record of a customer: one that is nobody's has no messages, history or files" }
}
const author = (by: { person?: string | null | undefined }): Reference[] =>
  by.person ? [{ to: 'person', id: by.person, field: 'by.person' }] : []
const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Lines of which so many equal ones stand there already that this one is among them. */
async function amongStanding<Line extends PartLine>(
  tx: ReadTx,
  table: PartTable,
  lines: readonly Line[],
  keys: readonly PartKey[],
  keyOf: (line: Line) => string,
  whole: (line: Line) => Line,
): Promise<Map<string, Standing<Line>>> {
  const text = ({ kind, record, at, by, digest }: PartKey) => JSON.stringify([kind, record, at, by, digest])
  const counts = new Map((await countParts(tx, table, keys)).map((count) => [text(count), count.many]))
  return new Map(
    lines.flatMap((line, place): [string, Standing<Line>][] => {
      const key = keys[place]
      const many = key ? (counts.get(text(key)) ?? 0) : 0
      return (line.nth ?? 1) <= many ? [[keyOf(line), { line: whole(line), id: '' }]] : []
    }),
  )
}

const nthOf = (nth: number | undefined) => (nth !== undefined && nth > 1 ? { nth } : {})

type MessageLine = LineOf<'message'>
const wholeMessage = ({ nth, ...line }: MessageLine): MessageLine => ({
  ...line,
  by: { name: line.by.name, person: line.by.person ?? null, organization: line.by.organization ?? null },
  ...nthOf(nth),
})
const messageKey = (line: MessageLine) =>
  JSON.stringify([line.recordKind, line.record, line.at, line.by.name, md5(line.body), line.nth ?? 1])

export const messageLines: WorldKind<MessageLine> = {
  keyOf: messageKey,
  references: (line) => [
    recordOf(line),
    ...author(line.by),
    ...(line.by.organization ? [organizationReference(line.by.organization, 'by.organization')] : []),
  ],
  standing: (tx, lines) => {
    const keys = lines.map((line) => ({
      kind: line.recordKind,
      record: line.record,
      at: line.at,
      by: line.by.name,
      digest: md5(line.body),
    }))
    return amongStanding(tx, 'messages', lines, keys, messageKey, wholeMessage)
  },
  complete: (line, _, given) => nobodysFault(line, given) ?? wholeMessage(line),
  save: async (tx, run, changes, { things }) => {
    const values = changes.map(
      ({ line }): MessageValues => ({
        ...placeOf(line, things),
        author_id: idOf(author(line.by), things),
        author_name: line.by.name,
        author_organization_id: line.by.organization ? things.get(organizationReference(line.by.organization, '')).id : null,
        body: line.body,
        created_at: line.at,
      }),
    )
    const ids = await addMessages(tx, values)
    await noteChanges(
      tx,
      run,
      'messages',
      ids.map((id) => [id]),
      new Map(),
    )
  },
}

type EventLine = LineOf<'event'>
const wholeEvent = ({ nth, ...line }: EventLine): EventLine => ({
  ...line,
  byName: line.byName ?? null,
  detail: line.detail ?? {},
  ...nthOf(nth),
})
const eventKey = (line: EventLine) =>
  canonical([line.recordKind, line.record, line.at, line.what, line.byName ?? null, line.detail ?? {}, line.nth ?? 1])

export const eventLines: WorldKind<EventLine> = {
  keyOf: eventKey,
  references: (line) => [recordOf(line)],
  standing: async (tx, lines) => {
    const digests = await eventDigests(
      tx,
      lines.map(({ what, detail }) => ({ what, detail: detail ?? {} })),
    )
    const keys = lines.map((line, place) => ({
      kind: line.recordKind,
      record: line.record,
      at: line.at,
      by: line.byName ?? null,
      digest: digests[place] ?? '',
    }))
    return amongStanding(tx, 'record_events', lines, keys, eventKey, wholeEvent)
  },
  complete: (line, _, given) => nobodysFault(line, given) ?? wholeEvent(line),
  save: async (tx, run, changes, { things }) => {
    const values = changes.map(
      ({ line }): EventValues => ({
        ...placeOf(line, things),
        at: line.at,
        what: line.what,
        by_name: line.byName ?? null,
        detail: line.detail ?? {},
      }),
    )
    const ids = await addEvents(tx, values)
    await noteChanges(
      tx,
      run,
      'record_events',
      ids.map((id) => [id]),
      new Map(),
    )
  },
}

type FileLine = LineOf<'file'>
/** Names and media types from outside are made inert on the way in. */
const wholeFile = ({ nth, ...line }: FileLine): FileLine => ({
  ...line,
  name: cleanFileName(line.name),
  mediaType: safeMediaType(line.mediaType),
  by: { name: line.by.name, person: line.by.person ?? null },
  message: line.message ?? null,
  ...nthOf(nth),
})
const fileDigest = (line: FileLine) => md5(`${cleanFileName(line.name)} ${sha256(Buffer.from(line.content, 'base64'))}`)
const fileKey = (line: FileLine) => JSON.stringify([line.recordKind, line.record, line.at, line.by.name, fileDigest(line), line.nth ?? 1])

export const fileLines: WorldKind<FileLine> = {
  keyOf: fileKey,
  references: (line) => [recordOf(line), ...author(line.by)],
  standing: (tx, lines) => {
    const keys = lines.map((line) => ({
      kind: line.recordKind,
      record: line.record,
      at: line.at,
      by: line.by.name,
      digest: fileDigest(line),
    }))
    return amongStanding(tx, 'files', lines, keys, fileKey, wholeFile)
  },
  complete: (line, _, given) => nobodysFault(line, given) ?? wholeFile(line),
  save: async (tx: WriteTx, run, changes, { things }) => {
    const values = changes.map(({ line }): FileValues => {
      const content = Buffer.from(line.content, 'base64')
      return {
        id: randomUUID(),
        ...placeOf(line, things),
        message_at: line.message?.at ?? null,
        message_by: line.message?.byName ?? null,
        name: line.name,
        media_type: line.mediaType,
        size: content.length,
        sha256: sha256(content),
        content: line.content,
        uploaded_by: idOf(author(line.by), things),
        uploaded_by_name: line.by.name,
        created_at: line.at,
      }
    })
    await addFiles(tx, values)
    await noteChanges(
      tx,
      run,
      'files',
      values.map(({ id }) => [id]),
      new Map(),
    )
  },
}

function placeOf(line: PartLine, things: Things) {
  const record = things.get(recordOf(line))
  return { kind: line.recordKind, record_id: Number(record.id), customer_no: record.customerNo ?? -1 }
}

const idOf = (references: readonly Reference[], things: Things) => (references[0] ? things.get(references[0]).id : null)
