// Passkeys over HTTP: signing in with one, and looking after one's own.
import { z } from 'zod'
import type { Routes } from '../../platform/http/routes.ts'
import { addPasskey, offerPasskey } from './add-passkey.ts'
import { listPasskeys } from './list-passkeys.ts'
import { offerPasskeySignIn } from './offer-passkey-sign-in.ts'
import type { Passkey } from './passkey-rules.ts'
import { passkeyNameLength } from './passkey-rules.ts'
import { removePasskey } from './remove-passkey.ts'
import { sendSession, signedInSchema } from './routes.ts'
import { signInWithPasskey } from './sign-in-with-passkey.ts'

const bytes = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]*$/, 'expected base64url without padding')
const credentialId = bytes(1400).min(1)

// Browsers write these answers, and newer ones add fields: inside `response` unknown fields are left out instead of refused.
const common = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
}
const made = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bytes(8192),
    attestationObject: bytes(65_536),
    transports: z.array(z.string().max(32)).max(20).default([]),
  }),
})
const answered = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bytes(8192),
    authenticatorData: bytes(8192),
    signature: bytes(8192),
    userHandle: bytes(128)
      .nullish()
      .transform((handle) => handle ?? ''),
  }),
})

const options = z.looseObject({ challenge: z.string() }).describe('For the browser: the JSON form of WebAuthn level 3')
const nothing = z.strictObject({})
const passkeySchema = z.object({ id: z.string(), name: z.string(), createdAt: z.string(), lastUsedAt: z.string().nullable() })
const listed = ({ id, name, createdAt, lastUsedAt }: Passkey) => ({ id, name, createdAt, lastUsedAt })
const limit = { limit: 'sign-in' } as const
const tags = ['sign-in']

/**
 * `POST /sign-in/passkey-challenges`, `/sign-in/passkey-sessions` — sign in; 400 with field `response` for whatever is wrong with the passkey.
 * `POST /me/passkey-challenges`, `/me/passkeys` — add one (403 after a sign-in of more than thirty minutes ago). `GET`, `DELETE /me/passkeys`.
 */
export const passkeyRoutes: Routes = (app) => {
  app.post(
    '/sign-in/passkey-challenges',
    { config: limit, schema: { summary: 'Begin to sign in with a passkey', tags, body: nothing, response: { 200: options } } },
    async ({ ctx }) => ({ ...(await offerPasskeySignIn(ctx)) }),
  )
  app.post(
    '/sign-in/passkey-sessions',
    {
      config: limit,
      schema: { summary: 'Sign in with a passkey', tags, body: z.strictObject({ response: answered }), response: { 201: signedInSchema } },
    },
    async ({ ctx, body, headers }, reply) => {
      const signedIn = await signInWithPasskey(ctx, { response: body.response, userAgent: headers['user-agent'] })
      return sendSession(reply, ctx.house.settings.publicUrl, signedIn)
    },
  )
  app.post(
    '/me/passkey-challenges',
    { schema: { summary: 'Begin to add a passkey', tags, body: nothing, response: { 200: options } } },
    async ({ ctx }) => ({ ...(await offerPasskey(ctx)) }),
  )
  app.post(
    '/me/passkeys',
    {
      schema: {
        summary: 'Add a passkey',
        tags,
        body: z.strictObject({ name: z.string().max(passkeyNameLength), response: made }),
        response: { 201: passkeySchema },
      },
    },
    async ({ ctx, body }, reply) => reply.code(201).send(listed(await addPasskey(ctx, body))),
  )
  const passkeys = z.object({ items: z.array(passkeySchema) })
  app.get('/me/passkeys', { schema: { summary: 'Your passkeys', tags, response: { 200: passkeys } } }, async ({ ctx }) => ({
    items: (await listPasskeys(ctx)).map(listed),
  }))
  const one = z.object({ id: z.string().max(200) })
  app.delete(
    '/me/passkeys/:id',
    { schema: { summary: 'Remove a passkey', tags, params: one, response: { 204: z.null() } } },
    async ({ ctx, params }, reply) => {
      await removePasskey(ctx, params.id)
      return reply.code(204).send(null)
    },
  )
}
