// The two ceremonies of WebAuthn, with every choice made: the passkey names its person by itself, and the authenticator has verified them.
// Source: W3C WebAuthn level 3 sections 7.1 and 7.2; OWASP ASVS 5.0 V6.7 (challenges of 64 bits or more, used once).
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Passkey } from './passkey-rules.ts'
import { challengeLifetime, type RelyingParty } from './passkey-rules.ts'

/** EdDSA, ES256, RS256 (COSE numbers): what every authenticator offers one of, and every runtime can check. */
const algorithms = [-8, -7, -257]

type Known = Pick<Passkey, 'credentialId' | 'transports'>
type Bytes = Uint8Array<ArrayBuffer>

/** What the browser needs to make a passkey for the person. Passkeys that they have already are named, so that a device makes no second one. */
export function creationOptions(
  party: RelyingParty,
  portal: string,
  person: { id: string; name: string; email: string },
  known: readonly Known[],
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpName: portal,
    rpID: party.id,
    userID: new TextEncoder().encode(person.id),
    userName: person.email,
    userDisplayName: person.name,
    timeout: challengeLifetime,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  })
}

/** What the browser needs to sign in with a passkey; no person is named, so nothing tells who has one. */
export function requestOptions(party: RelyingParty): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({ rpID: party.id, userVerification: 'required', timeout: challengeLifetime })
}

export interface MadePasskey {
  credentialId: string
  publicKey: Bytes
  counter: number
}

/** The passkey in a browser's answer, or undefined where anything about it is wrong. */
export async function checkCreation(
  party: RelyingParty,
  challenge: string,
  response: RegistrationResponseJSON,
): Promise<MadePasskey | undefined> {
  const { verified, registrationInfo } = await orNot(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    }),
  )
  if (!verified || registrationInfo === undefined) return undefined
  const { id, publicKey, counter } = registrationInfo.credential
  return { credentialId: id, publicKey: new Uint8Array(publicKey), counter }
}

/** The authenticator's new count where the answer is the passkey's, fresh and for this portal; otherwise undefined. */
export async function checkRequest(
  party: RelyingParty,
  challenge: string,
  response: AuthenticationResponseJSON,
  passkey: Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'personId'>,
): Promise<number | undefined> {
  // Nobody was named when the browser asked, so the passkey itself must name its person (section 7.2, step 6).
  if (Buffer.from(response.response.userHandle ?? '', 'base64url').toString() !== passkey.personId) return undefined
  const { verified, authenticationInfo } = await orNot(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
        transports: passkey.transports,
      },
    }),
  )
  return verified && authenticationInfo ? authenticationInfo.newCounter : undefined
}

/** The challenge that an answer claims to be for; whether we gave it is for the table to say. Answers from inside a foreign page have none. */
export function claimedChallenge(clientDataJson: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString())
    if (typeof claims !== 'object' || claims === null) return undefined
    const { challenge, crossOrigin } = claims as { challenge?: unknown; crossOrigin?: unknown }
    return typeof challenge === 'string' && challenge.length <= 200 && crossOrigin !== true ? challenge : undefined
  } catch {
    return undefined
  }
}

/** The library says no by throwing, with texts for developers; to the person every no is the same. */
async function orNot<T extends { verified: boolean }>(
  check: () => Promise<T>,
): Promise<T | { verified: false; registrationInfo?: never; authenticationInfo?: never }> {
  try {
    return await check()
  } catch {
    return { verified: false }
  }
}
