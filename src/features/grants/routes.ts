// Giving access, changing it, removing it and looking at it, over HTTP.
import { z } from 'zod'
import { problemOf, problemSchema } from '../../platform/http/problem.ts'
import type { HttpApp, Routes } from '../../platform/http/routes.ts'
import { fields, grantAnswer, previewAnswer, rolesAnswer } from './answers.ts'
import { changeAccess } from './change-access.ts'
import { changeMany } from './change-many.ts'
import { confirmAccess } from './confirm-access.ts'
import { giveAccess } from './give-access.ts'
import { giveVendorAccess } from './give-vendor-access.ts'
import { listAllGrants } from './list-all-grants.ts'
import { listGrants, readGrant } from './list-grants.ts'
import { listPartnerGroups, listSites } from './list-places.ts'
import { previewGrant } from './preview-grant.ts'
import { relinquishAccess } from './relinquish-access.ts'
import { removeAccess } from './remove-access.ts'
import { readRoles, setRoles } from './set-roles.ts'

const tags = ['access']
const params = z.object({ id: z.string().max(64) })
const listQuery = z.strictObject({
  side: z.enum(['given', 'received']).describe('given: by your customer; received: by your partner, or by you as a person of the vendor'),
  state: z
    .enum(['active', 'ending', 'ended', 'all'])
    .default('active')
    .describe('active holds what is ending within 30 days, starts later or waits to be confirmed'),
})
const previewBody = z.strictObject({
  partnerId: fields.id,
  personIds: fields.people,
  group: fields.group,
  level: fields.level,
  rights: fields.rights,
  scope: fields.scope,
  endsOn: fields.endsOn.optional(),
})
const giveBody = z.strictObject({
  partnerId: fields.id,
  personIds: fields.people,
  group: fields.group,
  level: fields.level,
  rights: fields.rights,
  scope: fields.scope,
  endsOn: fields.endsOn,
  reason: fields.reason,
  understood: fields.understood,
})
const vendorBody = z.strictObject({
  email: fields.email,
  level: fields.level,
  rights: fields.rights,
  scope: fields.scope,
  endsOn: fields.endsOn,
  reason: fields.reason,
  understood: fields.understood,
})
const changeBody = z.strictObject({
  level: fields.level,
  rights: fields.rights,
  scope: fields.scope.nullable().describe('Left out: as it is; null: the whole customer'),
  endsOn: fields.endsOn.optional(),
  reason: fields.reason.optional(),
  understood: fields.understood,
})
const groupChoice = z.object({ id: z.string(), name: z.string(), members: z.array(z.string()).readonly() })
const removeBody = z.strictObject({ reason: fields.reason.optional() })

/** A grant that you may not see is not found. Dates that are past or beyond the longest term are refused by the field `endsOn`. */
export const grantRoutes: Routes = (app) => {
  reading(app)
  choices(app)
  giving(app)
  changing(app)
  changingMany(app)
  roles(app)
}

function reading(app: HttpApp): void {
  const list = z.object({ items: z.array(grantAnswer) })
  const config = { whileLooking: true }
  const listed = { summary: 'Who has access', tags, querystring: listQuery, response: { 200: list } }
  app.get('/grants', { config, schema: listed }, async ({ ctx, query }) => ({ items: await listGrants(ctx, query) }))
  const all = z.strictObject({
    customer: z.string().max(200).optional().describe('Its id, its id in the import, or its name'),
    partner: z.string().max(200).optional().describe('The same of the partner'),
    state: listQuery.shape.state,
  })
  app.get(
    '/portal/grants',
    {
      schema: {
        summary: 'Every access on the portal, for the operator; at most 1,000, the newest',
        tags,
        querystring: all,
        response: { 200: list },
      },
    },
    async (request) => ({ items: await listAllGrants(request.ctx, request.query) }),
  )
  app.get('/grants/:id', { config, schema: { summary: 'One access', tags, params, response: { 200: grantAnswer } } }, (request) =>
    readGrant(request.ctx, { grantId: request.params.id }),
  )
  app.post(
    '/grants/preview',
    { schema: { summary: 'What an access would mean; gives nothing', tags, body: previewBody, response: { 200: previewAnswer } } },
    (request) => previewGrant(request.ctx, request.body),
  )
}

function choices(app: HttpApp): void {
  app.get(
    '/sites',
    {
      schema: {
        summary: 'The sites of your customer, for which access can be given',
        tags,
        response: { 200: z.object({ items: z.array(z.object({ siteNo: z.number(), name: z.string() })) }) },
      },
    },
    async (request) => ({ items: await listSites(request.ctx) }),
  )
  app.get(
    '/partners/:id/groups',
    {
      schema: {
        summary: 'The groups of a partner that have, or had, something of yours',
        tags,
        params,
        response: { 200: z.object({ items: z.array(groupChoice) }) },
      },
    },
    async (request) => ({ items: await listPartnerGroups(request.ctx, { partnerId: request.params.id }) }),
  )
}

