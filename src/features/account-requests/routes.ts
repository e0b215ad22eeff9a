// Asking in the name of a customer's account, over HTTP.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { askForAccount } from './ask-for-account.ts'
import { listAccountRequests } from './list-account-requests.ts'

const tags = ['account requests']
const id = z.string().max(64)
const choice = z.object({
  code: z.string(),
  name: z.string(),
  says: z.string(),
  forPerson: z.boolean().describe('Whether it names somebody'),
  may: z.boolean(),
  why: z.string().nullable().describe('Why you may not, with the nearest way; null where you may'),
})
const body = z.strictObject({
  customerId: id,
  asks: z.string().max(64).describe('The code of a request, as GET /account-requests names it'),
  title: z.string().min(1).max(600).describe('1 to 300 characters on one line'),
  description: z.string().min(1).max(40_000).describe('1 to 20,000 characters'),
  person: z
    .strictObject({ name: z.string().max(400).describe('1 to 200 characters'), email: z.string().max(254) })
    .optional()
    .describe('Whom it is about, where it is about somebody'),
  pointOfContactId: id.optional(),
})
const one = z.looseObject({ id: z.string(), number: z.string() }).describe('The record, as GET /records/{kind}/{id} answers it')

/** A customer for whom one cannot open anything is not found; what one may not ask for is 403 with the reasons. */
export const accountRequestRoutes: Routes = (app) => {
  app.get(
    '/account-requests',
    {
      schema: {
        summary: "What can be asked in the name of a customer's account, and what of it you may ask",
        tags,
        querystring: z.strictObject({ customer: id }),
        response: { 200: z.object({ items: z.array(choice) }) },
      },
    },
    async (request) => ({ items: await listAccountRequests(request.ctx, { customerId: request.query.customer }) }),
  )
  app.post(
    '/account-requests',
    {
      schema: {
        summary: "Ask in the name of a customer's account",
        description: "Opened as a record of the portal's own kind; it counts as the word of the role that the definition names.",
        tags,
        body,
        response: { 201: one },
      },
    },
    async (request, reply) => reply.code(201).send({ ...(await askForAccount(request.ctx, request.body)) }),
  )
}
