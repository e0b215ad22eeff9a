// What AuthZEN 1.0 wants of every answer of its endpoints, where it is not what our own API does: any X-Request-ID comes back, and a wrong Content-Type is 400.
import { Refusal } from '../../kernel/refusal.ts'
import type { HttpApp } from '../../platform/http/routes.ts'
import { refusalOfRequest } from '../../platform/http/wrong-request.ts'

/** Holds for the routes that are added to the app after it, and for no others. */
export function speakAuthZen(app: HttpApp): void {
  // The identifier is an arbitrary string (10.1.3). The HTTP parser has let through only what a header may hold; the log and `ref` keep the tidy one.
  app.addHook('onSend', async (request, reply, payload) => {
    const given = request.headers['x-request-id']
    if (typeof given !== 'string') return payload
    reply.header('x-request-id', given)
    // Beside a text Node writes headers in the text's encoding; beside bytes it writes them as they came.
    return typeof payload === 'string' ? Buffer.from(payload) : payload
  })
  app.setErrorHandler((error) => {
    if (refusalOfRequest(error)?.code === 'wrong-media-type')
      throw new Refusal('invalid-input', 'This address takes JSON in UTF-8 (Content-Type: application/json).')
    throw error
  })
}
