// How a feature writes its routes, and what holds for all of them: strict input, limits on tries, no multipart unless asked for.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, FastifyPluginAsync, FastifyRequest, RawServerDefault, RouteOptions } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'

export type HttpApp = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

/** A feature's routes. Paths are written without the prefix; `request.ctx` is the door. */
export type Routes = (app: HttpApp) => void

/** What counts together against one network address's limit of tries. */
export type TryLimit = 'sign-in' | 'asking'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** This route counts against the address's limit of tries. */
    limit?: TryLimit
    /** This route takes multipart/form-data. */
    multipart?: boolean
    /** This route is answered while somebody looks through another's eyes. All others are refused then. */
    whileLooking?: boolean
  }
}

/** Adds the features' routes below a prefix ('' for none). Await it, so that a wrong route stops the start. */
export async function addRoutes(app: HttpApp, prefix: string, routes: readonly Routes[]): Promise<void> {
  for (const add of routes) {
    const plugin: FastifyPluginAsync = async (scope) => {
      add(scope.withTypeProvider<ZodTypeProvider>())
    }
    await app.register(plugin, { prefix })
  }
}

/** Whether the request met a feature's route, and not one of the server's own (health, metrics, files) or none at all. */
export const isForFeature = (request: FastifyRequest): boolean =>
  !request.is404 && (request.routeOptions.schema as { hide?: boolean } | undefined)?.hide !== true

/** Throws for a route of our own API whose input would let unknown fields pass silently. */
export function refuseLooseInput(route: RouteOptions): void {
  if (!route.url.startsWith('/api/')) return
  for (const part of ['body', 'querystring'] as const) {
    if (isLooseObject((route.schema as Record<string, unknown> | undefined)?.[part]))
      throw new Error(`${String(route.method)} ${route.url}: ${part} must be z.strictObject, so that a misspelt field is refused.`)
  }
}

interface ZodInside {
  readonly _zod?: {
    readonly def?: { readonly type?: string; readonly catchall?: { readonly _zod?: { readonly def?: { readonly type?: string } } } }
  }
}

function isLooseObject(schema: unknown): boolean {
  const def = (schema as ZodInside | undefined)?._zod?.def
  return def?.type === 'object' && def.catchall?._zod?.def?.type !== 'never'
}
