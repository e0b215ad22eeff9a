// The lock of a session to one customer over HTTP.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { endFocus, readFocus, setFocus } from './set-focus.ts'

const tags = ['people']
const response = { 200: z.object({ customer: z.object({ id: z.string(), name: z.string() }).nullable().describe('Null: not locked') }) }

/** `GET`, `PUT`, `DELETE /me/focus` — 401 for nobody, 403 for keys; 404 for a customer that one does not know, 409 while it is locked to another. */
export const focusRoutes: Routes = (app) => {
  app.get('/me/focus', { schema: { summary: 'To which customer this session is locked', tags, response } }, (request) =>
    readFocus(request.ctx),
  )
  app.put(
    '/me/focus',
    {
      schema: {
        summary: 'Lock this session to one customer',
        description: 'Until it is unlocked, lists, searches, counts and pages of this session show nothing of another customer.',
        tags,
        body: z.strictObject({ customerId: z.string().max(64) }),
        response,
      },
    },
    (request) => setFocus(request.ctx, request.body),
  )
  app.delete('/me/focus', { schema: { summary: 'Unlock this session', tags, response } }, (request) => endFocus(request.ctx))
}
