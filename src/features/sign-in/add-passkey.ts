// A signed-in person adds a passkey: first a challenge for their browser, then what their authenticator made of it.
import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Context } from '../../context/context.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import { actingPerson, historyOf } from '../people/steps.ts'
import { passkeyLetter } from './letters.ts'
import { type Passkey, parsePasskeyName, passkeyNameLength, passkeysPerPerson, requireRelyingParty, wrongPasskey } from './passkey-rules.ts'
import { addChallenge, passkeysOf, addPasskey as save, takeChallenge } from './passkey-store.ts'
import { requireFreshSignIn } from './steps.ts'
import { checkCreation, claimedChallenge, creationOptions } from './webauthn.ts'

const self = { kind: 'self' } as const

/** Options for `navigator.credentials.create`. Refuses `not-allowed` after a sign-in of more than thirty minutes ago, `too-many` beyond twenty passkeys. */
export async function offerPasskey(ctx: Context): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const party = requireRelyingParty(ctx.house.settings.publicUrl)
  return ctx.writing('self:manage', self, async (tx) => {
    const { personId, name, email } = actingPerson(tx)
    await requireFreshSignIn(tx)
    const known = await passkeysOf(tx, personId)
    if (known.length >= passkeysPerPerson) refuse('too-many', `You have ${passkeysPerPerson} passkeys. Remove one first.`)
    const options = await creationOptions(party, tx.law.names.vendor, { id: personId, name, email }, known)
    await addChallenge(tx, options.challenge, 'register', personId)
    tx.record({ what: 'passkey.offered', on: { kind: 'person', id: personId }, detail: { person: name } })
    return options
  })
}

/** Keeps the new passkey and writes to the person that there is one (V6.3.7). The challenge is theirs, counts once, and is taken out with it. */
export async function addPasskey(ctx: Context, input: { name: string; response: RegistrationResponseJSON }): Promise<Passkey> {
  const party = requireRelyingParty(ctx.house.settings.publicUrl)
  const name = parsePasskeyName(input.name) ?? refuseField('name', `A name has 1 to ${passkeyNameLength} letters, on one line.`)
  const challenge = claimedChallenge(input.response.response.clientDataJSON)
  const made = challenge === undefined ? undefined : await checkCreation(party, challenge, input.response)
  if (challenge === undefined || !made) throw wrongPasskey('What the authenticator answered could not be checked. Try again.')
  const transports = (input.response.response.transports ?? []).slice(0, 10)
  return ctx.writing('self:manage', self, async (tx) => {
    const actor = actingPerson(tx)
    await requireFreshSignIn(tx)
    if (!(await takeChallenge(tx, challenge, 'register', actor.personId)))
      throw wrongPasskey('This took longer than five minutes, or was done already. Try again.')
    const passkey = await save(tx, { ...made, personId: actor.personId, transports, name })
    if (!passkey) throw wrongPasskey('This passkey is known already.')
    tx.record({
      what: 'passkey.added',
      ...historyOf(actor),
      on: { kind: 'person', id: actor.personId },
      detail: { person: actor.name, passkey: name },
    })
    tx.post({
      letter: 'passkey-added',
      to: { person: actor.personId },
      ...passkeyLetter('added', name, tx.settings.publicUrl, tx.law.names.vendor),
    })
    return passkey
  })
}
