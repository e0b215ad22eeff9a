// The content of a file, for those who may read its record.
import type { Context } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import { kindOf, nothingThere } from '../records/rules.ts'
import { recordThere } from '../records/steps.ts'
import { fileOf } from './store.ts'

export interface FileContent {
  readonly name: string
  readonly mediaType: string
  readonly content: Buffer
}

/** Reads a file of exactly this record: a file of another one is not found, whoever may read that one. */
export async function readFile(ctx: Context, input: { kind: string; id: string; fileId: string }): Promise<FileContent> {
  const { kind } = kindOf(ctx.house.law, input.kind)
  return ctx.reading(`${kind}:read`, { kind: 'record', recordKind: kind, id: input.id }, async (tx) => {
    const file = isUuid(input.fileId) ? await fileOf(tx, recordThere(tx).record, input.fileId) : undefined
    return file ? { name: file.name, mediaType: file.media_type, content: file.content } : refuse('not-found', nothingThere)
  })
}
