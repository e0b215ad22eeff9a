// The explorer's questions over HTTP.
import { z } from 'zod'
import { parseInstant } from '../../kernel/instant.ts'
import { refuseField } from '../../kernel/refusal.ts'
import type { Routes } from '../../platform/http/routes.ts'
import { explainAccess } from './explain-access.ts'

const word = z.string().min(1).max(200)
const question = z.strictObject({
  /** A person's id or external id. */
  person: word,
  /** What they would do: an action of the record's kind, such as "reply". */
  action: word,
  /** The record: its kind, and its id or external id. */
  record: z.strictObject({ kind: word, id: word.optional(), externalId: word.optional() }),
  /** As of then: an instant with its offset. Records are taken as they are now. */
  at: z.string().max(40).optional(),
})
const sentence = z.object({ text: z.string(), about: z.object({ kind: z.string(), id: z.string() }).optional() })
const explanation = z.object({
  decision: z.boolean(),
  at: z.string(),
  until: z.string().nullable(),
  sentences: z.array(sentence).readonly(),
  nearest: z.object({ level: z.string(), name: z.string() }).nullable(),
  grant: z.object({ id: z.string(), number: z.string(), level: z.string().nullable(), rights: z.array(z.string()).readonly() }).nullable(),
})

export const explorerRoutes: Routes = (app) => {
  app.post(
    '/explanations',
    {
      schema: {
        summary: 'Can they do that, and why?',
        description:
          'The same answer as the decision API, in sentences. For contact managers about their own account, for the operator, and for API keys about their own side.',
        tags: ['explorer'],
        body: question,
        response: { 200: explanation },
      },
    },
    async (request) => {
      const { at, ...asked } = request.body
      const instant =
        at === undefined
          ? undefined
          : (parseInstant(at) ?? refuseField('at', 'expected an instant with its offset, such as 2026-11-21T10:00:00Z'))
      return explainAccess(request.ctx, { ...asked, at: instant })
    },
  )
}
