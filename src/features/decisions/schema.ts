// AuthZEN 1.0 requests and answers (OpenID Authorization API 1.0): unknown fields are ignored, missing required ones and wrong types are not.
import { z } from 'zod'

/** Any text: what cannot be a type, an id or an action names nothing, and the answer is a plain no. */
const word = z.string()
const properties = z.looseObject({}).optional()
const entity = z.looseObject({ type: word, id: word, properties })
/** What is searched for: its id is ignored, whatever it is. */
const wanted = z.looseObject({ type: word, id: z.unknown().optional(), properties })
const action = z.looseObject({ name: word, properties })
const page = z.looseObject({ token: z.string().optional(), limit: z.int().min(0).optional(), properties }).optional()

export const evaluationRequest = z.looseObject({ subject: entity, action, resource: entity, context: properties })

/** Items of a batch take what they lack from the request itself; what the request itself holds need not be whole. At most 1,000. */
const longestBatch = 1000
export const evaluationsRequest = z.looseObject({
  subject: properties,
  action: properties,
  resource: properties,
  context: properties,
  evaluations: z.array(z.unknown()).max(longestBatch).optional(),
  options: z
    .looseObject({ evaluations_semantic: z.enum(['execute_all', 'deny_on_first_deny', 'permit_on_first_permit']).optional() })
    .optional(),
})

export const subjectSearchRequest = z.looseObject({ subject: wanted, action, resource: entity, context: properties, page })
export const resourceSearchRequest = z.looseObject({ subject: entity, action, resource: wanted, context: properties, page })
export const actionSearchRequest = z.looseObject({ subject: entity, resource: entity, context: properties, page })

export const evaluationAnswer = z.object({
  decision: z.boolean(),
  context: z.object({
    because: z.array(z.string()),
    grant: z
      .object({ id: z.string(), number: z.string(), level: z.string().nullable(), rights: z.array(z.string()).readonly() })
      .optional(),
    until: z.string().optional(),
    error: z.object({ status: z.int(), message: z.string() }).optional().describe('Why an item of a batch could not be asked'),
  }),
})
export const evaluationsAnswer = z.union([evaluationAnswer, z.object({ evaluations: z.array(evaluationAnswer) })])

const pageAnswer = z.object({
  next_token: z.string().describe('The token of the following page; empty on the last one'),
  count: z.int().describe('How many results this answer has'),
})
export const entitiesAnswer = z.object({ page: pageAnswer, results: z.array(z.object({ type: z.string(), id: z.string() })) })
export const actionsAnswer = z.object({ page: pageAnswer, results: z.array(z.object({ name: z.string() })) })

const endpoint = z.string().describe('An address')
export const configuration = z.object({
  policy_decision_point: endpoint,
  access_evaluation_endpoint: endpoint,
  access_evaluations_endpoint: endpoint,
  search_subject_endpoint: endpoint,
  search_resource_endpoint: endpoint,
  search_action_endpoint: endpoint,
})
