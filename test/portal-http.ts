// A world's sign-in, profile and keys over HTTP: the real server without a socket, and a browser's cookie for whoever signs in.
import { expect } from 'vitest'
import { createContext } from '../src/context/context.ts'
import { giveContext } from '../src/context/on-request.ts'
import { apiKeyRoutes } from '../src/features/api-keys/routes.ts'
import { peopleRoutes } from '../src/features/people/routes.ts'
import { identify } from '../src/features/sign-in/identify.ts'
import { passkeyRoutes } from '../src/features/sign-in/passkey-routes.ts'
import { signInRoutes } from '../src/features/sign-in/routes.ts'
import { sessionCookieName } from '../src/features/sign-in/rules.ts'
import type { Routes } from '../src/platform/http/routes.ts'
import { testHttp } from './http.ts'
import type { World } from './world.ts'

export type PortalHttp = Awaited<ReturnType<typeof portalHttp>>

interface Sent {
  cookie?: string | undefined
  bearer?: string
  userAgent?: string
}

export async function portalHttp(
  world: World,
  options: { env?: Record<string, string>; operatorKey?: string; more?: readonly Routes[] } = {},
) {
  const { house } = world
  const cookieName = sessionCookieName(house.settings.publicUrl)
  const { app, log } = await testHttp(
    (scope) => {
      giveContext(scope, async (request) => {
        const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
        const { operatorKey } = options
        return createContext(
          house,
          await identify(house, { cookie: request.cookies[cookieName], bearer, operatorKey, requestRef: request.id }),
          request.id,
        )
      })
      for (const routes of [signInRoutes, passkeyRoutes, peopleRoutes, apiKeyRoutes, ...(options.more ?? [])]) routes(scope)
    },
    {},
    // A test signs in more often in a minute than a network address may.
    { LATCHKEY_SIGN_IN_RATE: '100000', LATCHKEY_PUBLIC_URL: house.settings.publicUrl, ...options.env },
  )

  const send = (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    { cookie, bearer, userAgent }: Sent = {},
    body?: unknown,
  ) =>
    app.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        'sec-fetch-site': 'same-origin',
        'user-agent': userAgent ?? 'Test/1.0',
        ...(cookie === undefined ? {} : { cookie: `${cookieName}=${cookie}` }),
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      },
      ...(body === undefined ? {} : { payload: body as object }),
    })

  const lettersTo = async (email: string) =>
    (
      await world.stage.owner.query<{ id: string; body_text: string }>(
        "select o.id, o.body_text from outbox o join people p on p.id = o.to_person_id where p.email = $1 and o.letter = 'sign-in-code'",
        [email],
      )
    ).rows
  /** Asks for a code; the code in the letter that came of it. */
  const askForCode = async (email: string): Promise<string> => {
    const before = new Set((await lettersTo(email)).map(({ id }) => id))
    expect((await send('POST', '/sign-in/codes', {}, { email })).statusCode).toBe(202)
    const letter = (await lettersTo(email)).find(({ id }) => !before.has(id))
    return /\b\d{4}-\d{4}\b/.exec(letter?.body_text ?? '')?.[0] ?? 'no letter'
  }
  const tokenOf = (answer: Awaited<ReturnType<typeof send>>) => answer.cookies.find(({ name }) => name === cookieName)?.value ?? ''
  return {
    app,
    log,
    send,
    askForCode,
    tokenOf,
    /** Signs in with a mailed code; the session's token. */
    signIn: async ({ email }: { email: string }, sent: Sent = {}): Promise<string> => {
      const answer = await send('POST', '/sign-in/sessions', sent, { email, code: await askForCode(email) })
      expect(answer.statusCode).toBe(201)
      return tokenOf(answer)
    },
  }
}
