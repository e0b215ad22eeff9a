// Records of a kind over HTTP: lists, counts, customers to filter by, and one record.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { listCustomers } from './list-customers.ts'
import { countRecords, listRecords, longestPage } from './list-records.ts'
import { readRecord } from './read-record.ts'

const kind = z.string().max(64).describe('A record kind of the portal definition, for instance service_request')
const filter = {
  customer: z.string().max(64).optional().describe('Only records of this customer'),
  state: z.string().max(64).optional().describe('open, closed, or one state of the definition'),
  part: z.enum(['mine', 'all']).optional().describe('mine: only what one opened or is a contact of'),
  q: z.string().max(200).optional().describe('Part of a number or title; an exact number comes first'),
}
const page = {
  after: z.string().max(200).optional().describe('The "next" of the page before'),
  limit: z.coerce.number().int().min(1).max(longestPage).optional().describe('25 unless said otherwise'),
}

const instant = z.string().describe('An instant, ISO 8601 in UTC')
const customer = z.object({ id: z.string(), name: z.string() })
const row = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.string(),
  customer: customer.nullable().describe('Null: of no customer'),
  pointOfContact: z.object({ name: z.string(), organization: z.string(), outside: z.boolean() }).nullable(),
  partnerManaged: z.boolean().describe('The P mark: a partner works on it'),
  part: z.enum(['point_of_contact', 'additional_contact', 'requester', 'can_see']),
  createdAt: instant,
  updatedAt: instant,
})
const file = z.object({ id: z.string(), name: z.string(), size: z.int(), mediaType: z.string(), createdAt: instant, by: z.string() })
const message = z.object({
  id: z.string(),
  author: z.object({ name: z.string(), organization: z.string(), for: z.string().nullable(), outside: z.boolean() }),
  body: z.string(),
  createdAt: instant,
  files: z.array(file),
})
const contact = z.object({
  personId: z.string(),
  name: z.string(),
  organization: z.string(),
  relation: z.string(),
  outside: z.boolean(),
  level: z.string().nullable(),
  until: instant.nullable(),
  accessEnded: z.boolean(),
})
const accountRequest = z.object({
  name: z.string(),
  countsAs: z.string().describe('As whose word it counts'),
  by: z.string(),
  organization: z.string(),
  person: z.object({ name: z.string(), email: z.string() }).nullable(),
})
const one = row.extend({
  description: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()),
  accountRequest: accountRequest.nullable().describe("Where it was asked in the name of the customer's account"),
  messages: z.array(message),
  events: z.array(z.object({ id: z.string(), at: instant, what: z.string(), by: z.string().nullable(), words: z.string() })),
  contacts: z.array(contact),
  replyGoesTo: z.array(z.object({ name: z.string(), organization: z.string(), outside: z.boolean() })).describe('Exactly who gets a reply'),
  files: z.array(file),
  abilities: z.record(z.string(), z.boolean()),
})

/** All of it is read through somebody's eyes too, as they see it. */
const config = { whileLooking: true }

/** GET /records/customers, /records/{kind}, /records/{kind}/count, /records/{kind}/{id}. What one may not see is absent everywhere (OR-020). */
export const recordRoutes: Routes = (app) => {
  app.get(
    '/records/customers',
    {
      config,
      schema: {
        querystring: z.strictObject({ kind, action: z.enum(['read', 'open']) }),
        response: { 200: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), own: z.boolean() })) }) },
      },
    },
    (request) => listCustomers(request.ctx, request.query),
  )
  app.get(
    '/records/:kind',
    {
      config,
      schema: {
        params: z.object({ kind }),
        querystring: z.strictObject({ ...filter, ...page }),
        response: { 200: z.object({ items: z.array(row), next: z.string().nullable(), total: z.int() }) },
      },
    },
    (request) => listRecords(request.ctx, { ...request.params, ...request.query }),
  )
  app.get(
    '/records/:kind/count',
    {
      config,
      schema: { params: z.object({ kind }), querystring: z.strictObject(filter), response: { 200: z.object({ total: z.int() }) } },
    },
    (request) => countRecords(request.ctx, { ...request.params, ...request.query }),
  )
  app.get(
    '/records/:kind/:id',
    { config, schema: { params: z.object({ kind, id: z.string().max(64) }), response: { 200: one } } },
    (request) => readRecord(request.ctx, request.params),
  )
}
