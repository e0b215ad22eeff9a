// The decision API (OpenID AuthZEN 1.0) for callers with an API key: translation only, the door and the law answer.
import type { z } from 'zod'
import { refuseField } from '../../kernel/refusal.ts'
import type { Routes } from '../../platform/http/routes.ts'
import { type Evaluation, evaluate } from './evaluate.ts'
import type { Answer } from './rules.ts'
import { configuration, evaluationAnswer, evaluationRequest, evaluationsAnswer, evaluationsRequest } from './schema.ts'

export const decisionRoutes: Routes = (app) => {
  app.post(
    '/access/v1/evaluation',
    {
      schema: {
        summary: 'May this user do this to that?',
        description:
          'OpenID AuthZEN 1.0, Access Evaluation. `subject.type` is `user`; ids are external ids; `resource.type` is a record kind, or `customer`.',
        tags: ['decisions'],
        body: evaluationRequest,
        response: { 200: evaluationAnswer },
      },
    },
    async (request) => {
      const [answer] = await evaluate(request.ctx, [request.body], 'execute_all')
      return inAuthZen(answer as Answer)
    },
  )
  app.post(
    '/access/v1/evaluations',
    {
      schema: {
        summary: 'Many questions at once, answered at one instant',
        description:
          'OpenID AuthZEN 1.0, Access Evaluations, with its three semantics. At most 1,000 items. A wrong item is answered with `decision: false`.',
        tags: ['decisions'],
        body: evaluationsRequest,
        response: { 200: evaluationsAnswer },
      },
    },
    async (request) => {
      const { evaluations, options, ...shared } = request.body
      if (!evaluations?.length) {
        const single =
          evaluationRequest.safeParse(shared).data ??
          refuseField('evaluations', 'Name at least one evaluation, or a subject, an action and a resource.')
        const [answer] = await evaluate(request.ctx, [single], 'execute_all')
        return inAuthZen(answer as Answer)
      }
      const items = evaluations.map((item) => itemOf(shared, item))
      const answers = await evaluate(request.ctx, items, options?.evaluations_semantic ?? 'execute_all')
      return { evaluations: answers.map(inAuthZen) }
    },
  )
  app.get(
    '/.well-known/authzen-configuration',
    { schema: { summary: 'Where the decision API is', tags: ['decisions'], response: { 200: configuration } } },
    async (request) => {
      const { publicUrl } = request.ctx.house.settings
      return {
        policy_decision_point: publicUrl,
        access_evaluation_endpoint: `${publicUrl}/access/v1/evaluation`,
        access_evaluations_endpoint: `${publicUrl}/access/v1/evaluations`,
      }
    },
  )
}

/** A batch item with what it takes from the request: a part that it names replaces the shared one whole. */
function itemOf(shared: object, item: Record<string, unknown>): Evaluation | null {
  const named = Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined))
  return evaluationRequest.safeParse({ ...shared, ...named }).data ?? null
}

function inAuthZen({ decision, sentences, grant, until }: Answer): z.infer<typeof evaluationAnswer> {
  return { decision, context: { because: sentences.map(({ text }) => text), ...(grant ? { grant } : {}), ...(until ? { until } : {}) } }
}
