// API keys over HTTP, for the operator.
import { z } from 'zod'
import { lastDayOf, parseDate } from '../../kernel/instant.ts'
import { refuseField } from '../../kernel/refusal.ts'
import type { Routes } from '../../platform/http/routes.ts'
import { createApiKey } from './create-api-key.ts'
import { endApiKey } from './end-api-key.ts'
import { type ListedKey, listApiKeys } from './list-api-keys.ts'
import { keyNameLength, organizationReferenceLength } from './rules.ts'

const side = z.enum(['vendor', 'customer', 'partner'])
const newKey = z.strictObject({
  name: z.string().trim().min(1).max(keyNameLength).describe('What the key is for, for people'),
  side,
  organization: z.string().min(1).max(organizationReferenceLength).optional().describe('External id or id; not for the vendor'),
  expiresOn: z.string().max(10).optional().describe('The last day, YYYY-MM-DD, where the organization is; none: no end'),
  operator: z.boolean().default(false).describe('Runs the portal: imports, keys. Only for the vendor'),
})

const fields = {
  id: z.string(),
  name: z.string(),
  side,
  organization: z.object({ id: z.string(), externalId: z.string().nullable(), name: z.string() }),
  operator: z.boolean(),
  createdAt: z.string(),
  expiresOn: z.string().nullable(),
  state: z.enum(['active', 'expired', 'ended']),
  endedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable().describe('Noted once in an hour'),
}
const listed = z.object(fields)
const created = z.object({ ...fields, key: z.string().describe('lk_ and 43 characters, shown this once') })

const shown = ({ expiresAt, organization, ...key }: ListedKey) => {
  const { id, externalId, name, timeZone } = organization
  return { ...key, organization: { id, externalId, name }, expiresOn: expiresAt && lastDayOf(expiresAt, timeZone) }
}

const tags = ['api-keys']

/**
 * `POST /api-keys` — 201 with the key's text, this once; 400 names the field. `GET /api-keys` — all, the newest first.
 * `DELETE /api-keys/{id}` — ends it at once; 404 where there is none. All three need `portal:operate`.
 */
export const apiKeyRoutes: Routes = (app) => {
  app.post(
    '/api-keys',
    { schema: { summary: 'Create an API key', tags, body: newKey, response: { 201: created } } },
    async ({ ctx, body }, reply) => {
      const expiresOn =
        body.expiresOn === undefined ? null : (parseDate(body.expiresOn) ?? refuseField('expiresOn', 'Write a day like 2027-05-21.'))
      const { key, text } = await createApiKey(ctx, { ...body, organization: body.organization ?? null, expiresOn })
      return reply.code(201).send({ ...shown({ ...key, state: 'active' }), key: text })
    },
  )
  const keys = z.object({ items: z.array(listed) })
  app.get('/api-keys', { schema: { summary: 'All API keys', tags, response: { 200: keys } } }, async ({ ctx }) => ({
    items: (await listApiKeys(ctx)).map(shown),
  }))
  const one = z.object({ id: z.string().max(200) })
  app.delete(
    '/api-keys/:id',
    { schema: { summary: 'End an API key', tags, params: one, response: { 204: z.null() } } },
    async ({ ctx, params }, reply) => {
      await endApiKey(ctx, params.id)
      return reply.code(204).send(null)
    },
  )
}
