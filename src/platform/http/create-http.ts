// The HTTP server: reading, limits, headers, errors and the routes that every server has. Features add theirs afterwards.
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import { type FastifyReply, type FastifyRequest, fastify, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { Refusal } from '../../kernel/refusal.ts'
import type { Settings } from '../config/settings.ts'
import type { Log } from '../log/log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { addHealth, type HealthCheck } from './health.ts'
import { limitTries } from './limit-tries.ts'
import { addMetrics, countAnswers } from './metrics-route.ts'
import { addOpenApi, describeApi } from './openapi.ts'
import { type Problem, problem, problemOf } from './problem.ts'
import { checkAddress, readJsonBodies } from './read-body.ts'
import { type HttpApp, refuseLooseInput } from './routes.ts'
import { refuseForeignPages } from './same-origin.ts'
import { securityHeaders } from './security-headers.ts'
import { addWebFiles, wantsPage } from './web-files.ts'
import { UnreadableRequest } from './wrong-request.ts'

export interface HttpOptions {
  readonly settings: Pick<Settings, 'publicUrl' | 'fileLimit' | 'trustProxy' | 'signInRate' | 'askingRate' | 'metricsKey'>
  readonly log: Log
  readonly metrics: Metrics
  /** The lines of /readyz. */
  readonly checks: readonly HealthCheck[]
  readonly version: string
  /** The directory of the built web interface (`builtWebFiles()`); undefined serves none. */
  readonly webFiles: string | undefined
}

/** JSON bodies up to this many bytes are read. */
const bodyLimit = 1_048_576

/** A server that is ready for features' routes (`addRoutes`), and then for `listen` or `inject`. */
export async function createHttp(options: HttpOptions): Promise<HttpApp> {
  const { settings, log } = options
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: (request) => tidyRequestId(request.headers['x-request-id']) ?? randomUUID(),
    trustProxy: settings.trustProxy ?? false,
    bodyLimit,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => answerProblem(error, request, reply as unknown as FastifyReply),
    clientErrorHandler: answerBrokenHttp,
  }) as unknown as HttpApp
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerProblem)
  readJsonBodies(app)
  guard(app, settings)
  letGoAtTheEnd(app)
  await addPlugins(app, settings)
  await limitTries(app, { 'sign-in': settings.signInRate, asking: settings.askingRate })
  await describeApi(app, { title: 'Latchkey', version: options.version })
  countAnswers(app, options.metrics)
  await addServersOwn(app, options)
  return app
}

/** What every server answers, whatever its features. All of it is hidden from the API's description, and no hook asks here who is there. */
async function addServersOwn(app: HttpApp, { checks, metrics, settings, webFiles }: HttpOptions): Promise<void> {
  addHealth(app, checks)
  addMetrics(app, metrics, settings.metricsKey)
  addOpenApi(app)
  if (webFiles !== undefined) await addWebFiles(app, webFiles)
  app.setNotFoundHandler((request, reply) => {
    if (webFiles !== undefined && wantsPage(request)) return reply.sendFile('index.html')
    throw new Refusal('not-found', 'There is no such address.')
  })
}

/** What happens to every request, before and after its route. The order counts: what costs least refuses first. */
function guard(app: HttpApp, settings: HttpOptions['settings']): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    checkAddress(request.url)
    if (isMultipart(request) && request.routeOptions.config.multipart !== true)
      throw new UnreadableRequest('wrong-media-type', 'This address takes no form with files; send JSON.')
    refuseForeignPages(request, settings.publicUrl)
  })
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  app.addHook('onResponse', async (request, reply) => {
    const path = request.url.split('?', 1)[0]
    const ms = Math.round(reply.elapsedTime)
    request.log.info({ method: request.method, path, route: request.routeOptions.url, status: reply.statusCode, ms }, 'answered')
  })
  app.addHook('onRoute', refuseLooseInput)
}

/** A server that closes answers what is under way, and its last answer on a connection ends that: who kept it open would hold the end up for a minute. */
function letGoAtTheEnd(app: HttpApp): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
}

async function addPlugins(app: HttpApp, settings: HttpOptions['settings']): Promise<void> {
  await app.register(cookie)
  await app.register(helmet, securityHeaders(settings.publicUrl))
  await app.register(multipart, {
    limits: { fileSize: settings.fileLimit, files: 20, fields: 50, fieldSize: bodyLimit, fieldNameSize: 200, parts: 60 },
  })
}

const isMultipart = (request: FastifyRequest) => /^multipart\//i.test(request.headers['content-type'] ?? '')

/** A caller's own X-Request-ID, when it is harmless in a header and in a log: up to 128 letters, digits and `._:-`. */
function tidyRequestId(given: string | string[] | undefined): string | undefined {
  return typeof given === 'string' && /^[A-Za-z0-9._:-]{1,128}$/.test(given) ? given : undefined
}

/** The one error handler. */
function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const answer = problemOf(error, request.id)
  if (answer.code === 'bug') request.log.error({ err: error, route: request.routeOptions?.url }, 'a bug')
  if (answer.code === 'away' || answer.code === 'no-room') request.log.warn({ err: error }, answer.title)
  if (answer.status === 401) reply.header('www-authenticate', 'Bearer')
  if (answer.code === 'away') reply.header('retry-after', '5')
  // A changed serializer, because a route's declared 400 must never be laid over this one.
  reply
    .code(answer.status)
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer((body: Problem) => JSON.stringify(body))
    .send(answer)
}

/** For what is not even HTTP: the socket gets a problem document and is closed. */
function answerBrokenHttp(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const body = JSON.stringify(problem('invalid-input', 'This is not a request that can be read.', randomUUID()))
  const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n`
  socket.end(head + body)
}
