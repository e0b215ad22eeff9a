// The people of an organization over HTTP: one's own, a customer's that lets one manage them, any for who runs the portal.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { addPerson } from './add-person.ts'
import { changePerson, validatePerson } from './change-person.ts'
import { disablePerson, enablePerson } from './disable-person.ts'
import { listPeople } from './list-people.ts'

const tags = ['people']
const id = z.string().max(64)
const params = z.object({ id })
const one = z.object({ id, personId: id })

const contact = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    state: z.enum(['here', 'not_signed_in', 'written_down', 'disabled']),
    roles: z.array(z.string()).readonly(),
    siteRoles: z.array(z.object({ role: z.string(), siteNo: z.number(), site: z.string() })).readonly(),
    administrator: z.boolean().describe('May manage these people'),
    since: z.string(),
    until: z.string().nullable(),
    validated: z.boolean().describe('Their word counts for the account when they contact the vendor'),
    you: z.boolean(),
    outside: z.object({ id: z.string(), name: z.string() }).nullable().describe('The partner whose domain the address has'),
    abilities: z.object({ change: z.boolean(), disable: z.boolean(), enable: z.boolean(), validate: z.boolean() }),
  })
  .meta({ id: 'Contact' })

const people = z.object({
  organization: z.object({ id: z.string(), name: z.string(), side: z.enum(['customer', 'partner', 'vendor']) }),
  items: z.array(contact).readonly(),
  standIns: z
    .array(z.object({ role: z.string(), by: z.string().nullable(), people: z.array(z.string()).readonly() }))
    .readonly()
    .describe('Roles that nobody has, and by which role their duties are seen to meanwhile'),
  roles: z
    .array(z.object({ role: z.string(), administrator: z.boolean(), atSites: z.boolean() }))
    .readonly()
    .describe('The roles that you may give here'),
  sites: z.array(z.object({ siteNo: z.number(), name: z.string() })).readonly(),
  customers: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .readonly()
    .describe('Of your own firm: whose people you may see'),
  abilities: z.object({ add: z.boolean(), manage: z.boolean(), makeAdministrator: z.boolean() }),
})

const roleNames = z.array(z.string().max(64)).max(50)
const siteRoles = z
  .array(z.strictObject({ role: z.string().max(64), siteNo: z.number().int() }))
  .max(500)
  .optional()
const newPerson = z.strictObject({
  email: z.string().max(320),
  name: z.string().max(400),
  roles: roleNames,
  siteRoles,
  signsIn: z.boolean().optional().describe('False: only written down; nobody is written to'),
})
const newRoles = z.strictObject({ roles: roleNames, siteRoles })

const lines = { ended: z.array(z.string()).readonly(), left: z.array(z.string()).readonly() }
const receipt = z
  .object({ contact, ...lines, customers: z.array(z.object({ id: z.string(), name: z.string(), ...lines })).readonly() })
  .meta({ id: 'LeavingReceipt', description: 'What ended and what is left, in sentences' })

const query = z.strictObject({
  all: z.enum(['true', 'false']).optional().describe('Those who were there, too'),
  site: z.coerce.number().int().optional().describe('Only who has a role at this site: what a manager of one site sees'),
})

/**
 * An organization whose people one may not see is not found. 403: a role that one may not give or take, or one's own entry; 409: the last administrator
 * would go (`overlaps`), or somebody else changed the entry meanwhile (`stale`).
 */
export const contactRoutes: Routes = (app) => {
  listRoutes(app)
  changeRoutes(app)
  leaveRoutes(app)
}

const listRoutes: Routes = (app) => {
  app.get(
    '/organizations/:id/people',
    {
      config: { whileLooking: true },
      schema: { summary: 'The people of an organization', tags, params, querystring: query, response: { 200: people } },
    },
    ({ ctx, params: { id: organizationId }, query: { all, site } }) =>
      listPeople(ctx, { organizationId, all: all === 'true', siteNo: site }),
  )
  app.post(
    '/organizations/:id/people',
    {
      schema: {
        summary: 'Add somebody to the people of an organization',
        description:
          'An address that is known elsewhere is answered like one that is not; whoever has it stays where they are and is told.',
        tags,
        params,
        body: newPerson,
        response: { 201: contact },
      },
    },
    async ({ ctx, params: { id: organizationId }, body }, reply) => reply.code(201).send(await addPerson(ctx, { organizationId, ...body })),
  )
}

const changeRoutes: Routes = (app) => {
  app.put(
    '/organizations/:id/people/:personId/roles',
    {
      schema: {
        summary: 'Change what somebody may do in their organization',
        tags,
        params: one,
        body: newRoles,
        response: { 200: contact },
      },
    },
    ({ ctx, params: { id: organizationId, personId }, body }) => changePerson(ctx, { organizationId, contactId: personId, ...body }),
  )
  app.put(
    '/organizations/:id/people/:personId/validation',
    {
      schema: {
        summary: "Mark somebody's word as good for the account, or not",
        tags,
        params: one,
        body: z.strictObject({ validated: z.boolean() }),
        response: { 200: contact },
      },
    },
    ({ ctx, params: { id: organizationId, personId }, body }) => validatePerson(ctx, { organizationId, contactId: personId, ...body }),
  )
}

const leaveRoutes: Routes = (app) => {
  app.post(
    '/organizations/:id/people/:personId/disabling',
    {
      schema: {
        summary: 'Let somebody go, at once and everywhere',
        description:
          'Sessions, keys, personal access, groups, requests and entries on records end; each customer that it concerns is told once.',
        tags,
        params: one,
        body: z.strictObject({}),
        response: { 200: receipt },
      },
    },
    ({ ctx, params: { id: organizationId, personId } }) => disablePerson(ctx, { organizationId, contactId: personId }),
  )
  app.post(
    '/organizations/:id/people/:personId/enabling',
    {
      schema: {
        summary: 'Take somebody in again, with the roles that they had',
        tags,
        params: one,
        body: z.strictObject({}),
        response: { 201: contact },
      },
    },
    async ({ ctx, params: { id: organizationId, personId } }, reply) =>
      reply.code(201).send(await enablePerson(ctx, { organizationId, contactId: personId })),
  )
}
