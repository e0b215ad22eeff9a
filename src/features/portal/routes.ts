// The portal's words over HTTP.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { describePortal } from './describe-portal.ts'

const words = z.array(z.string())
const allowance = {
  code: z.string(),
  name: z.string(),
  says: z.string(),
  can: words,
  notices: words,
  scopes: words.describe('Beside the whole customer: sites, records'),
}
const portal = z.object({
  names: z.object({ vendor: z.string(), customer: z.string(), partner: z.string() }),
  records: z.record(
    z.string(),
    z.object({
      one: z.string(),
      many: z.string(),
      states: z.record(z.string(), z.object({ name: z.string(), closed: z.boolean() })),
      money: z.boolean(),
      actions: z.record(z.string(), z.string()).describe('What can be done to it, and its words'),
    }),
  ),
  levels: z
    .array(z.object({ ...allowance, rank: z.number(), cannot: words }))
    .describe('Lowest first; of the shape rights: the Administrator'),
  rights: z.array(z.object(allowance)).describe('Roles, or rights with a switch each'),
  giving: z.object({
    shape: z.enum(['ladder', 'roles', 'rights']).describe('One level; any of some roles; or an Administrator and rights'),
    grantees: z.array(z.enum(['organization', 'group', 'person', 'vendor_person'])).describe('To whom access can be given'),
    rolesPage: z
      .object({ title: z.string(), at: words.readonly() })
      .nullable()
      .describe("What the page of a partner's roles is called, and the words that lead to it"),
    colleagues: z.boolean().describe("Whether partners' administrators may let in colleagues, where a customer allows it"),
  }),
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
      config: { whileLooking: true },
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
