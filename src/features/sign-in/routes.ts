// Signing in and out over HTTP, and the list of one's own sessions.
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { lookAnswer } from '../../platform/shapes/look-shape.ts'
import type { Me } from '../people/rules.ts'
import { askForCode } from './ask-for-code.ts'
import { listSessions } from './list-sessions.ts'
import { isHttps, sessionCookieName, sessionLongest } from './rules.ts'
import { type SignedIn, signInWithCode } from './sign-in-with-code.ts'
import { endSession, signOut, signOutEverywhere } from './sign-out.ts'

const emailField = z.string().max(320).describe('An e-mail address, ASCII, up to 254 characters')
const codeRequest = z.strictObject({ email: emailField })
const codeAnswer = z.strictObject({ email: emailField, code: z.string().max(40).describe('Eight digits; spaces and dashes are ignored') })

/** What signing in answers with: the same as GET /me. */
export const signedInSchema = z
  .object({
    person: z.object({ id: z.string(), name: z.string(), email: z.string(), language: z.string(), timeZone: z.string().nullable() }),
    organization: z.object({ id: z.string(), name: z.string(), side: z.enum(['customer', 'partner', 'vendor']), timeZone: z.string() }),
    roles: z.array(z.string()),
    abilities: z.array(z.custom<Me['abilities'][number]>()),
    vendor: z.object({ name: z.string() }),
    mailIsSent: z.boolean(),
    looking: lookAnswer.nullable().describe('Through whose eyes this session looks; then the person above is theirs'),
  })
  .meta({ id: 'SignedIn' }) satisfies z.ZodType<Me>

const sessionSchema = z.object({
  id: z.string(),
  how: z.enum(['code', 'passkey']),
  userAgent: z.string().nullable(),
  createdAt: z.string(),
  lastSeenAt: z.string().describe('Noted once in an hour'),
  current: z.boolean(),
})

const cookieOptions = (publicUrl: string) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(publicUrl) }) as const

/** Hands the token to the browser: no script can read it, no foreign page can post with it, and with https it stays on this host. */
export function sendSession(reply: FastifyReply, publicUrl: string, { token, me }: SignedIn): Me {
  reply.setCookie(sessionCookieName(publicUrl), token, { ...cookieOptions(publicUrl), maxAge: sessionLongest / 1000 })
  reply.code(201)
  return me
}

const dropSession = (reply: FastifyReply, publicUrl: string) =>
  reply.clearCookie(sessionCookieName(publicUrl), cookieOptions(publicUrl)).code(204).send(null)

const empty = z.null().describe('Nothing')
const limit = { limit: 'sign-in' } as const
const tags = ['sign-in']

/**
 * `POST /sign-in/codes` — 202 for every well-formed address; 429 beyond five in an hour for one address, or too many from one network address.
 * `POST /sign-in/sessions` — 201 and the cookie; 400 with field `code` for whatever is wrong with it.
 * `DELETE /me/session`, `/me/sessions`, `/me/sessions/{id}` — sign out here, everywhere, there. `GET /me/sessions` — the live ones.
 */
export const signInRoutes: Routes = (app) => {
  const asked = z.object({ sent: z.literal(true) })
  app.post(
    '/sign-in/codes',
    { config: limit, schema: { summary: 'Have a code mailed', tags, body: codeRequest, response: { 202: asked } } },
    async ({ ctx, body }, reply) => {
      await askForCode(ctx, body)
      return reply.code(202).send({ sent: true })
    },
  )
  app.post(
    '/sign-in/sessions',
    { config: limit, schema: { summary: 'Sign in with the mailed code', tags, body: codeAnswer, response: { 201: signedInSchema } } },
    async ({ ctx, body, headers }, reply) => {
      const signedIn = await signInWithCode(ctx, { ...body, userAgent: headers['user-agent'] })
      return sendSession(reply, ctx.house.settings.publicUrl, signedIn)
    },
  )
  const signingOut = { config: { whileLooking: true }, schema: { summary: 'Sign out', tags, response: { 204: empty } } }
  app.delete('/me/session', signingOut, async ({ ctx }, reply) => {
    if (ctx.actor.kind !== 'nobody') await signOut(ctx)
    return dropSession(reply, ctx.house.settings.publicUrl)
  })
  app.delete('/me/sessions', { schema: { summary: 'Sign out everywhere', tags, response: { 204: empty } } }, async ({ ctx }, reply) => {
    await signOutEverywhere(ctx)
    return dropSession(reply, ctx.house.settings.publicUrl)
  })
  const one = z.object({ id: z.string().max(200) })
  app.delete(
    '/me/sessions/:id',
    { schema: { summary: 'End one of your sessions', tags, params: one, response: { 204: empty } } },
    async ({ ctx, params }, reply) => {
      await endSession(ctx, params.id)
      return reply.code(204).send(null)
    },
  )
  const sessions = z.object({ items: z.array(sessionSchema) })
  app.get('/me/sessions', { schema: { summary: 'Where you are signed in', tags, response: { 200: sessions } } }, async ({ ctx }) => ({
    items: await listSessions(ctx),
  }))
}
