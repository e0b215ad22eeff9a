// The mailbox over HTTP.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { isFromThisMachine } from '../../platform/http/this-machine.ts'
import { listLetters, readLetter } from './read-mailbox.ts'
import { resendLetter } from './resend-letter.ts'
import { letterStates } from './rules.ts'

const letterSchema = z
  .object({
    id: z.string(),
    to: z.string().describe('The address as it is now'),
    subject: z.string(),
    letter: z.string().describe('Its name, for instance access-request-approved'),
    state: z.enum(letterStates).describe('waiting, sent, held (no mail server), dropped (no longer right to send), dead (given up)'),
    createdAt: z.string(),
    attempts: z.int(),
    lastError: z.string().nullable().describe('What the mail server said, or why it was dropped'),
  })
  .meta({ id: 'Letter' })

const wholeLetter = letterSchema.extend({ text: z.string(), html: z.string() }).meta({ id: 'WholeLetter' })
const page = z.object({ mail: z.enum(['held', 'sent']), items: z.array(letterSchema), next: z.string().nullable() })

const wanted = z.strictObject({
  state: z.enum(letterStates).optional(),
  to: z.string().max(254).optional().describe('Part of an address'),
  after: z.string().max(200).optional().describe('The "next" of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(25),
})
const params = z.object({ id: z.uuid() })

/**
 * `GET /letters`, `GET /letters/:id` — for `letters:read` (401, 403 otherwise); for anybody at this machine while a demo sends no mail.
 * `POST /letters/:id/resend` — for `portal:operate`; 404 for no letter, 409 `stale` for one that was sent or dropped.
 */
export const letterRoutes: Routes = (app) => {
  const tags = ['letters']
  app.get('/letters', { schema: { summary: 'Letters, newest first', tags, querystring: wanted, response: { 200: page } } }, (request) =>
    listLetters(request.ctx, isFromThisMachine(request), request.query),
  )
  app.get('/letters/:id', { schema: { summary: 'One letter with its words', tags, params, response: { 200: wholeLetter } } }, (request) =>
    readLetter(request.ctx, isFromThisMachine(request), request.params.id),
  )
  app.post(
    '/letters/:id/resend',
    { schema: { summary: 'Send a letter again', tags, params, response: { 202: z.object({ sent: z.literal(true) }) } } },
    async (request, reply) => {
      await resendLetter(request.ctx, request.params.id)
      return reply.code(202).send({ sent: true })
    },
  )
}
