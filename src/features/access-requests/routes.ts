// Asking for access and answering, over HTTP. GET shows and changes nothing; an answer is a POST of a signed-in person.
import { z } from 'zod'
import { problemOf, problemSchema } from '../../platform/http/problem.ts'
import type { HttpApp, Routes } from '../../platform/http/routes.ts'
import { accessAnswer, accessFields } from '../../platform/shapes/access-shapes.ts'
import { approveAccessRequest } from './approve-access-request.ts'
import { denyAccessRequest } from './deny-access-request.ts'
import { listAccessRequests, readAccessRequest } from './list-access-requests.ts'
import { listAllRequests } from './list-all-requests.ts'
import { listSitesToName } from './list-sites-to-name.ts'
import { limits } from './rules.ts'
import { submitAccessRequest } from './submit-access-request.ts'
import { submitManyRequests } from './submit-many-requests.ts'
import { withdrawAccessRequest } from './withdraw-access-request.ts'

type RequestView = Awaited<ReturnType<typeof readAccessRequest>>

const tags = ['access requests']
const params = z.object({ id: z.string().max(64) })
const named = z.object({ id: z.string(), name: z.string() })
const person = named.extend({ email: z.string() })
const instant = z.string().describe('An instant, ISO 8601 in UTC')
const day = z.string().describe('A day, YYYY-MM-DD')

const fields = {
  id: z.string().max(64),
  level: accessFields.level,
  rights: accessFields.rights,
  endsOn: z.string().max(10).describe('The last day of the access, YYYY-MM-DD'),
  reason: z.string().max(1000).describe('1 to 1,000 characters'),
  email: z.string().max(254).describe('An e-mail address'),
} as const

const requestAnswer = z
  .object({
    id: z.string(),
    number: z.string().describe('What people call it: R-12'),
    state: z.enum(['waiting', 'approved', 'denied', 'withdrawn', 'lapsed']),
    note: z.string().nullable().describe('Why it is in this state where nobody answered it'),
    partner: named.extend({ emailDomain: z.string().nullable(), peopleCount: z.number(), firstTime: z.boolean() }),
    askedBy: person.extend({ domainMatches: z.boolean() }),
    customer: named.nullable().describe('Null to the asker of an address until the customer answers'),
    addressedTo: z.string(),
    items: z
      .array(
        z.object({
          id: z.string(),
          person: person.nullable().describe('Null: everyone at the partner'),
          level: accessAnswer.level,
          rights: accessAnswer.rights,
          scope: accessAnswer.scope,
          asks: z.string().describe('What is asked for in words, as the portal definition names it'),
          has: z
            .object({ ...accessAnswer, endsOn: day })
            .nullable()
            .describe('What they have there now; null to the asker until the customer answers'),
          differences: z
            .array(z.object({ field: z.enum(['may', 'covers', 'until']), now: z.string(), asked: z.string() }))
            .readonly()
            .describe('What of that this would change, field by field; of nothing, nothing'),
          grantedLevel: z.string().nullable(),
          grantedRights: z.array(z.string()).readonly(),
          given: z.string().nullable().describe('What was given, in words; null: nothing'),
        }),
      )
      .readonly(),
    endsOn: day.describe('The last day asked for, in the time zone of the customer'),
    reason: z.string(),
    askedAt: instant,
    lapsesOn: day,
    answered: z.object({ at: instant, by: named.nullable(), reason: z.string().nullable() }).nullable(),
    preview: z
      .custom<RequestView['preview']>()
      .describe(
        'An AccessPreview, as POST /grants/preview answers it, for whoever can answer, while it waits; only with one request, not in lists; else null',
      ),
    warnings: z
      .array(z.custom<RequestView['warnings'][number]>())
      .readonly()
      .describe('As those of an AccessPreview, with W8 about the address of the asker'),
    firstApproval: z
      .object({
        by: z.object({ id: z.string(), name: z.string() }),
        at: z.string(),
        gives: z.array(z.string()).readonly(),
        endsOn: z.string(),
      })
      .nullable()
      .describe('The first of two approvals, where this takes two people; approving without items and endsOn approves the same'),
    abilities: z.object({ approve: z.boolean(), deny: z.boolean(), withdraw: z.boolean() }),
  })
  .meta({ id: 'AccessRequest' })

const operatorsRequest = z.object({
  id: z.string(),
  number: z.string(),
  state: z.string(),
  partner: named,
  askedBy: z.string(),
  addressedTo: z.string(),
  customer: named.nullable().describe('Null: the address belongs to nobody who answers for a customer'),
  asks: z.array(z.string()).readonly(),
  endsOn: day,
  askedAt: instant,
  lapsesAt: instant,
})

