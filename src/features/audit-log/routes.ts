// The history over HTTP.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { readHistory } from './read-history.ts'

const wanted = z.strictObject({
  customer: z.uuid('Expected the id of a customer.').optional(),
  partner: z.uuid('Expected the id of a partner.').optional(),
  from: z.string().max(10).optional().describe('First day, in the time zone of your organization'),
  to: z.string().max(10).optional().describe('Last day'),
  what: z
    .string()
    .max(64)
    .regex(/^[a-z_]+(\.[a-z_]+)?$/, 'Write a thing, such as grant, or a thing and its deed, such as grant.given.')
    .optional(),
  after: z.string().max(40).optional().describe('The "next" of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const entry = z
  .object({
    id: z.string(),
    at: z.string(),
    what: z.string(),
    who: z.object({ kind: z.string().describe('person, key, system or nobody'), name: z.string(), organization: z.string().nullable() }),
    sentence: z.string(),
  })
  .meta({ id: 'HistoryEntry' })

/** `GET /history` — needs `history:read`: 401 for nobody, 403 for people without it, 400 for a wrong filter. */
export const historyRoutes: Routes = (app) => {
  const response = { 200: z.object({ items: z.array(entry), next: z.string().nullable() }) }
  app.get('/history', { schema: { summary: 'What was done, newest first', tags: ['history'], querystring: wanted, response } }, (request) =>
    readHistory(request.ctx, request.query),
  )
}
