// How often one network address may try in a minute, counted over all routes that name the same limit.
import rateLimit from '@fastify/rate-limit'
import { Refusal } from '../../kernel/refusal.ts'
import type { HttpApp, TryLimit } from './routes.ts'

/** Refuses with 429 and Retry-After what exceeds the limit that a route names. An IPv6 network (/64) counts as one address. */
export async function limitTries(app: HttpApp, triesAMinute: Readonly<Record<TryLimit, number>>): Promise<void> {
  await app.register(rateLimit, { global: false })
  const count = (max: number) => app.createRateLimit({ max, timeWindow: 60_000 })
  // One count for all routes of a limit: asking for codes and trying them is the same attack.
  const counts = { 'sign-in': count(triesAMinute['sign-in']), asking: count(triesAMinute.asking) }
  app.addHook('onRequest', async (request, reply) => {
    const limit = request.routeOptions.config.limit
    if (limit === undefined) return
    const counted = await counts[limit](request)
    if (counted.isAllowed || !counted.isExceeded) return
    reply.header('retry-after', counted.ttlInSeconds)
    throw new Refusal('too-many', 'Too many tries from your network in one minute. Wait a minute, then try again.')
  })
}
