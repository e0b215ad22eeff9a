// Import and export over HTTP: a file in, progress out line by line; the world out, line by line.
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type LocalDate, parseDate } from '../../kernel/instant.ts'
import { isRefusal, refuseField } from '../../kernel/refusal.ts'
import type { Routes } from '../../platform/http/routes.ts'
import type { CheckedLine } from './check-line.ts'
import { exportWorld } from './export-world.ts'
import { type ImportInput, importWorld, mayImport, type Progress } from './import-world.ts'
import { listImports } from './list-imports.ts'
import { tableFile, worldFile } from './open-file.ts'
import { undoImport } from './undo-import.ts'

/** The largest file that is taken in, in bytes; a larger world is divided. */
const largestFile = 4 * 1024 ** 3
const largestMapping = 100_000
const progressEveryMs = 200

const options = z.strictObject({
  dryRun: z.boolean().default(false).describe('Reports what would happen and changes nothing'),
  trustGrants: z.boolean().default(false).describe('Grants count at once; otherwise each waits until its customer confirms it'),
  asOf: z
    .string()
    .refine((text) => parseDate(text) !== undefined, 'expected a date such as 2016-03-05')
    .optional()
    .describe("A day that goes before the mapping's own: rows from its start on do not count"),
})

const run = z.object({
  id: z.string(),
  file: z.string().nullable(),
  trustGrants: z.boolean(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  state: z.enum(['running', 'done', 'failed', 'undone']),
  counts: z.record(z.string(), z.record(z.string(), z.number())),
  undoneAt: z.string().nullable(),
})

const tags = ['imports']

/**
 * `POST /imports` — multipart: `options` (JSON), `mapping` (YAML, for a table), `file` (NDJSON or CSV, up to 4 GB). Answers NDJSON lines of
 * `type` progress, fault and, at the end, result or failure. `GET /imports`. `POST /imports/{id}/undo` — 409 stale where rows changed since.
 * `GET /export` — the world as NDJSON. All need `portal:operate`.
 */
export const importRoutes: Routes = (app) => {
  app.post(
    '/imports',
    {
      config: { multipart: true },
      schema: { summary: 'Bring a world in', description: 'docs/import.md says how.', tags, consumes: ['multipart/form-data'] },
    },
    async (request, reply) => {
      await mayImport(request.ctx)
      const received = await receive(request)
      try {
        const input = await inputOf(received)
        const stopped = new AbortController()
        // Whoever goes away leaves whole batches behind.
        reply.raw.once('close', () => stopped.abort())
        const answer = new PassThrough()
        void tell(request, { ...input, signal: stopped.signal }, answer).finally(received.remove)
        return reply.type('application/x-ndjson').send(answer)
      } catch (error) {
        await received.remove()
        throw error
      }
    },
  )
  app.get(
    '/imports',
    { schema: { summary: 'The imports that were run, newest first', tags, response: { 200: z.object({ items: z.array(run) }) } } },
    async ({ ctx }) => ({
      items: await listImports(ctx),
    }),
  )
  app.post(
    '/imports/:id/undo',
    {
      schema: {
        summary: 'Take an import back',
        tags,
        params: z.object({ id: z.string().max(64) }),
        response: { 200: z.object({ id: z.string(), rows: z.number() }) },
      },
    },
    ({ ctx, params }) => undoImport(ctx, { importId: params.id }),
  )
  app.get(
    '/export',
    { schema: { summary: 'The whole world as NDJSON', description: 'docs/import.md says how.', tags } },
    async ({ ctx }, reply) => {
      const lines = await exportWorld(ctx)
      return reply.type('application/x-ndjson').send(Readable.from(inText(lines)))
    },
  )
}

async function* inText(lines: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`
}

interface Received {
  readonly options: z.output<typeof options>
  readonly mapping: string | undefined
  readonly path: string
  readonly fileName: string | null
  readonly remove: () => Promise<void>
}

/** Takes the form in; the file goes to disk, because it may be larger than the memory. */
async function receive(request: FastifyRequest): Promise<Received> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-upload-'))
  const remove = () => rm(directory, { recursive: true, force: true })
  try {
    let given: z.output<typeof options> = options.parse({})
    let mapping: string | undefined
    let file: { path: string; fileName: string | null } | undefined
    for await (const part of request.parts({ limits: { fileSize: largestFile, files: 2, fields: 1, fieldSize: 10_000 } })) {
      if (part.type === 'file' && part.fieldname === 'mapping') mapping = mappingText(await part.toBuffer())
      else if (part.type === 'file' && part.fieldname === 'file') {
        file = { path: join(directory, 'file'), fileName: part.filename || null }
        await pipeline(part.file, createWriteStream(file.path))
        if (part.file.truncated) refuseField('file', 'The file is larger than 4 GB. Divide it.')
      } else if (part.type === 'field' && part.fieldname === 'options') given = readOptions(part.value)
      else refuseField(part.fieldname.slice(0, 100), 'This form has the fields options, mapping and file.')
    }
    if (!file) refuseField('file', 'There is no file in this form.')
    return { options: given, mapping, ...file, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

function mappingText(bytes: Buffer): string {
  if (bytes.length > largestMapping) refuseField('mapping', `A mapping has at most ${largestMapping} bytes.`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
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

async function inputOf({ options: { dryRun, trustGrants, asOf }, mapping, path, fileName }: Received): Promise<ImportInput> {
  if (mapping === undefined && asOf !== undefined) refuseField('options', 'asOf goes with a mapping: a world file says how things stand.')
  const lines: AsyncIterable<CheckedLine> =
    mapping === undefined ? worldFile(path) : await tableFile({ path, mapping, asOf: asOf as LocalDate | undefined })
  return { fileName, lines, dryRun, trustGrants }
}

/** Runs the import and writes what happens as lines; the answer has begun, so that a failure is a line too. */
async function tell(request: FastifyRequest, input: ImportInput, answer: PassThrough): Promise<void> {
  const write = (line: object) => void answer.write(`${JSON.stringify(line)}\n`)
  let told = 0
  const onProgress = (progress: Progress) => {
    if (progress.done < progress.total && performance.now() - told < progressEveryMs) return
    told = performance.now()
    write({ type: 'progress', ...progress })
  }
  try {
    const result = await importWorld(request.ctx, { ...input, onProgress, onFault: (fault) => write({ type: 'fault', ...fault }) })
    write({ type: 'result', ...result })
  } catch (error) {
    if (!isRefusal(error)) request.log.error({ err: error }, 'an import broke off')
    const sentence = isRefusal(error)
      ? error.message
      : 'The import broke off. What came in before stays, batch by batch; run it again, or undo it.'
    write({ type: 'failure', code: isRefusal(error) ? error.code : 'bug', sentence, ref: request.id })
  } finally {
    answer.end()
  }
}
