// The explorer's questions over HTTP.
import { z } from 'zod'
import { type Instant, parseInstant } from '../../kernel/instant.ts'
import { refuseField } from '../../kernel/refusal.ts'
import type { HttpApp, Routes } from '../../platform/http/routes.ts'
import { explainAccess } from './explain-access.ts'
import { whatMayThey, whoMay } from './who-may.ts'

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

/** All three: 401 for nobody, 403 for whoever may not ask. What the asker may not learn about looks like what does not exist. */
export const explorerRoutes: Routes = (app) => {
  explaining(app)
  searching(app)
}

function explaining(app: HttpApp): void {
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
    (request) => {
      const { at, ...asked } = request.body
      return explainAccess(request.ctx, { ...asked, at: instantIn(at) })
    },
  )
}

function instantIn(at: string | undefined): Instant | undefined {
  if (at === undefined) return undefined
  return parseInstant(at) ?? refuseField('at', 'expected an instant with its offset, such as 2026-11-21T10:00:00Z')
}

const paging = {
  after: z.string().max(64).optional().describe('The "next" of the page before'),
  limit: z.number().int().min(1).max(200).default(50),
}
const found = {
  sentences: z.array(sentence).readonly(),
  grant: z.object({ id: z.string(), number: z.string() }).nullable(),
  until: z.string().nullable(),
}
const named = z.object({ id: z.string(), name: z.string() })

function searching(app: HttpApp): void {
  const person = z.object({
    person: named.extend({ organization: z.string() }),
    outside: z.boolean().describe('Of another firm than the record'),
    ...found,
  })
  const record = z.object({ id: z.string(), kind: z.string(), number: z.string(), title: z.string() })
  const pageOf = <T extends z.ZodType>(items: T) => ({
    200: z.object({ items: z.array(items).readonly(), at: z.string(), next: z.string().nullable() }),
  })
  app.post(
    '/explanations/people',
    {
      schema: {
        summary: 'Who can do that to this record, and why?',
        tags: ['explorer'],
        body: question.omit({ person: true }).extend(paging),
        response: pageOf(person),
      },
    },
    (request) => {
      const { at, ...asked } = request.body
      return whoMay(request.ctx, { ...asked, at: instantIn(at) })
    },
  )
  app.post(
    '/explanations/records',
    {
      schema: {
        summary: 'To which records can they do that, and why?',
        tags: ['explorer'],
        body: question.omit({ record: true }).extend({ kind: word, ...paging }),
        response: pageOf(z.object({ record, customer: named.nullable(), ...found })),
      },
    },
    (request) => {
      const { at, ...asked } = request.body
      return whatMayThey(request.ctx, { ...asked, at: instantIn(at) })
    },
  )
}
