// Somebody types the code from the letter, and is signed in if it is the newest one of their address, unused and not too old.
import type { Context } from '../../context/context.ts'
import { parseEmailAddress } from '../../kernel/email-address.ts'
import { Refusal, refuseField } from '../../kernel/refusal.ts'
import type { Me } from '../people/rules.ts'
import { parseCode, tidyUserAgent } from './rules.ts'
import { codeMatches, hashToken, newToken } from './secrets.ts'
import { portal, signInContext, signInTask } from './sign-in-context.ts'
import { startSession } from './steps.ts'
import { takeAttempt, useCode } from './store.ts'

export interface SignedIn {
  /** For the cookie, and for nothing else: it is not kept. */
  token: string
  me: Me
}

/** One answer for a wrong, old, used or replaced code, for an unknown address and for a person who left. */
const noSuchCode = (): Refusal => {
  const sentence =
    'This code does not open anything. Check the newest letter, or ask for a new code: one counts for ten minutes and five tries.'
  return new Refusal('invalid-input', sentence, { field: 'code', fields: [{ field: 'code', sentence }] })
}

/**
 * Counts the attempt first and for good, compares outside any transaction (the hash is slow), then uses the code up and starts the session in
 * one: of two at once with the right code, one is signed in (V6.5.1). Refuses `invalid-input` and says no more than that.
 */
export async function signInWithCode(
  ctx: Context,
  input: { email: string; code: string; userAgent?: string | undefined },
): Promise<SignedIn> {
  const email = parseEmailAddress(input.email) ?? refuseField('email', 'This is no e-mail address. Write it like dana@example.com.')
  const code = parseCode(input.code) ?? refuseField('code', 'A code has eight digits, such as 1234-5678.')
  const door = signInContext(ctx)
  const attempt = await door.writing(signInTask, portal, async (tx) => {
    const taken = await takeAttempt(tx, email)
    tx.record({ what: 'sign_in.code_tried', detail: { hadLiveCode: taken !== undefined } })
    return taken
  })
  const isRight = await codeMatches(code, attempt?.codeHash)
  if (!attempt || !isRight) throw noSuchCode()
  const token = newToken()
  const me = await door.writing(signInTask, portal, async (tx) => {
    if (!(await useCode(tx, attempt.codeId))) throw noSuchCode()
    const session = { tokenHash: hashToken(token), how: 'code' as const, userAgent: tidyUserAgent(input.userAgent) }
    const started = await startSession(tx, { email }, ctx.actor, session)
    if (!started) throw noSuchCode()
    return started
  })
  return { token, me }
}
