// A server without a house, for tests of the plumbing: real Fastify, every hook, no socket.
import { readSettings } from '../src/platform/config/read-settings.ts'
import { createHttp, type HttpOptions } from '../src/platform/http/create-http.ts'
import { addRoutes, type HttpApp, type Routes } from '../src/platform/http/routes.ts'
import { createLog } from '../src/platform/log/log.ts'
import { createMetrics } from '../src/platform/metrics/metrics.ts'

export interface TestHttp {
  app: HttpApp
  /** Everything the log wrote. */
  log: string[]
}

/** A server with the routes under /api/v1; `over` replaces options, `env` is what settings are read from. */
export async function testHttp(
  routes: Routes = () => {},
  over: Partial<HttpOptions> = {},
  env: Record<string, string> = {},
): Promise<TestHttp> {
  const log: string[] = []
  const app = await createHttp({
    settings: readSettings(env),
    log: createLog('trace', (line) => log.push(line)),
    metrics: createMetrics(),
    checks: [],
    version: '0.0.0',
    webFiles: undefined,
    ...over,
  })
  await addRoutes(app, '/api/v1', [routes])
  return { app, log }
}
