// Notices over HTTP: what the signed-in person gets, and the vendor's writing to everybody who gets one.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { chooseNotice } from './choose-notice.ts'
import { listMyNotices } from './list-my-notices.ts'
import { ways } from './rules.ts'
import { limits, sendNotice } from './send-notice.ts'

const id = z.string().max(64)
const named = z.object({ id: z.string(), name: z.string() })
const way = z.enum(ways).describe('mail: at once; digest: once a day; none')
const atCustomer = z
  .object({
    customer: named,
    own: z.boolean(),
    notices: z
      .array(
        z.object({
          code: z.string(),
          name: z.string(),
          says: z.string(),
          chosen: z.boolean().describe('Each chooses it for oneself; it comes to nobody who did not'),
          way,
          ways: z.array(way).describe('Without "none" it cannot be declined'),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'NoticesAtCustomer' })
const tags = ['notices']

/**
 * `GET /me/notifications` — what one gets, customer by customer; 401 for nobody, 403 for a key.
 * `PUT /me/notifications/:customerId/:notice` — chooses the way; 404 for what one's access does not bring, 403 for declining what is kept.
 * `POST /notices` — for `notices:send` (the vendor); 400 names an unknown notice or customer.
 */
export const noticeRoutes: Routes = (app) => {
  app.get(
    '/me/notifications',
    {
      schema: {
        summary: 'What you get by mail, and how you may choose to get it',
        tags,
        response: {
          200: z.object({ items: z.array(atCustomer), digest: z.object({ hour: z.int().describe('Of the morning, in your time zone') }) }),
        },
      },
    },
    (request) => listMyNotices(request.ctx),
  )
  app.put(
    '/me/notifications/:customerId/:notice',
    {
      schema: {
        summary: 'Choose how you get a notice about a customer',
        description: 'For yourself alone; nobody else of your organization gets anything by it.',
        tags,
        params: z.object({ customerId: id, notice: id }),
        body: z.strictObject({ way }),
        response: { 200: atCustomer },
      },
    },
    (request) => chooseNotice(request.ctx, { ...request.params, ...request.body }),
  )
  app.post(
    '/notices',
    {
      schema: {
        summary: 'Write to everybody who gets a notice about some customers',
        tags,
        body: z.strictObject({
          notice: z.string().max(64),
          customerIds: z.array(id).min(1).max(limits.customers),
          subject: z
            .string()
            .min(1)
            .max(2 * limits.subject),
          text: z
            .string()
            .min(1)
            .max(2 * limits.text),
        }),
        response: { 202: z.object({ items: z.array(z.object({ customer: named, letters: z.int() })) }) },
      },
    },
    async (request, reply) => reply.code(202).send(await sendNotice(request.ctx, request.body)),
  )
}
