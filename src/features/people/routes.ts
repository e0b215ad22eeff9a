// The signed-in person's own profile over HTTP.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { lookAnswer } from '../../platform/shapes/look-shape.ts'
import { changeMe } from './change-me.ts'
import { readMe } from './read-me.ts'
import { languageLength, type Me, nameLength, timeZoneLength } from './rules.ts'

const meSchema = z
  .object({
    person: z.object({ id: z.string(), name: z.string(), email: z.string(), language: z.string(), timeZone: z.string().nullable() }),
    organization: z.object({ id: z.string(), name: z.string(), side: z.enum(['customer', 'partner', 'vendor']), timeZone: z.string() }),
    roles: z.array(z.string()),
    abilities: z.array(z.custom<Me['abilities'][number]>()).describe('What the roles allow somewhere in the own organization, for menus'),
    vendor: z.object({ name: z.string() }),
    mailIsSent: z.boolean().describe('False: letters are held and shown in the mailbox'),
    looking: lookAnswer.nullable().describe('Through whose eyes this session looks; then the person above is theirs'),
  })
  .meta({ id: 'Me' }) satisfies z.ZodType<Me>

const change = z.strictObject({
  name: z.string().max(nameLength).optional().describe('1 to 200 letters on one line'),
  language: z.string().max(languageLength).optional().describe('A BCP 47 tag such as en or pt-BR'),
  timeZone: z
    .string()
    .max(timeZoneLength)
    .nullable()
    .optional()
    .describe('An IANA name such as Europe/Madrid; null: that of the organization'),
})

/**
 * `GET /me` — who is signed in; 401 for nobody, 403 for a key.
 * `PATCH /me` — changes name, language or time zone, whichever are given; 400 names the wrong fields.
 */
export const peopleRoutes: Routes = (app) => {
  const who = { summary: 'Who is signed in', tags: ['people'], response: { 200: meSchema } }
  app.get('/me', { config: { whileLooking: true }, schema: who }, (request) => readMe(request.ctx))
  app.patch(
    '/me',
    { schema: { summary: 'Change your own profile', tags: ['people'], body: change, response: { 200: meSchema } } },
    (request) => changeMe(request.ctx, request.body),
  )
}
