// Taking a partner out, its receipts, and undoing, over HTTP.
import { z } from 'zod'
import type { HttpApp, Routes } from '../../platform/http/routes.ts'
import { listRemovals, readRemoval } from './read-removals.ts'
import { previewRemoval, removePartner } from './remove-partner.ts'
import { liftSuspension, suspendPartner } from './suspend-partner.ts'
import { undoRemoval } from './undo-removal.ts'

const tags = ['access']
const params = z.object({ id: z.string().max(64) })
const named = z.object({ id: z.string(), name: z.string() })
const sentences = z.array(z.string()).readonly()
const removalAnswer = z
  .object({
    id: z.string(),
    number: z.string().describe('What people call it: E-12'),
    customer: named,
    partner: named,
    grantId: z.string().nullable().describe('Of one access alone; null: of everything that the partner had'),
    removedAt: z.string(),
    removedBy: z.string().nullable(),
    reason: z.string().nullable(),
    ended: z
      .array(z.object({ what: z.string().describe('grant, group, request, invitation, named or subscription'), says: z.string() }))
      .readonly(),
    left: sentences.describe('What was left after it, as the law answered then'),
    undoUntil: z.string().describe('To this instant it can be undone, once'),
    undone: z.object({ at: z.string(), by: z.string().nullable(), cameBack: sentences }).nullable(),
    abilities: z.object({ undo: z.boolean() }),
  })
  .meta({ id: 'Removal', description: 'The receipt of a removal: what it ended and what was left' })

/** For whoever may remove access, about their own customer; another customer's receipt is not found. */
export const receiptRoutes: Routes = (app) => {
  removals(app)
  suspension(app)
}

function removals(app: HttpApp): void {
  const preview = z.object({ partner: named, ends: sentences })
  app.get(
    '/partners/:id/removal',
    { schema: { summary: 'What removing a partner would end; ends nothing', tags, params, response: { 200: preview } } },
    (request) => previewRemoval(request.ctx, { partnerId: request.params.id }),
  )
  app.post(
    '/partners/:id/removal',
    {
      schema: {
        summary: 'Remove everything that a partner has, at once',
        description:
          'Ends the access of everyone, of groups and of persons, requests and invitations that wait, subscriptions, and being named on records. 409 where there is nothing.',
        tags,
        params,
        body: z.strictObject({ reason: z.string().max(4000).optional() }),
        response: { 201: removalAnswer },
      },
    },
    async (request, reply) => reply.code(201).send(await removePartner(request.ctx, { partnerId: request.params.id, ...request.body })),
  )
  app.get(
    '/removals',
    {
      schema: {
        summary: 'Receipts of removals, newest first',
        tags,
        querystring: z.strictObject({ grant: z.string().max(64).optional(), partner: z.string().max(64).optional() }),
        response: { 200: z.object({ items: z.array(removalAnswer) }) },
      },
    },
    async (request) => ({ items: await listRemovals(request.ctx, request.query) }),
  )
  app.get('/removals/:id', { schema: { summary: 'One receipt', tags, params, response: { 200: removalAnswer } } }, (request) =>
    readRemoval(request.ctx, { removalId: request.params.id }),
  )
  app.post(
    '/removals/:id/undoing',
    {
      schema: {
        summary: 'Undo a removal, within ten minutes and once',
        description: 'What ended is given again from now on, as far as it may still be; the answer says what did not come back and why.',
        tags,
        params,
        body: z.strictObject({}),
        response: { 201: removalAnswer },
      },
    },
    async (request, reply) => reply.code(201).send(await undoRemoval(request.ctx, { removalId: request.params.id })),
  )
}

/** For whoever runs the portal: 403 for everybody else. */
function suspension(app: HttpApp): void {
  const body = z.strictObject({ reason: z.string().max(4000).describe('Is sent to the partner and to its customers') })
  const answer = z.object({ partner: named, suspended: z.boolean(), customers: z.number().describe('Whose accesses this touches') })
  app.put(
    '/partners/:id/suspension',
    {
      schema: {
        summary: 'Suspend a partner: its people may do nothing until that is lifted',
        tags,
        params,
        body,
        response: { 200: answer },
      },
    },
    (request) => suspendPartner(request.ctx, { partnerId: request.params.id, ...request.body }),
  )
  app.post(
    '/partners/:id/suspension/lifting',
    {
      schema: {
        summary: 'Lift the suspension of a partner; what it was given counts again',
        tags,
        params,
        body,
        response: { 201: answer },
      },
    },
    async (request, reply) => reply.code(201).send(await liftSuspension(request.ctx, { partnerId: request.params.id, ...request.body })),
  )
}
