// Import and export over HTTP: a file in, progress out line by line; the world out, line by line.
import { PassThrough, Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { LocalDate } from '../../kernel/instant.ts'
import { isRefusal, refuseField } from '../../kernel/refusal.ts'
import type { Routes } from '../../platform/http/routes.ts'
import type { CheckedLine } from './check-line.ts'
import { exportWorld } from './export-world.ts'
import { type ImportInput, importWorld, mayImport, type Progress } from './import-world.ts'
import { listImports } from './list-imports.ts'
import { tableFile, worldFile } from './open-file.ts'
import { type Received, receiveForm } from './receive-routes.ts'
import { undoImport } from './undo-import.ts'

const progressEveryMs = 200

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
      const received = await receiveForm(request)
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
