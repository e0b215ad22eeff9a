// The form of an import as it arrives: options, a mapping for a table, and the file, which goes to disk because it may be larger than the memory.
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseDate } from '../../kernel/instant.ts'
import { refuseField } from '../../kernel/refusal.ts'

/** The largest file that is taken in, in bytes; a larger world is divided. */
const largestFile = 4 * 1024 ** 3
const largestMapping = 100_000

const options = z.strictObject({
  dryRun: z.boolean().default(false).describe('Reports what would happen and changes nothing'),
  trustGrants: z
    .boolean()
    .default(false)
    .describe(
      'Grants count at once; otherwise each waits until its customer confirms it. What gives access in other ways (docs/import.md) comes in with it alone',
    ),
  asOf: z
    .string()
    .refine((text) => parseDate(text) !== undefined, 'expected a date such as 2016-03-05')
    .optional()
    .describe("A day that goes before the mapping's own: rows from its start on do not count"),
})

export interface Received {
  readonly options: z.output<typeof options>
  readonly mapping: string | undefined
  readonly path: string
  readonly fileName: string | null
  readonly remove: () => Promise<void>
}

type Form = { -readonly [Part in 'options' | 'mapping' | 'path' | 'fileName']?: Received[Part] }

/** Refuses a form without a file, with other parts, or with options that nobody knows (400, names the field). */
export async function receiveForm(request: FastifyRequest): Promise<Received> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-upload-'))
  const remove = () => rm(directory, { recursive: true, force: true })
  try {
    const form: Form = {}
    for await (const part of request.parts({ limits: { fileSize: largestFile, files: 2, fields: 1, fieldSize: 10_000 } })) {
      if (part.type === 'file') await takeFile(part, directory, form)
      else if (part.fieldname === 'options') form.options = readOptions(part.value)
      else refuseUnknown(part.fieldname)
    }
    const { options: given = options.parse({}), mapping, path, fileName = null } = form
    if (path === undefined) refuseField('file', 'There is no file in this form.')
    return { options: given, mapping, path, fileName, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function takeFile(part: MultipartFile, directory: string, form: Form): Promise<void> {
  if (part.fieldname === 'mapping') form.mapping = await mappingText(part.file)
  else if (part.fieldname === 'file') {
    form.path = join(directory, 'file')
    form.fileName = part.filename || null
    await pipeline(part.file, createWriteStream(form.path))
    if (part.file.truncated) refuseField('file', 'The file is larger than 4 GB. Divide it.')
  } else refuseUnknown(part.fieldname)
}

const refuseUnknown = (name: string): never => refuseField(name.slice(0, 100), 'This form has the fields options, mapping and file.')

async function mappingText(bytes: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > largestMapping) refuseField('mapping', `A mapping has at most ${largestMapping} bytes.`)
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    return refuseField('mapping', 'The mapping is no UTF-8 text.')
  }
}

function readOptions(text: unknown): z.output<typeof options> {
  let value: unknown
  try {
    value = JSON.parse(String(text))
  } catch {
    return refuseField('options', 'The options are no JSON.')
  }
  const read = options.safeParse(value)
  return read.success
    ? read.data
    : refuseField(
        'options',
        `The options are wrong: ${read.error.issues[0]?.path.join('.') ?? ''} ${read.error.issues[0]?.message ?? ''}`.trim(),
      )
}
