// The customer's list of named people with access over HTTP, and as a file for a spreadsheet.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { exportNamedPeople, listNamedPeople } from './list-named-people.ts'

const tags = ['access']
const querystring = z.strictObject({
  state: z.enum(['now', 'ended', 'all']).default('now').describe('ended: who had access and has it no more; kept'),
  partner: z.string().max(64).optional().describe('Only people of this partner'),
  q: z.string().max(200).optional().describe('Part of a name or e-mail address'),
})
const named = z.object({ id: z.string(), name: z.string() })
const row = z
  .object({
    person: named.extend({ email: z.string() }),
    partner: named,
    grant: z.object({ id: z.string(), number: z.string() }),
    gives: z.string(),
    through: z.enum(['person', 'group', 'organization']).describe('Their own, by a group, or like everyone there'),
    group: z.string().nullable(),
    reason: z.string().nullable(),
    givenBy: z.string().nullable(),
    letInBy: z
      .object({ name: z.string(), hasAccess: z.boolean() })
      .nullable()
      .describe('Somebody of the partner who let them in, and whether that one still has access; null: you gave it'),
    since: z.string(),
    until: z.string().describe('When it ended or will end'),
    state: z.enum(['active', 'ending', 'later', 'unconfirmed', 'suspended', 'expired', 'removed', 'relinquished', 'replaced', 'left']),
    counts: z.boolean().describe('False: a more specific access of theirs replaces it, or it is over'),
    lastUsedAt: z.string().nullable().describe('When they last opened or changed something of yours, to the hour; null: never'),
  })
  .meta({ id: 'PersonWithAccess' })

/** For whoever manages access: 401 for nobody, 403 for everybody else. */
export const namedPeopleRoutes: Routes = (app) => {
  const response = { 200: z.object({ items: z.array(row) }) }
  app.get(
    '/people-with-access',
    { schema: { summary: 'The named people of partners who have or had access', tags, querystring, response } },
    async (request) => ({ items: await listNamedPeople(request.ctx, request.query) }),
  )
  app.get(
    '/people-with-access/export',
    { schema: { summary: 'The same as CSV, safe to open in a spreadsheet', tags, querystring } },
    async (request, reply) =>
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="people-with-access.csv"')
        .send(await exportNamedPeople(request.ctx, request.query)),
  )
}
