// The description of the API, made from the schemas that check it: OpenAPI 3.1 at /openapi.json.
import swagger, { type SwaggerTransform } from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { problemSchema } from './problem.ts'
import type { HttpApp } from './routes.ts'

/** Describes every route registered after it. `version` is the product's. */
export async function describeApi(app: HttpApp, { title, version }: { readonly title: string; readonly version: string }): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version, description: 'Errors are RFC 9457 problem documents; docs/http-answers.md says what each means.' },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'latchkey_session', description: '__Host-latchkey_session over https' },
          key: { type: 'http', scheme: 'bearer', description: 'An API key' },
        },
      },
      security: [{ session: [] }, { key: [] }],
    },
    transform: withProblems,
    transformObject: jsonSchemaTransformObject,
  })
}

export function addOpenApi(app: HttpApp): void {
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}

/** Every route may answer with a problem; declared once here, so that no route can forget it. */
const withProblems: SwaggerTransform = (route) => {
  const { schema, url } = route
  const isOurs = schema !== undefined && (schema as { hide?: boolean }).hide !== true
  const problem = { description: 'A problem', content: { 'application/problem+json': { schema: problemSchema } } }
  const withProblem = isOurs
    ? { ...schema, response: { ...((schema.response as object | undefined) ?? {}), default: problem } }
    : { ...schema, hide: true }
  return jsonSchemaTransform({ ...route, schema: withProblem, url } as Parameters<typeof jsonSchemaTransform>[0])
}
