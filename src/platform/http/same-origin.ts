// A change asked for with a cookie must come from a page of this portal, or any page in the world could ask for it in a visitor's name.
import type { FastifyRequest } from 'fastify'
import { UnreadableRequest } from './wrong-request.ts'

const changesNothing = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Throws for a changing request from a foreign page (OWASP ASVS 5.0 V3.5). A request with a key is none: it is the key's and never the cookie's, and
 * no foreign page can send one unasked. With a session cookie the browser must say that the page is ours; without one (signing in), it must not say otherwise.
 */
export function refuseForeignPages(request: FastifyRequest, publicUrl: string): void {
  if (changesNothing.has(request.method) || bearerOf(request) !== undefined) return
  const said = originSaid(request, publicUrl)
  const hasCookie = /(?:^|;\s*)(?:__Host-)?latchkey_session=/.test(request.headers.cookie ?? '')
  if (said === 'foreign' || (said === 'unsaid' && hasCookie))
    throw new UnreadableRequest('not-allowed', 'This request did not come from a page of this portal, so nothing was done.')
}

function originSaid({ headers, host }: FastifyRequest, publicUrl: string): 'ours' | 'foreign' | 'unsaid' {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' ? 'ours' : 'foreign'
  const { origin } = headers
  if (origin === undefined) return 'unsaid'
  if (origin === publicUrl) return 'ours'
  return URL.canParse(origin) && new URL(origin).host === host ? 'ours' : 'foreign'
}

/**
 * What stands after `Authorization: Bearer`, whatever it is: who sends it asks with a key and not with the cookie beside it. Other schemes, such as the
 * Basic of a proxy in front, are not ours and say nothing.
 */
export function bearerOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const asKey = /^Bearer(?:\s+(.*))?$/i.exec(headers.authorization ?? '')
  return asKey ? (asKey[1] ?? '') : undefined
}
