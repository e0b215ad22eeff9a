// The portal's words over HTTP.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { describePortal } from './describe-portal.ts'

const words = z.array(z.string())
const portal = z.object({
  names: z.object({ vendor: z.string(), customer: z.string(), partner: z.string() }),
  records: z.record(
    z.string(),
    z.object({ one: z.string(), many: z.string(), states: z.record(z.string(), z.object({ name: z.string(), closed: z.boolean() })) }),
  ),
  levels: z.array(
    z.object({ code: z.string(), name: z.string(), says: z.string(), rank: z.number(), can: words, cannot: words, notices: words }),
  ),
  term: z.object({ default: z.string(), longest: z.string() }),
  lapseAfter: z.string(),
  mail: z.enum(['sent', 'held']),
  demo: z.boolean(),
  demoPeople: z
    .array(z.object({ email: z.string(), name: z.string(), organization: z.string(), side: z.string(), roles: words }))
    .optional(),
})

export const portalRoutes: Routes = (app) => {
  app.get(
    '/portal',
    {
      schema: {
        summary: 'The words of this portal: names, record kinds, levels, terms',
        description: 'Needs no sign-in. In a demo it also names the people of the demo world.',
        tags: ['portal'],
        response: { 200: portal },
      },
    },
    (request) => describePortal(request.ctx),
  )
}
