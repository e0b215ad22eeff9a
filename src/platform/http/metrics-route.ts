// /metrics for a Prometheus scraper: with its key, or from the same machine where none is set. Never public.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { refuse } from '../../kernel/refusal.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { HttpApp } from './routes.ts'
import { isFromThisMachine } from './this-machine.ts'

/** Counts every answer of the app. */
export function countAnswers(app: HttpApp, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    metrics.request(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000)
  })
}

/** Adds /metrics. Whoever may not read it gets 404, as for any address that is not there. */
export function addMetrics(app: HttpApp, metrics: Metrics, key: string | undefined): void {
  app.get('/metrics', { schema: { hide: true }, logLevel: 'warn' }, async (request, reply) => {
    if (!(key === undefined ? isFromThisMachine(request) : hasKey(request, key))) refuse('not-found', 'There is no such address.')
    return reply.type(metrics.contentType).send(await metrics.text())
  })
}

function hasKey({ headers }: FastifyRequest, key: string): boolean {
  const given = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
  return timingSafeEqual(digest(given), digest(key))
}

const digest = (text: string) => createHash('sha256').update(text).digest()
