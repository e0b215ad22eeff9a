// Every HTTP request has its context: the door, opened for whoever asks.
import type { FastifyRequest } from 'fastify'
import type { HttpApp } from '../platform/http/routes.ts'
import type { Context } from './context.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The door for whoever sent this request. */
    ctx: Context
  }
}

/** Gives every request of the app its context before its input is looked at. */
export function giveContext(app: HttpApp, contextOf: (request: FastifyRequest) => Promise<Context>): void {
  app.decorateRequest('ctx', null as never)
  app.addHook('preValidation', async (request) => {
    request.ctx = await contextOf(request)
  })
}