const submitBody = z.strictObject({
  contactManagerEmail: fields.email.optional().describe('The address of whoever manages access at the customer'),
  customerId: fields.id.optional().describe('Instead of the address: a customer that your partner is linked to'),
  items: z
    .array(
      z.strictObject({
        personId: fields.id.nullable().describe('Null: everyone at your organization'),
        level: fields.level,
        rights: fields.rights,
        scope: accessFields.scope.describe(
          'Left out: the whole customer. Only of a customer that is named by its id, and only sites and records that you may know of',
        ),
      }),
    )
    .max(limits.itemsOfRequest),
  endsOn: fields.endsOn,
  reason: fields.reason,
})
const sent = z.object({ id: z.string(), number: z.string(), sentence: z.string() })
const approvalBody = z.strictObject({
  endsOn: fields.endsOn.optional().describe('Left out: as asked'),
  items: z
    .array(
      z.strictObject({
        id: fields.id,
        level: fields.level.describe('Null, with no rights: not given. Where level and rights are both left out: as asked'),
        rights: fields.rights,
        scope: accessFields.scope.nullable().describe('Left out: as asked; null: the whole customer. Never more than was asked for'),
      }),
    )
    .max(limits.itemsOfRequest)
    .optional()
    .describe('Parts that are not named are given as asked'),
  understood: z.boolean().optional().describe('Needed where a warning says `needsTick`'),
})
const listQuery = z.strictObject({
  side: z.enum(['asked', 'received']),
  state: z.enum(['waiting', 'answered', 'lapsed', 'all']).default('waiting'),
})

/** A request that you may not see is not found. A second answer is 409 `already-answered`, with who and when. */
export const accessRequestRoutes: Routes = (app) => {
  asking(app)
  askingMany(app)
  answering(app)
}

function asking(app: HttpApp): void {
  app.post(
    '/access-requests',
    {
      schema: {
        summary: 'Ask a customer for access',
        description:
          'The answer is the same whether or not the address is known, and whoever it belongs to. A customer that your partner is not linked to is not found.',
        tags,
        body: submitBody,
        response: { 202: sent },
      },
      config: { limit: 'asking' },
    },
    async (request, reply) => reply.code(202).send(await submitAccessRequest(request.ctx, request.body)),
  )
  const list = z.object({ items: z.array(requestAnswer) })
  app.get(
    '/access-requests',
    { schema: { summary: 'Requests for access', tags, querystring: listQuery, response: { 200: list } } },
    async (request) => ({
      items: await listAccessRequests(request.ctx, request.query),
    }),
  )
  app.get(
    '/portal/access-requests',
    {
      schema: {
        summary: 'Every request for access on the portal, for the operator; at most 1,000, the newest',
        tags,
        querystring: z.strictObject({
          state: z.enum(['waiting', 'answered', 'lapsed', 'all']).default('waiting'),
          customer: z.string().max(200).optional().describe('Its id or name'),
          partner: z.string().max(200).optional().describe('Its id or name'),
        }),
        response: { 200: z.object({ items: z.array(operatorsRequest) }) },
      },
    },
    async (request) => ({ items: await listAllRequests(request.ctx, request.query) }),
  )
  app.get(
    '/access-requests/sites',
    {
      schema: {
        summary: 'The sites of a customer that you can name when you ask it for access',
        description: 'Those that stand in an access which you may read; all of them, where such a one for the whole customer is in force.',
        tags,
        querystring: z.strictObject({ customer: fields.id.describe('The id of a customer that your partner is linked to') }),
        response: { 200: z.object({ items: z.array(z.object({ siteNo: z.number(), name: z.string() })) }) },
      },
    },
    async (request) => ({ items: await listSitesToName(request.ctx, { customerId: request.query.customer }) }),
  )
  app.get(
    '/access-requests/:id',
    { schema: { summary: 'One request for access', tags, params, response: { 200: requestAnswer } } },
    (request) => readAccessRequest(request.ctx, { requestId: request.params.id }),
  )
}

function askingMany(app: HttpApp): void {
  app.post(
    '/access-requests/many',
    {
      schema: {
        summary: 'Ask several customers at once, or for longer or more than there is',
        description:
          'Each is asked by itself, one after the other; one that is refused does not stop the rest. Sent again under the same Idempotency-Key, what was asked is not asked again. One result for each request, in their order.',
        tags,
        body: z.strictObject({ requests: z.array(submitBody).min(1).max(limits.requestsAtOnce) }),
        response: {
          200: z.object({
            items: z.array(
              z.object({
                asked: sent.nullable().describe('Null: nothing was asked'),
                problem: problemSchema.nullable().describe('Why not'),
              }),
            ),
          }),
        },
      },
      config: { limit: 'asking' },
    },
    async (request) => {
      const results = await submitManyRequests(request.ctx, request.body)
      const items = results.map((one) =>
        'done' in one ? { asked: one.done, problem: null } : { asked: null, problem: problemOf(one.refused, request.id) },
      )
      return { items }
    },
  )
}

function answering(app: HttpApp): void {
  const response = { 201: requestAnswer }
  app.post(
    '/access-requests/:id/approval',
    { schema: { summary: 'Approve, as asked or with changes', tags, params, body: approvalBody, response } },
    async (request, reply) => {
      const { items, ...rest } = request.body
      const answers = items?.map(({ id, ...access }) => ({ itemId: id, ...access }))
      return reply.code(201).send(await approveAccessRequest(request.ctx, { requestId: request.params.id, items: answers, ...rest }))
    },
  )
  app.post(
    '/access-requests/:id/denial',
    { schema: { summary: 'Decline', tags, params, body: z.strictObject({ reason: fields.reason.optional() }), response } },
    async (request, reply) => reply.code(201).send(await denyAccessRequest(request.ctx, { requestId: request.params.id, ...request.body })),
  )
  app.post(
    '/access-requests/:id/withdrawal',
    { schema: { summary: 'Take a waiting request back', tags, params, body: z.strictObject({}), response } },
    async (request, reply) => reply.code(201).send(await withdrawAccessRequest(request.ctx, { requestId: request.params.id })),
  )
}
