// Partners and people as the forms about access need them, over HTTP.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { listColleagues, listPartnerPeople, listPartners } from './list-partners.ts'

const tags = ['access']
const partner = z.object({
  id: z.string(),
  name: z.string(),
  emailDomain: z.string().nullable(),
  peopleCount: z.number(),
  relationship: z.literal(true),
  ofRecord: z.boolean().describe('The partner of record: a label, which gives nothing'),
})
const person = z.object({ id: z.string(), name: z.string(), email: z.string(), roles: z.array(z.string()).readonly() })
const people = z.object({ items: z.array(person) })

/** `GET /partners`, `GET /partners/{id}/people` for whoever may give access; `GET /colleagues` for whoever may ask for others. */
export const organizationRoutes: Routes = (app) => {
  app.get(
    '/partners',
    { schema: { summary: 'The partners that you may give access to', tags, response: { 200: z.object({ items: z.array(partner) }) } } },
    async (request) => ({ items: await listPartners(request.ctx) }),
  )
  app.get(
    '/partners/:id/people',
    { schema: { summary: 'Who works at a partner', tags, params: z.object({ id: z.string().max(64) }), response: { 200: people } } },
    async (request) => ({ items: await listPartnerPeople(request.ctx, { partnerId: request.params.id }) }),
  )
  app.get('/colleagues', { schema: { summary: 'The people of your own partner', tags, response: { 200: people } } }, async (request) => ({
    items: await listColleagues(request.ctx),
  }))
}
