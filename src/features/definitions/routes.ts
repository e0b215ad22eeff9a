// Portal definitions over HTTP, for the operator.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { applyPortalDefinition } from './apply-portal-definition.ts'
import { compareDefinitions } from './compare-definitions.ts'
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

const which = z.union([z.literal('current'), z.strictObject({ source })]).describe('The definition in force, or a text')
const things = z.object({ many: z.number(), examples: z.array(z.string()).readonly() })
const change = { action: z.string(), words: z.string(), on: z.enum(['record', 'customer', 'organization', 'portal']) }
const shownClass = z.object({
  people: z.number(),
  names: z.array(z.string()).readonly(),
  organization: z.string(),
  side: z.string(),
  roles: z.array(z.string()).readonly(),
  changes: z.array(z.object({ ...change, gained: things, lost: things })).readonly(),
})
const gone = z.object({
  what: z.string(),
  word: z.string(),
  many: z.number(),
  examples: z.array(z.string()).readonly(),
  sentence: z.string(),
})
const comparison = z.object({
  portal: z.string(),
  version: z.number().describe('The version in force: what to hand to "replaces"'),
  at: z.string(),
  people: z.number(),
  gaining: z.number(),
  losing: z.number(),
  totals: z.array(z.object({ ...change, gaining: z.number(), losing: z.number() })).readonly(),
  classes: z.array(shownClass).readonly().describe('People who stand alike, those who lose something first'),
  left: z.object({ classes: z.number(), people: z.number() }).describe('How many are not shown'),
  gone: z.array(gone).readonly(),
  otherwise: z.array(z.string()).readonly(),
})

const tags = ['portal definitions']

/**
 * `POST /portal-definitions/difference` (changes nothing), `GET /portal-definitions/current`, `POST /portal-definitions` (201, or 200 where the text was in force already; 400 with every fault; 409 where
 * another version came first). All need `portal:operate`.
 */
export const definitionRoutes: Routes = (app) => {
  app.get(
    '/portal-definitions/current',
    { schema: { summary: 'The portal definition in force', tags, response: { 200: inForce } } },
    ({ ctx }) => readDefinitionInForce(ctx),
  )
  app.post(
    '/portal-definitions/difference',
    {
      schema: {
        summary: 'What a portal definition would change',
        description: 'Who gains and loses what on this database, named and counted, decided by both laws. Nothing is changed.',
        tags,
        body: z.strictObject({
          old: which,
          new: which,
          most: z.int().min(1).max(1000).default(100).describe('How many classes of people are shown'),
        }),
        response: { 200: comparison },
      },
    },
    ({ ctx, body }) => compareDefinitions(ctx, body),
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
