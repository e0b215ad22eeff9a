// Every HTTP request has its context: the door, opened for whoever asks.
import type { FastifyRequest } from 'fastify'
import { type HttpApp, isForFeature } from '../platform/http/routes.ts'
import type { Context } from './context.ts'
import { refuseOutsideLook } from './look.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The door for whoever sent this request. */
    ctx: Context
  }
}

/** Gives every request for a feature its context before its input is looked at. Health, metrics and files ask the database nothing. */
export function giveContext(app: HttpApp, contextOf: (request: FastifyRequest) => Promise<Context>): void {
  app.decorateRequest('ctx', null as never)
  app.addHook('preValidation', async (request) => {
    if (!isForFeature(request)) return
    request.ctx = await contextOf(request)
    if (request.routeOptions.config.whileLooking !== true)
      refuseOutsideLook(request.ctx.actor, request.method === 'GET' ? 'reading' : 'writing')
  })
}
