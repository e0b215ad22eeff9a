// Linking of partners' and customers' accounts, over HTTP.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { answerLinkRequest } from './answer-link.ts'
import { askForLink } from './ask-for-link.ts'
import { listLinks } from './list-links.ts'

const tags = ['links']
const id = z.string().max(64)
const params = z.object({ id })
const named = z.object({ id: z.string(), name: z.string() })
const linkAnswer = z
  .object({
    id: z.string().nullable().describe('Null: nobody has asked for it yet'),
    customer: named,
    partner: named,
    state: z.enum(['available', 'asked', 'linked', 'denied']).describe('available: the partner may ask for it; denied: it may ask again'),
    askedBy: z.object({ name: z.string(), email: z.string() }).nullable(),
    askedAt: z.string().nullable(),
    answeredAt: z.string().nullable(),
    abilities: z.object({ ask: z.boolean(), answer: z.boolean() }),
  })
  .meta({ id: 'AccountLink', description: 'How a partner and a customer are linked. By itself it shows nothing of the customer.' })

/** A customer that the partner has nothing to do with is not found, known or not. A second answer is 409 `already-answered`. */
export const linkRoutes: Routes = (app) => {
  app.get(
    '/links',
    {
      schema: {
        summary: 'The customers of your partner with how they are linked; or the links that wait for your answer',
        tags,
        response: { 200: z.object({ items: z.array(linkAnswer) }) },
      },
    },
    async (request) => ({ items: await listLinks(request.ctx) }),
  )
  app.post(
    '/links',
    {
      schema: {
        summary: 'Ask for a customer to be linked to your partner',
        description: 'The customer or the vendor answers, as the portal definition says.',
        tags,
        body: z.strictObject({ customerId: id }),
        response: { 201: linkAnswer },
      },
      config: { limit: 'asking' },
    },
    async (request, reply) => reply.code(201).send(await askForLink(request.ctx, request.body)),
  )
  const answers = [
    ['approval', 'standing', 'Link the two'],
    ['denial', 'denied', 'Decline to link the two'],
  ] as const
  for (const [path, answer, summary] of answers) {
    app.post(
      `/links/:id/${path}`,
      { schema: { summary, tags, params, body: z.strictObject({}), response: { 201: linkAnswer } } },
      async (request, reply) => reply.code(201).send(await answerLinkRequest(request.ctx, { linkId: request.params.id, answer })),
    )
  }
}
