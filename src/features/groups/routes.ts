// Groups of a partner's people, over HTTP.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { fillGroup, takeOutOfGroup } from './fill-group.ts'
import { listGroups, listPeopleToAdd, readGroup } from './list-groups.ts'
import { mostAtOnce } from './rules.ts'

const tags = ['groups']
const id = z.string().max(64)
const params = z.object({ id })
const groupAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['standing', 'ended']).describe('ended: the access that it was made for was removed'),
    endedAt: z.string().nullable(),
    members: z
      .array(z.object({ id: z.string(), name: z.string(), email: z.string(), since: z.string() }))
      .readonly()
      .describe('In it today; of a group that ended, who was in it to the end'),
    access: z
      .array(
        z.object({ grantId: z.string(), customer: z.object({ id: z.string(), name: z.string() }), gives: z.string(), until: z.string() }),
      )
      .readonly()
      .describe('What its members have by it, in words, customer by customer'),
    abilities: z.object({ fill: z.boolean() }),
  })
  .meta({ id: 'Group' })
const response = { 200: groupAnswer }

/** A group of another partner is not found; one that ended is 409 `stale` for who wants to fill it. */
export const groupRoutes: Routes = (app) => {
  app.get(
    '/groups',
    { schema: { summary: 'The groups of your partner', tags, response: { 200: z.object({ items: z.array(groupAnswer) }) } } },
    async (request) => ({ items: await listGroups(request.ctx) }),
  )
  app.get('/groups/:id', { schema: { summary: 'One group', tags, params, response } }, (request) =>
    readGroup(request.ctx, { groupId: request.params.id }),
  )
  const people = z.array(z.object({ id: z.string(), name: z.string(), email: z.string() }))
  app.get(
    '/groups/:id/people',
    { schema: { summary: 'Who of your partner can be added to a group', tags, params, response: { 200: z.object({ items: people }) } } },
    async (request) => ({ items: await listPeopleToAdd(request.ctx, { groupId: request.params.id }) }),
  )
  app.post(
    '/groups/:id/members',
    {
      schema: {
        summary: 'Add people of your partner to a group',
        description: 'They have what the group has from that instant. Each customer at whom it has access is told.',
        tags,
        params,
        body: z.strictObject({ personIds: z.array(id).max(mostAtOnce) }),
        response: { 201: groupAnswer },
      },
    },
    async (request, reply) => reply.code(201).send(await fillGroup(request.ctx, { groupId: request.params.id, ...request.body })),
  )
  app.delete(
    '/groups/:id/members/:personId',
    { schema: { summary: 'Take somebody out of a group, at once', tags, params: z.object({ id, personId: id }), response } },
    (request) => takeOutOfGroup(request.ctx, { groupId: request.params.id, personId: request.params.personId }),
  )
}
