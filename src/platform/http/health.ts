// /livez says that the process lives and touches nothing; /readyz asks every check and names what is wrong.
import type { HttpApp } from './routes.ts'

/** One line of /readyz. `check` resolves to undefined when all is well, or to a sentence that says what is wrong; what it throws stays in the log. */
export interface HealthCheck {
  readonly name: string
  readonly check: () => Promise<string | undefined>
}

const patienceMs = 3000

/** Adds both. /readyz answers 200 or 503 as plain text for people and probes; `?verbose` prints every line, otherwise only what is wrong. */
export function addHealth(app: HttpApp, checks: readonly HealthCheck[]): void {
  app.get('/livez', { schema: { hide: true }, logLevel: 'warn' }, async (_request, reply) => reply.type('text/plain').send('alive\n'))
  app.get('/readyz', { schema: { hide: true }, logLevel: 'warn' }, async (request, reply) => {
    const lines = await Promise.all(
      checks.map(async ({ name, check }) => {
        const wrong = await answerOf(check).catch((error: unknown) => {
          request.log.warn({ err: error, check: name }, 'a check of /readyz failed')
          return 'does not answer'
        })
        return { name, wrong }
      }),
    )
    const isReady = lines.every(({ wrong }) => wrong === undefined)
    const shown = request.url.includes('verbose') ? lines : lines.filter(({ wrong }) => wrong !== undefined)
    const text = [...shown.map(({ name, wrong }) => `${name}: ${wrong ?? 'ok'}`), isReady ? 'ready' : 'not ready'].join('\n')
    return reply
      .code(isReady ? 200 : 503)
      .type('text/plain')
      .header('cache-control', 'no-store')
      .send(`${text}\n`)
  })
}

function answerOf(check: () => Promise<string | undefined>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer in ${patienceMs / 1000} seconds`), patienceMs)
  })
  return Promise.race([Promise.resolve().then(check), late]).finally(() => clearTimeout(timer))
}
