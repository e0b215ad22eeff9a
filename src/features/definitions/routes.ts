// Portal definitions over HTTP, for the operator.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { applyPortalDefinition } from './apply-portal-definition.ts'
import { readDefinitionInForce } from './read-definition-in-force.ts'

/** More characters than the longest definition that is read: a longer one is told so as a fault. */
const source = z.string().max(400_000).describe('The text of the definition (YAML)')
const version = z.int().min(0).max(2_147_483_647)
const applied = z.object({ portal: z.string(), version: z.number(), isNew: z.boolean().describe('False: this text was in force already') })
const inForce = z.object({
  portal: z.string(),
  version: z.number(),
  source: z.string(),
  appliedAt: z.string(),
  appliedBy: z.string().nullable().describe('Null: the server at its start, from the file that LATCHKEY_PORTAL names'),
})

const tags = ['portal definitions']

/**
 * `GET /portal-definitions/current`, `POST /portal-definitions` (201, or 200 where the text was in force already; 400 with every fault; 409 where
 * another version came first). All need `portal:operate`.
 */
export const definitionRoutes: Routes = (app) => {
  app.get(
    '/portal-definitions/current',
    { schema: { summary: 'The portal definition in force', tags, response: { 200: inForce } } },
    ({ ctx }) => readDefinitionInForce(ctx),
  )
  app.post(
    '/portal-definitions',
    {
      schema: {
        summary: 'Put a portal definition in force',
        description: 'A new version, with its row policies. Every process answers by it from its next answer on.',
        tags,
        body: z.strictObject({
          source,
          replaces: version.describe(
            'The version it was compared with. Another one in force is 409, so that a request sent again changes nothing.',
          ),
        }),
        response: { 200: applied, 201: applied },
      },
    },
    async ({ ctx, body }, reply) => {
      const answer = await applyPortalDefinition(ctx, body)
      return reply.code(answer.isNew ? 201 : 200).send(answer)
    },
  )
}
