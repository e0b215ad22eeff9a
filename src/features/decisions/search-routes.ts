// The searches of the decision API (OpenID AuthZEN 1.0): who, on what, and what, in pages.
import { isRecordId, isUuid } from '../../kernel/ids.ts'
import type { Actor } from '../../law/actors.ts'
import type { HttpApp } from '../../platform/http/routes.ts'
import { partOf, tokenOf } from './page-token.ts'
import { actionSearchRequest, actionsAnswer, entitiesAnswer, resourceSearchRequest, subjectSearchRequest } from './schema.ts'
import { type Part, type Results, searchActions, searchResources, searchSubjects } from './search.ts'

const pages =
  'In pages of at most 1,000: `page.limit`, and `page.token` with the `next_token` of the page before, which is empty at the end.'

export function addSearches(app: HttpApp): void {
  app.post(
    '/access/v1/search/subject',
    {
      schema: {
        summary: 'Which users can do this to that?',
        description: `OpenID AuthZEN 1.0, Subject Search. ${pages}`,
        tags: ['decisions'],
        body: subjectSearchRequest,
        response: { 200: entitiesAnswer },
      },
    },
    async ({ ctx, body: { subject, action, resource, context, page } }) => {
      const search = ['subject', askerOf(ctx.actor), subject.type, action, resource, context, page?.properties]
      const part = partOf(search, page, isUuid)
      const results = await searchSubjects(ctx, { subjectType: subject.type, action, resource }, part)
      return { page: pageOf(search, part, results), results: results.names.map((id) => ({ type: subject.type, id })) }
    },
  )
  app.post(
    '/access/v1/search/resource',
    {
      schema: {
        summary: 'To which resources can this user do this?',
        description: `OpenID AuthZEN 1.0, Resource Search. ${pages}`,
        tags: ['decisions'],
        body: resourceSearchRequest,
        response: { 200: entitiesAnswer },
      },
    },
    async ({ ctx, body: { subject, action, resource, context, page } }) => {
      const search = ['resource', askerOf(ctx.actor), subject, action, resource.type, resource.properties, context, page?.properties]
      const part = partOf(search, page, resource.type === 'customer' ? isUuid : isRecordId)
      const results = await searchResources(ctx, { subject, action, resourceType: resource.type }, part)
      return { page: pageOf(search, part, results), results: results.names.map((id) => ({ type: resource.type, id })) }
    },
  )
  app.post(
    '/access/v1/search/action',
    {
      schema: {
        summary: 'What can this user do to that?',
        description: `OpenID AuthZEN 1.0, Action Search: the actions of the resource's kind, and every action at a customer. ${pages}`,
        tags: ['decisions'],
        body: actionSearchRequest,
        response: { 200: actionsAnswer },
      },
    },
    async ({ ctx, body: { subject, resource, context, page } }) => {
      const search = ['action', askerOf(ctx.actor), subject, resource, context, page?.properties]
      const part = partOf(search, page, (name) => name !== '')
      const results = await searchActions(ctx, { subject, resource }, part)
      return { page: pageOf(search, part, results), results: results.names.map((name) => ({ name })) }
    },
  )
}

/** A page of one asker's search is no page of another's. */
const askerOf = (actor: Actor) => ('side' in actor ? [actor.side, actor.organizationId] : [])

function pageOf(search: unknown, part: Part, { names, next }: Results) {
  return { next_token: next === undefined ? '' : tokenOf(search, part, next), count: names.length }
}
