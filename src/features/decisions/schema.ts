// AuthZEN 1.0 requests and answers (OpenID Authorization API 1.0, sections 5 to 7): unknown fields are ignored, required ones are not.
import { z } from 'zod'

/** Ids and types: 1 to 200 characters, as external ids are. */
const word = z.string().min(1).max(200)
const properties = z.looseObject({}).optional()
const subject = z.looseObject({ type: word, id: word, properties })
const action = z.looseObject({ name: word, properties })
const resource = z.looseObject({ type: word, id: word, properties })

export const evaluationRequest = z.looseObject({ subject, action, resource, context: properties })

/** Items of a batch take what they lack from the request itself; at most 1,000. */
const longestBatch = 1000
export const evaluationsRequest = z.looseObject({
  subject: subject.optional(),
  action: action.optional(),
  resource: resource.optional(),
  context: properties,
  evaluations: z.array(z.looseObject({})).max(longestBatch).optional(),
  options: z
    .looseObject({ evaluations_semantic: z.enum(['execute_all', 'deny_on_first_deny', 'permit_on_first_permit']).optional() })
    .optional(),
})

export const evaluationAnswer = z.object({
  decision: z.boolean(),
  context: z.object({
    because: z.array(z.string()),
    grant: z.object({ id: z.string(), number: z.string(), level: z.string() }).optional(),
    until: z.string().optional(),
  }),
})
export const evaluationsAnswer = z.union([evaluationAnswer, z.object({ evaluations: z.array(evaluationAnswer) })])

export const configuration = z.object({
  policy_decision_point: z.string(),
  access_evaluation_endpoint: z.string(),
  access_evaluations_endpoint: z.string(),
})
