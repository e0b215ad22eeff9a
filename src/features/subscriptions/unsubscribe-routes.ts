// The address that a mail program posts to when its reader clicks “unsubscribe” (RFC 8058), and to which the page with the button posts.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { unsubscribe } from './unsubscribe.ts'

/**
 * `POST /unsubscribe?token=` — 200 however often; 404 for whatever is wrong with the token; 429 for too many from one network address. Opening it (GET) shows
 * the interface's page with a button and changes nothing: scanners open links.
 */
export const unsubscribeRoutes: Routes = (app) => {
  // Mail programs send `List-Unsubscribe=One-Click` as a form of either kind. It says nothing more than the POST itself, so it is not read.
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, _body, done) => done(null, undefined))
  app.post(
    '/unsubscribe',
    {
      // The token is all that counts, whatever the browser's session is doing.
      config: { limit: 'asking', multipart: true, whileLooking: true },
      schema: {
        summary: 'Decline the letters of which this is one',
        description: 'The address stands in the List-Unsubscribe header of a letter that may be declined. Nobody needs to be signed in.',
        tags: ['notices'],
        querystring: z.strictObject({ token: z.string().max(8000).default('') }),
        response: { 200: z.object({ unsubscribed: z.literal(true) }) },
      },
    },
    (request) => unsubscribe(request.ctx, request.query),
  )
}
