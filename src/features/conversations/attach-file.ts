// A file put on a record: kept in the database in the same transaction as the word that it came.
import { createHash } from 'node:crypto'
import type { Context, WriteTx } from '../../context/context.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import { kindOf } from '../records/rules.ts'
import { actingPerson, change, type RecordThere, recipientsOf, recordThere, tell } from '../records/steps.ts'
import { cleanFileName, safeMediaType } from './file-name-rules.ts'
import { fileAddedLetter } from './letters.ts'
import { type FileShown, postTo, shownFile } from './steps.ts'
import { isMessageBy, keepFile } from './store.ts'

export interface AttachInput {
  readonly kind: string
  readonly id: string
  /** As it was sent; cleaned before it is kept. */
  readonly name: string
  readonly mediaType: string
  readonly content: Buffer
  /** A message of one's own on the record that the file belongs to. */
  readonly messageId?: string | undefined
}

/** Attaches a file up to the portal's limit (413 beyond it; an empty one is refused). Answering includes attaching: it needs `reply`. */
export async function attachFile(ctx: Context, input: AttachInput): Promise<FileShown> {
  const { kind } = kindOf(ctx.house.law, input.kind)
  const { content } = input
  if (content.length > ctx.house.settings.fileLimit)
    refuse('too-large', `A file has at most ${ctx.house.settings.fileLimit} bytes. Nothing was kept.`, { field: 'file' })
  if (content.length === 0) refuseField('file', 'The file is empty.')
  const sha256 = createHash('sha256').update(content).digest('hex')
  return ctx.writing(`${kind}:reply`, { kind: 'record', recordKind: kind, id: input.id }, async (tx) => {
    const there = recordThere(tx)
    const person = actingPerson(tx)
    const file = await keepFile(tx, there.record, there.customer.number, {
      name: cleanFileName(input.name),
      mediaType: safeMediaType(input.mediaType),
      content,
      sha256,
      messageId: await messageMeant(tx, there, input.messageId),
      uploadedBy: person.personId,
      uploadedByName: person.name,
    })
    await change(tx, there)
    postTo(
      tx,
      there,
      await recipientsOf(tx, there),
      'record-file-added',
      fileAddedLetter(there.record, there.customer, person, file, tx.settings.publicUrl),
    )
    await tell(tx, there, { what: 'file_added', detail: { file: file.id, name: file.name, size: file.size, sha256 } })
    return shownFile(file)
  })
}

/** The message that a file goes with; a message of another record or another person is none. */
async function messageMeant(tx: WriteTx, there: RecordThere, id: string | undefined): Promise<number | null> {
  if (id === undefined) return null
  const known = /^[1-9]\d{0,14}$/.test(id) && (await isMessageBy(tx, there.record, Number(id), actingPerson(tx).personId))
  return known ? Number(id) : refuseField('messageId', 'There is no such message of yours on this record.')
}
