// Somebody answers a challenge with a passkey, and is signed in if the passkey is one of theirs and the answer is fresh.
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { Context } from '../../context/context.ts'
import { requireRelyingParty, wrongPasskey } from './passkey-rules.ts'
import { notePasskeyUse, passkeyByCredential, takeChallenge } from './passkey-store.ts'
import { tidyUserAgent } from './rules.ts'
import { hashToken, newToken } from './secrets.ts'
import { portal, signInContext, signInTask } from './sign-in-context.ts'
import type { SignedIn } from './sign-in-with-code.ts'
import { startSession } from './steps.ts'
import { checkRequest, claimedChallenge } from './webauthn.ts'

const refusal = () => wrongPasskey('This passkey does not open anything here. Try again, or use a mailed code.')

/**
 * Takes the challenge out first and for good, checks the signature outside any transaction, then notes the use and starts the session in one.
 * Refuses `invalid-input` alike for an unknown passkey, a used or old challenge, a wrong signature, a count that did not grow (a copied
 * passkey) and a person who left.
 */
export async function signInWithPasskey(
  ctx: Context,
  input: { response: AuthenticationResponseJSON; userAgent?: string | undefined },
): Promise<SignedIn> {
  const party = requireRelyingParty(ctx.house.settings.publicUrl)
  const { response } = input
  const challenge = claimedChallenge(response.response.clientDataJSON)
  if (challenge === undefined) throw refusal()
  const door = signInContext(ctx)
  const passkey = await door.writing(signInTask, portal, async (tx) => {
    const isOurs = await takeChallenge(tx, challenge, 'sign_in', null)
    const known = await passkeyByCredential(tx, response.id)
    tx.record({
      what: 'sign_in.passkey_tried',
      ...(known ? { on: { kind: 'person', id: known.personId } } : {}),
      detail: { hadChallenge: isOurs },
    })
    return isOurs ? known : undefined
  })
  const counter = passkey && (await checkRequest(party, challenge, response, passkey))
  if (!passkey || counter === undefined) throw refusal()
  const token = newToken()
  const me = await door.writing(signInTask, portal, async (tx) => {
    if (!(await notePasskeyUse(tx, passkey.id, counter))) throw refusal()
    const session = { tokenHash: hashToken(token), how: 'passkey' as const, userAgent: tidyUserAgent(input.userAgent) }
    const started = await startSession(tx, { id: passkey.personId }, ctx.actor, session)
    if (!started) throw refusal()
    return started
  })
  return { token, me }
}
