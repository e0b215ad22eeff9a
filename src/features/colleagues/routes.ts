// Letting in colleagues, and what the customer says to it, over HTTP.
import { z } from 'zod'
import type { HttpApp, Routes } from '../../platform/http/routes.ts'
import { accessAnswer, accessFields } from '../../platform/shapes/access-shapes.ts'
import { chooseAboutColleagues, readColleagueChoice } from './choose-about-colleagues.ts'
import { letInColleague } from './let-in-colleague.ts'
import { type ColleaguesAt, listColleaguesAt } from './list-colleagues-at.ts'
import { takeOutColleague } from './take-out-colleague.ts'

const tags = ['colleagues']
const id = z.string().max(64)
const params = z.object({ id })
const reason = z.string().max(1000).describe('1 to 1,000 characters')
const choice = z
  .enum(['forbid', 'tell', 'ask'])
  .describe('forbid: not allowed · tell: at once, and the customer is told · ask: the customer answers each')

const row = z.object({
  person: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  isMe: z.boolean(),
  hasAccess: z.boolean().nullable().describe('By name, by a group, or as everyone; null where the reader is not to know'),
  access: z
    .object({ grantId: z.string(), ...accessAnswer, endsOn: z.string() })
    .nullable()
    .describe('What was given by name; `gives` says all of it where it is several'),
  otherwise: z
    .object({ gives: z.string(), groups: z.array(z.string()).readonly() })
    .nullable()
    .describe(
      'What they have by these groups, or as everyone has it where there are none; null: nothing, or what is theirs by name counts',
    ),
  waiting: z.object({ requestId: z.string(), number: z.string() }).nullable(),
  action: z
    .enum(['none', 'request', 'wait', 'add', 'edit'])
    .describe('request: ask the customer · wait: asked already · add, edit: let in, change or take out oneself'),
})
const colleaguesAnswer = z
  .object({
    customer: z.object({ id: z.string(), name: z.string() }),
    link: z.custom<ColleaguesAt['link']>().describe('An AccountLink, as GET /links answers it'),
    choice,
    letIn: z
      .object({ codes: z.array(z.string()).readonly(), lastDay: z.string().nullable() })
      .nullable()
      .describe('What the reader can pass on, and until when at most; null: they let nobody in'),
    rows: z.array(row).readonly(),
  })
  .meta({ id: 'ColleaguesAt', description: 'The people of your partner as they stand at a customer' })
const choiceAnswer = z
  .object({ choice, chosen: z.boolean().describe('False: the portal definition says it') })
  .meta({ id: 'ColleagueChoice' })

/** A customer that the partner has nothing to do with is not found. More than one's own level, rights, scope or end is 400 by the field. */
export const colleagueRoutes: Routes = (app) => {
  atCustomer(app)
  choosing(app)
}

function atCustomer(app: HttpApp): void {
  app.get(
    '/customers/:id/colleagues',
    { schema: { summary: 'The people of your partner as they stand at a customer', tags, params, response: { 200: colleaguesAnswer } } },
    (request) => listColleaguesAt(request.ctx, { customerId: request.params.id }),
  )
  app.post(
    '/customers/:id/colleagues',
    {
      schema: {
        summary: 'Let in a colleague, or change what a colleague has by name',
        description: 'No more than you have there yourself. Counts at once, or makes a request, as the customer chose (`outcome`).',
        tags,
        params,
        body: z.strictObject({
          personId: id,
          ...accessFields,
          endsOn: z.string().max(10).describe('The last day, YYYY-MM-DD, in the time zone of the customer'),
          reason,
        }),
        response: {
          201: z.object({ outcome: z.enum(['given', 'asked']), grantId: z.string().optional(), requestId: z.string().optional() }),
        },
      },
    },
    async (request, reply) => reply.code(201).send(await letInColleague(request.ctx, { customerId: request.params.id, ...request.body })),
  )
  app.post(
    '/customers/:id/colleagues/:personId/removal',
    {
      schema: {
        summary: 'Remove what a colleague has by name, at once',
        tags,
        params: z.object({ id, personId: id }),
        body: z.strictObject({ reason: reason.optional() }),
        response: { 201: z.object({ left: z.array(z.string()).readonly() }) },
      },
    },
    async (request, reply) => {
      const { id: customerId, personId } = request.params
      return reply.code(201).send(await takeOutColleague(request.ctx, { customerId, personId, ...request.body }))
    },
  )
}

function choosing(app: HttpApp): void {
  const response = { 200: choiceAnswer }
  app.get(
    '/colleague-choice',
    { schema: { summary: "Whether partners' administrators may let in colleagues at your customer", tags, response } },
    (request) => readColleagueChoice(request.ctx),
  )
  app.put(
    '/colleague-choice',
    { schema: { summary: 'Say whether they may: not, at once, or by asking you', tags, body: z.strictObject({ choice }), response } },
    (request) => chooseAboutColleagues(request.ctx, request.body),
  )
}
