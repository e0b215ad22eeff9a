// Looking through somebody's eyes over HTTP. What is seen then is read at the same addresses as ever.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { lookAnswer } from '../../platform/shapes/look-shape.ts'
import { startLook } from './start-look.ts'
import { stopLook } from './stop-look.ts'

const tags = ['access']
const body = z.strictObject({ partnerId: z.string().max(64), personId: z.string().max(64).nullable() })

/**
 * `POST /me/look` — for whoever manages access to their customer; 404 for whoever has no access there, 403 `looking` while one looks already.
 * `DELETE /me/look` — 204, also where there is none or it is over.
 */
export const lookRoutes: Routes = (app) => {
  app.post(
    '/me/look',
    {
      schema: {
        summary: 'Look through the eyes of a partner’s people',
        description:
          'For fifteen minutes this session reads what they see at your customer, and nothing else; everything that would change something is refused. It stands in the history.',
        tags,
        body,
        response: { 201: lookAnswer },
      },
    },
    async ({ ctx, body }, reply) => reply.code(201).send(await startLook(ctx, body)),
  )
  app.delete(
    '/me/look',
    { config: { whileLooking: true }, schema: { summary: 'Stop looking', tags, response: { 204: z.null().describe('Nothing') } } },
    async ({ ctx }, reply) => {
      await stopLook(ctx)
      return reply.code(204).send(null)
    },
  )
}
