// The history over HTTP, page by page and as a file.
import { z } from 'zod'
import { csvOf } from '../../kernel/csv.ts'
import type { Routes } from '../../platform/http/routes.ts'
import { exportHistory, type HistoryEntry, readHistory } from './read-history.ts'

const filters = {
  customer: z.uuid('Expected the id of a customer.').optional(),
  partner: z.uuid('Expected the id of a partner.').optional(),
  person: z.uuid('Expected the id of a person.').optional().describe('Who did it, or whose own access it was about'),
  from: z.string().max(10).optional().describe('First day, in the time zone of your organization'),
  to: z.string().max(10).optional().describe('Last day'),
  what: z
    .string()
    .max(400)
    .regex(
      /^[a-z_]+(\.[a-z_]+)?(,[a-z_]+(\.[a-z_]+)?){0,19}$/,
      'Write a thing, such as grant, or a thing and its deed, such as grant.given; several with commas.',
    )
    .optional(),
}
const wanted = z.strictObject({
  ...filters,
  after: z.string().max(40).optional().describe('The "next" of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const exported = z.strictObject({ ...filters, format: z.enum(['csv', 'ndjson']).default('csv') })

const text = z.string().nullable()
const entry = z
  .object({
    id: z.string(),
    at: z.string(),
    what: z.string(),
    who: z.object({ kind: z.string().describe('person, key, system or nobody'), name: z.string(), organization: z.string().nullable() }),
    sentence: z.string(),
    before: text.describe('What was; null where nothing took the place of something'),
    after: text.describe('What is since'),
    reason: text,
    for: text.describe("For which customer a partner's person did it"),
    grant: z.object({ id: z.string(), number: z.string() }).nullable().describe('By which access it was allowed'),
  })
  .meta({ id: 'HistoryEntry' })

/** `GET /history` — needs `history:read`: 401 for nobody, 403 for people without it, 400 for a wrong filter. `GET /history/export` — the same filter as a file. */
export const historyRoutes: Routes = (app) => {
  const response = { 200: z.object({ items: z.array(entry), next: z.string().nullable() }) }
  app.get('/history', { schema: { summary: 'What was done, newest first', tags: ['history'], querystring: wanted, response } }, (request) =>
    readHistory(request.ctx, request.query),
  )
  app.get(
    '/history/export',
    { schema: { summary: 'The same as CSV (safe in a spreadsheet) or NDJSON', tags: ['history'], querystring: exported } },
    async (request, reply) => {
      const { format, ...filter } = request.query
      const entries = await exportHistory(request.ctx, filter)
      return reply
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
        .header('content-disposition', `attachment; filename="history.${format}"`)
        .send(format === 'csv' ? asCsv(entries) : entries.map((one) => `${JSON.stringify(one)}\n`).join(''))
    },
  )
}

const asCsv = (entries: readonly HistoryEntry[]): string =>
  csvOf(
    ['at', 'who', 'organization', 'what', 'sentence', 'before', 'after', 'reason', 'for', 'by access'],
    entries.map((one) => [
      one.at,
      one.who.name,
      one.who.organization,
      one.what,
      one.sentence,
      one.before,
      one.after,
      one.reason,
      one.for,
      one.grant?.number ?? null,
    ]),
  )
