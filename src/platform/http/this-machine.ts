// Whether a request comes from the machine that the server runs on, and not through something that merely stands there.
import type { FastifyRequest } from 'fastify'

const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const localNames = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i
const tracesOfProxies = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'] as const

/**
 * The connection comes over loopback, no proxy left a trace, and the address asked for is a name of this machine itself, so that
 * neither a reverse proxy nor a foreign name that points here (DNS rebinding) counts. In doubt: no.
 */
export function isFromThisMachine(request: FastifyRequest): boolean {
  return (
    loopback.test(request.socket.remoteAddress ?? '') &&
    localNames.test(request.headers.host ?? '') &&
    tracesOfProxies.every((name) => request.headers[name] === undefined)
  )
}
