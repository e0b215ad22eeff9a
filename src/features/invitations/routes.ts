// Inviting partners, answering invitations, and ending the work with a partner, over HTTP.
import { z } from 'zod'
import type { HttpApp, Routes } from '../../platform/http/routes.ts'
import { acceptInvitation, declineInvitation } from './answer-invitation.ts'
import { listInvitations, readInvitation } from './list-invitations.ts'
import { endInvitationLink, lookAtLink, offerLink } from './offer-link.ts'
import { revokePartner } from './revoke-partner.ts'
import { sendInvitation } from './send-invitation.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'

const tags = ['access']
const params = z.object({ id: z.string().max(64) })
const nothing = z.strictObject({})
const reason = z.string().max(1000).optional().describe('Told to the other side')
const token = z.string().min(1).max(100).describe('What stands behind /invite/ in the link')

const invitationAnswer = z
  .object({
    id: z.string(),
    number: z.string(),
    customer: z.object({ id: z.string(), name: z.string() }),
    partner: z.object({ id: z.string(), name: z.string(), emailDomain: z.string().nullable() }),
    state: z.enum(['waiting', 'accepted', 'declined', 'withdrawn', 'lapsed']),
    roles: z
      .array(z.object({ code: z.string(), name: z.string(), says: z.string() }))
      .readonly()
      .describe('What it gives; none: the two work together, and no more'),
    endsOn: z.string().describe('The last day of what it gives'),
    sentAt: z.string(),
    sentBy: z.string().nullable().describe('A partner is told which customer, and not who there'),
    lapsesOn: z.string().describe('The last day on which it can be accepted'),
    answered: z.object({ at: z.string(), byName: z.string().nullable(), reason: z.string().nullable() }).nullable(),
    abilities: z.object({ withdraw: z.boolean(), answer: z.boolean() }),
  })
  .meta({ id: 'Invitation' })

/** An invitation of others is not found. One that waits no more is 409 `already-answered` or `stale`. Nothing of it happens by GET. */
export const invitationRoutes: Routes = (app) => {
  sending(app)
  answering(app)
  links(app)
}

const sendBody = z.strictObject({
  partnerId: z.string().max(40).optional().describe("The partner's ID; or"),
  token: token.optional(),
  roles: z.array(z.string().max(64)).max(20).default([]),
  endsOn: z.string().max(10).optional().describe('The last day of what it gives; left out: the usual term'),
  understood: z
    .boolean()
    .optional()
    .describe('That the partner named in the refusal is meant; without it the invitation is refused by this field'),
})

function sending(app: HttpApp): void {
  const list = z.object({
    items: z.array(invitationAnswer).readonly(),
    partnerId: z.string().nullable().describe('Of a partner: the ID by which customers invite it'),
    links: z
      .array(z.object({ id: z.string(), madeBy: z.string().nullable(), madeAt: z.string(), expiresAt: z.string() }))
      .readonly()
      .describe('Of a partner: links that still count'),
  })
  app.get(
    '/invitations',
    { schema: { summary: 'Invitations that your customer sent, or your partner got', tags, response: { 200: list } } },
    (request) => listInvitations(request.ctx),
  )
  app.get('/invitations/:id', { schema: { summary: 'One invitation', tags, params, response: { 200: invitationAnswer } } }, (request) =>
    readInvitation(request.ctx, { invitationId: request.params.id }),
  )
  app.post(
    '/invitations',
    {
      schema: {
        summary: 'Invite a partner, by its ID or by a link of it',
        description: 'An ID that nobody has is refused by the field partnerId; ten of them in an hour, and the tries are refused (429).',
        tags,
        body: sendBody.refine((body) => (body.partnerId === undefined) !== (body.token === undefined), {
          error: 'Name the partner by its ID, or by a link of it.',
          path: ['partnerId'],
        }),
        response: { 201: invitationAnswer },
      },
      config: { limit: 'asking' },
    },
    async (request, reply) => {
      const { partnerId = '', token: ofLink, ...more } = request.body
      const partner = ofLink === undefined ? { id: partnerId } : { token: ofLink }
      return reply.code(201).send(await sendInvitation(request.ctx, { partner, ...more }))
    },
  )
}

function answering(app: HttpApp): void {
  const response = { 201: invitationAnswer }
  app.post(
    '/invitations/:id/withdrawal',
    { schema: { summary: 'Take an invitation back', tags, params, body: nothing, response } },
    async (request, reply) => reply.code(201).send(await withdrawInvitation(request.ctx, { invitationId: request.params.id })),
  )
  app.post(
    '/invitations/:id/acceptance',
    { schema: { summary: 'Accept an invitation for your partner', tags, params, body: nothing, response } },
    async (request, reply) => reply.code(201).send(await acceptInvitation(request.ctx, { invitationId: request.params.id })),
  )
  app.post(
    '/invitations/:id/decline',
    { schema: { summary: 'Decline an invitation for your partner', tags, params, body: z.strictObject({ reason }), response } },
    async (request, reply) =>
      reply.code(201).send(await declineInvitation(request.ctx, { invitationId: request.params.id, ...request.body })),
  )
  app.post(
    '/partners/:id/revocation',
    {
      schema: {
        summary: 'End the work with a partner that your customer chose itself',
        description:
          'Everything that it has at your customer ends at once. A partner of record is refused: its roles are taken away one by one.',
        tags,
        params,
        body: z.strictObject({ reason }),
        response: { 201: z.object({ partner: z.object({ id: z.string(), name: z.string() }), ended: z.number() }) },
      },
    },
    async (request, reply) => reply.code(201).send(await revokePartner(request.ctx, { partnerId: request.params.id, ...request.body })),
  )
}

function links(app: HttpApp): void {
  const made = z.object({ id: z.string(), url: z.string().describe('Shown once'), expiresAt: z.string() })
  app.post(
    '/invitation-links',
    {
      schema: { summary: 'Make a link by which a customer invites your partner, once', tags, body: nothing, response: { 201: made } },
      config: { limit: 'asking' },
    },
    async (request, reply) => reply.code(201).send(await offerLink(request.ctx)),
  )
  app.delete(
    '/invitation-links/:id',
    { schema: { summary: 'End such a link', tags, params, response: { 204: z.null() } } },
    async (request, reply) => reply.code(204).send(await endInvitationLink(request.ctx, { linkId: request.params.id })),
  )
  app.post(
    '/invitation-links/look',
    {
      schema: {
        summary: 'Whose link it is; uses nothing up',
        description: 'Every link that does not count is answered alike (410).',
        tags,
        body: z.strictObject({ token }),
        response: { 200: z.object({ partner: z.object({ name: z.string(), emailDomain: z.string().nullable() }), expiresAt: z.string() }) },
      },
      config: { limit: 'asking' },
    },
    (request) => lookAtLink(request.ctx, request.body),
  )
}