function giving(app: HttpApp): void {
  app.post(
    '/grants',
    { schema: { summary: 'Give a partner access', tags, body: giveBody, response: { 201: z.object({ items: z.array(grantAnswer) }) } } },
    async (request, reply) => reply.code(201).send({ items: await giveAccess(request.ctx, request.body) }),
  )
  app.post(
    '/grants/vendor-people',
    {
      schema: {
        summary: 'Give a person of the vendor access, by e-mail address',
        description: 'The answer is the same whether or not somebody of the vendor has the address.',
        tags,
        body: vendorBody,
        response: { 202: z.object({ sentence: z.string() }) },
      },
      config: { limit: 'asking' },
    },
    async (request, reply) => reply.code(202).send(await giveVendorAccess(request.ctx, request.body)),
  )
}

function changing(app: HttpApp): void {
  app.post(
    '/grants/:id/change',
    {
      schema: {
        summary: 'Change or extend an access',
        description: 'Answers the new one; the old one is replaced.',
        tags,
        params,
        body: changeBody,
        response: { 201: grantAnswer },
      },
    },
    async (request, reply) => reply.code(201).send(await changeAccess(request.ctx, { grantId: request.params.id, ...request.body })),
  )
  app.post(
    '/grants/:id/removal',
    {
      schema: {
        summary: 'Remove an access at once',
        tags,
        params,
        body: removeBody,
        response: {
          201: z.object({
            grant: grantAnswer,
            left: z.array(z.string()).readonly().describe('What the same people still have'),
            removal: z.object({ id: z.string(), number: z.string(), undoUntil: z.string() }).describe('The receipt; undo it until then'),
          }),
        },
      },
    },
    async (request, reply) => {
      return reply.code(201).send(await removeAccess(request.ctx, { grantId: request.params.id, ...request.body }))
    },
  )
  app.post(
    '/grants/:id/relinquishment',
    {
      schema: {
        summary: 'Give up an access that you or your partner has, at once',
        description:
          'Your own; that of everyone, of a group or of a colleague only as an administrator of the partner. It cannot be undone: ask again.',
        tags,
        params,
        body: removeBody,
        response: {
          201: z.object({ grant: grantAnswer, left: z.array(z.string()).readonly().describe('What the same people still have') }),
        },
      },
    },
    async (request, reply) => reply.code(201).send(await relinquishAccess(request.ctx, { grantId: request.params.id, ...request.body })),
  )
  app.post(
    '/grants/:id/confirmation',
    {
      schema: {
        summary: 'Confirm an access that an import brought',
        tags,
        params,
        body: z.strictObject({}),
        response: { 201: grantAnswer },
      },
    },
    async (request, reply) => reply.code(201).send(await confirmAccess(request.ctx, { grantId: request.params.id })),
  )
}

function changingMany(app: HttpApp): void {
  app.post(
    '/grants/changes',
    {
      schema: {
        summary: 'Change or extend several accesses at once',
        description:
          'Each is changed by itself, one after the other; one that is refused does not stop the rest. Sent again under the same Idempotency-Key, what was changed is not changed again. One result for each change, in their order.',
        tags,
        body: z.strictObject({
          changes: z
            .array(changeBody.extend({ id: fields.id }))
            .min(1)
            .max(100),
        }),
        response: {
          200: z.object({
            items: z.array(
              z.object({
                grant: grantAnswer.nullable().describe('Null: nothing was changed'),
                problem: problemSchema.nullable().describe('Why not'),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const changes = request.body.changes.map(({ id, ...change }) => ({ grantId: id, ...change }))
      const items = (await changeMany(request.ctx, { changes })).map((one) =>
        'done' in one ? { grant: one.done, problem: null } : { grant: null, problem: problemOf(one.refused, request.id) },
      )
      return { items }
    },
  )
}

const rolesBody = z.strictObject({
  roles: z.array(z.string().max(64)).max(20).describe('The roles that are to be held; those left out are disabled'),
  notify: z.string().max(6000).describe('E-mail addresses separated by commas: at most 20, at least one where a role is enabled'),
  endsOn: fields.endsOn.optional().describe('The last day of what is enabled by this; left out: the usual term'),
  scope: fields.scope,
  understood: fields.understood,
})

function roles(app: HttpApp): void {
  const response = { 200: rolesAnswer }
  app.get('/partners/:id/roles', { schema: { summary: 'The roles that a partner holds for you', tags, params, response } }, (request) =>
    readRoles(request.ctx, { partnerId: request.params.id }),
  )
  app.put(
    '/partners/:id/roles',
    {
      schema: {
        summary: 'Enable and disable the roles of a partner',
        description: 'Each role that is enabled makes a group at the partner, which its administrators fill; disabling it ends the group.',
        tags,
        params,
        body: rolesBody,
        response,
      },
      config: { limit: 'asking' },
    },
    (request) => setRoles(request.ctx, { partnerId: request.params.id, ...request.body }),
  )
}
