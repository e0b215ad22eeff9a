// Opening and changing records over HTTP, and who is named on them.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { addContact } from './add-contact.ts'
import { closeRecord } from './close-record.ts'
import { listContactChoices, listContactChoicesToOpen } from './list-contact-choices.ts'
import { makePointOfContact } from './make-point-of-contact.ts'
import { openRecord } from './open-record.ts'
import { removeContact } from './remove-contact.ts'
import { reopenRecord } from './reopen-record.ts'
import { longestAttribute } from './rules.ts'
import { updateRecord } from './update-record.ts'

const kind = z.string().max(64)
const id = z.string().max(64)
const params = z.object({ kind, id })
const title = z.string().min(1).max(600).describe('1 to 300 characters on one line')
const body = z.string().min(1).max(40_000).describe('1 to 20,000 characters')
const choice = z.object({
  personId: z.string(),
  name: z.string(),
  organization: z.string(),
  mayBePointOfContact: z.boolean(),
  why: z.string().nullable(),
})
const choices = z.object({ own: z.array(choice), partners: z.array(choice) })
/** Everything that GET /records/{kind}/{id} answers. */
const one = z
  .looseObject({ id: z.string(), number: z.string(), title: z.string(), state: z.string() })
  .describe('The record, as GET /records/{kind}/{id} answers it')
const search = z.strictObject({ q: z.string().max(200).optional().describe('Part of a name or address') })
const person = z.strictObject({ personId: id })
const attribute = z.union([z.string().max(longestAttribute), z.number(), z.boolean(), z.null()])
const change = z.strictObject({
  title: title.optional(),
  state: z.string().max(64).optional(),
  attributes: z.record(z.string().max(64), attribute).optional().describe('Merged with what is there; null takes one away'),
})

/** Opening, changing, closing and reopening; each answers the record as it is then. */
const recordChanges: Routes = (app) => {
  app.post(
    '/records/:kind',
    {
      schema: {
        params: z.object({ kind }),
        body: z.strictObject({ customerId: id, title, description: body, pointOfContactId: id.optional() }),
        response: { 201: one },
      },
    },
    async (request, reply) => reply.code(201).send({ ...(await openRecord(request.ctx, { ...request.params, ...request.body })) }),
  )
  app.patch('/records/:kind/:id', { schema: { params, body: change, response: { 200: one } } }, async (request) => ({
    ...(await updateRecord(request.ctx, { ...request.params, ...request.body })),
  }))
  app.post(
    '/records/:kind/:id/closure',
    { schema: { params, body: z.strictObject({ body: body.optional() }).optional(), response: { 201: one } } },
    async (request, reply) => reply.code(201).send({ ...(await closeRecord(request.ctx, { ...request.params, ...request.body })) }),
  )
  app.post(
    '/records/:kind/:id/reopening',
    { schema: { params, body: z.strictObject({}).optional(), response: { 201: one } } },
    async (request, reply) => reply.code(201).send({ ...(await reopenRecord(request.ctx, request.params)) }),
  )
}

/** Who could be named on a record, and who is. Changes answer 204. */
const contactChanges: Routes = (app) => {
  app.get(
    '/records/customers/:customerId/contact-choices',
    { schema: { params: z.object({ customerId: id }), querystring: search.extend({ kind }), response: { 200: choices } } },
    (request) => listContactChoicesToOpen(request.ctx, { ...request.params, ...request.query }),
  )
  app.get('/records/:kind/:id/contact-choices', { schema: { params, querystring: search, response: { 200: choices } } }, (request) =>
    listContactChoices(request.ctx, { ...request.params, ...request.query }),
  )
  app.post('/records/:kind/:id/contacts', { schema: { params, body: person } }, async (request, reply) => {
    await addContact(request.ctx, { ...request.params, ...request.body })
    return reply.code(204).send()
  })
  app.delete('/records/:kind/:id/contacts/:personId', { schema: { params: params.extend({ personId: id }) } }, async (request, reply) => {
    await removeContact(request.ctx, request.params)
    return reply.code(204).send()
  })
  app.put('/records/:kind/:id/point-of-contact', { schema: { params, body: person } }, async (request, reply) => {
    await makePointOfContact(request.ctx, { ...request.params, ...request.body })
    return reply.code(204).send()
  })
}

/** POST /records/{kind} and what is done to one record. */
export const serviceRequestRoutes: Routes = (app) => {
  recordChanges(app)
  contactChanges(app)
}
