// The conversation of a record over HTTP: answers, and files that are saved and never shown by a browser.
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isRefusal, Refusal, refuse, refuseField } from '../../kernel/refusal.ts'
import { faultOf } from '../../platform/http/read-body.ts'
import type { Routes } from '../../platform/http/routes.ts'
import { attachFile } from './attach-file.ts'
import { attachmentHeader } from './file-name-rules.ts'
import { readFile } from './read-file.ts'
import { replyToRecord } from './reply-to-record.ts'
import { longestBody } from './rules.ts'

const params = z.object({ kind: z.string().max(64), id: z.string().max(64) })
const fileParams = params.extend({ fileId: z.string().max(64) })
const file = z.object({ id: z.string(), name: z.string(), size: z.int(), mediaType: z.string(), createdAt: z.string(), by: z.string() })
const message = z.object({
  id: z.string(),
  author: z.object({ name: z.string(), organization: z.string(), for: z.string().nullable(), outside: z.boolean() }),
  body: z.string(),
  createdAt: z.string(),
  files: z.array(file),
})

interface SentFile {
  readonly name: string
  readonly mediaType: string
  readonly content: Buffer
  readonly messageId?: string | undefined
}

/** The one file of a form (field `file`) and, if it goes with a message, that one's id (field `messageId`, before or after the file). */
async function partsSent(request: FastifyRequest): Promise<SentFile> {
  let sent: Omit<SentFile, 'messageId'> | undefined
  let messageId: string | undefined
  for await (const part of request.parts({ limits: { files: 1, fields: 1, fieldSize: 64 } })) {
    if (part.type === 'file' && part.fieldname === 'file')
      sent = { name: nameOf(part.filename), mediaType: part.mimetype, content: await part.toBuffer() }
    else if (part.type === 'field' && part.fieldname === 'messageId' && typeof part.value === 'string') messageId = part.value
    else refuseField(part.fieldname.slice(0, 64), 'There is no such field.')
  }
  if (!sent) refuseField('file', 'There is no file in this form.')
  return { ...sent, messageId }
}

/** The same; a form that breaks off or is none is the sender's mistake, and has no code that says so. */
async function fileSent(request: FastifyRequest): Promise<SentFile> {
  try {
    return await partsSent(request)
  } catch (error) {
    if (isRefusal(error) || (error as { code?: unknown }).code !== undefined) throw error
    return refuse('invalid-input', 'This form cannot be read: it is broken, or ends too early.')
  }
}

/** A name that is no text is refused like any other text; a form may leave the name out. */
function nameOf(name: string | undefined): string {
  const fault = faultOf(name ?? '')
  if (fault !== undefined) throw new Refusal('invalid-input', fault, { field: 'file' })
  return name ?? ''
}

/** POST /records/{kind}/{id}/messages, POST …/files (multipart/form-data), GET …/files/{fileId}. */
export const conversationRoutes: Routes = (app) => {
  app.post(
    '/records/:kind/:id/messages',
    {
      schema: {
        params,
        body: z.strictObject({
          body: z
            .string()
            .min(1)
            .max(2 * longestBody),
        }),
        response: { 201: message },
      },
    },
    async (request, reply) => reply.code(201).send(await replyToRecord(request.ctx, { ...request.params, ...request.body })),
  )
  app.post(
    '/records/:kind/:id/files',
    { config: { multipart: true }, schema: { params, consumes: ['multipart/form-data'], response: { 201: file } } },
    async (request, reply) => reply.code(201).send(await attachFile(request.ctx, { ...request.params, ...(await fileSent(request)) })),
  )
  app.get(
    '/records/:kind/:id/files/:fileId',
    { config: { whileLooking: true }, schema: { params: fileParams } },
    async (request, reply) => {
      const { name, mediaType, content } = await readFile(request.ctx, request.params)
      return reply
        .header('content-disposition', attachmentHeader(name))
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cross-origin-resource-policy', 'same-origin')
        .header('cache-control', 'private, no-store')
        .type(mediaType === 'text/plain' || mediaType === 'text/csv' ? `${mediaType}; charset=utf-8` : mediaType)
        .send(content)
    },
  )
}
