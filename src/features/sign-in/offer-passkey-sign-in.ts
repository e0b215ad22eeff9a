// What a browser needs to sign somebody in with a passkey. It names nobody, so it tells nobody who has one.
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { Context } from '../../context/context.ts'
import { requireRelyingParty } from './passkey-rules.ts'
import { addChallenge } from './passkey-store.ts'
import { portal, signInContext, signInTask } from './sign-in-context.ts'
import { requestOptions } from './webauthn.ts'

/** Options for `navigator.credentials.get`, with a challenge that counts once and for five minutes. Refuses `not-allowed` where passkeys cannot work. */
export async function offerPasskeySignIn(ctx: Context): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await requestOptions(requireRelyingParty(ctx.house.settings.publicUrl))
  await signInContext(ctx).writing(signInTask, portal, async (tx) => {
    await addChallenge(tx, options.challenge, 'sign_in', null)
    tx.record({ what: 'sign_in.passkey_asked', detail: {} })
  })
  return options
}
