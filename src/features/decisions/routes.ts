// The decision API (OpenID AuthZEN 1.0) for callers with an API key: translation only, the door and the law answer.
import { z } from 'zod'
import { refuseField } from '../../kernel/refusal.ts'
import type { HttpApp, Routes } from '../../platform/http/routes.ts'
import { type Evaluation, evaluate } from './evaluate.ts'
import { speakAuthZen } from './protocol-routes.ts'
import type { Answer } from './rules.ts'
import { configuration, evaluationAnswer, evaluationRequest, evaluationsAnswer, evaluationsRequest } from './schema.ts'
import { addSearches } from './search-routes.ts'

export const decisionRoutes: Routes = (app) => {
  speakAuthZen(app)
  addEvaluation(app)
  addEvaluations(app)
  addSearches(app)
  addConfiguration(app)
}

function addEvaluation(app: HttpApp): void {
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
}

function addEvaluations(app: HttpApp): void {
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
        const { item, fault } = read(shared)
        const [answer] = await evaluate(request.ctx, [item ?? refuseField(fault.field, fault.sentence)], 'execute_all')
        return inAuthZen(answer as Answer)
      }
      const items = evaluations.map((one) => itemOf(shared, one))
      const answers = await evaluate(
        request.ctx,
        items.map(({ item }) => item),
        options?.evaluations_semantic ?? 'execute_all',
      )
      return { evaluations: answers.map((answer, place) => inAuthZen(answer, items[place]?.fault)) }
    },
  )
}

function addConfiguration(app: HttpApp): void {
  app.get(
    '/.well-known/authzen-configuration',
    { schema: { summary: 'Where the decision API is', tags: ['decisions'], response: { 200: configuration } } },
    async (request) => {
      const { publicUrl } = request.ctx.house.settings
      const at = (path: string) => `${publicUrl}/access/v1/${path}`
      return {
        policy_decision_point: publicUrl,
        access_evaluation_endpoint: at('evaluation'),
        access_evaluations_endpoint: at('evaluations'),
        search_subject_endpoint: at('search/subject'),
        search_resource_endpoint: at('search/resource'),
        search_action_endpoint: at('search/action'),
      }
    },
  )
}

interface Fault {
  readonly field: string
  readonly sentence: string
}
type Read = { readonly item: Evaluation; readonly fault?: undefined } | { readonly item: null; readonly fault: Fault }

/** A batch item with what it takes from the request: a part that it names replaces the shared one whole. */
function itemOf(shared: object, item: unknown): Read {
  const own = z.looseObject({}).safeParse(item)
  return own.success ? read({ ...shared, ...own.data }) : { item: null, fault: { field: 'evaluations', sentence: 'Expected an object.' } }
}

function read(asked: object): Read {
  const { data, error } = evaluationRequest.safeParse(asked)
  if (data) return { item: data }
  const field = error.issues[0]?.path.join('.') ?? ''
  return { item: null, fault: { field, sentence: 'This is missing, or is not what is expected here.' } }
}

function inAuthZen({ decision, sentences, grant, until }: Answer, fault?: Fault): z.infer<typeof evaluationAnswer> {
  const error = fault && { status: 400, message: `${fault.field}: ${fault.sentence}` }
  const because = sentences.map(({ text }) => text)
  return { decision, context: { because, ...(grant ? { grant } : {}), ...(until ? { until } : {}), ...(error ? { error } : {}) } }
}
