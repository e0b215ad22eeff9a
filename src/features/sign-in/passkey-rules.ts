// The rules of passkeys: to whom they are bound, how many a person has, and the one answer to whatever is wrong.
// Source: W3C WebAuthn level 3; OWASP ASVS 5.0 V6.7.
import type { Id, PersonId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { Refusal, refuse } from '../../kernel/refusal.ts'

/** A challenge counts once, and for five minutes. */
export const challengeLifetime = 5 * 60_000
export const passkeysPerPerson = 20
export const passkeyNameLength = 100

export type PasskeyId = Id<'passkey'>

export interface Passkey {
  id: PasskeyId
  personId: PersonId
  credentialId: string
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  transports: string[]
  name: string
  createdAt: Instant
  lastUsedAt: Instant | null
}

export interface RelyingParty {
  id: string
  origin: string
}

/** Whom a passkey is bound to. Undefined where browsers make none: for an address that is a number, and without https except on localhost. */
export function relyingParty(publicUrl: string): RelyingParty | undefined {
  const { hostname, origin, protocol } = new URL(publicUrl)
  const isNumber = hostname.startsWith('[') || /^[0-9.]+$/.test(hostname)
  const isSecure = protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
  return isNumber || !isSecure ? undefined : { id: hostname, origin }
}

/** The same, refused in words where there is none. */
export function requireRelyingParty(publicUrl: string): RelyingParty {
  const sentence = 'Passkeys need this portal to be reached by a host name over https (or as localhost). Use a mailed code.'
  return relyingParty(publicUrl) ?? refuse('not-allowed', sentence)
}

/** One answer for whatever is wrong with an authenticator's answer: to the person it is the same, and it helps nobody who tries. */
export function wrongPasskey(sentence: string): Refusal {
  return new Refusal('invalid-input', sentence, { field: 'response', fields: [{ field: 'response', sentence }] })
}

/** The name of a passkey as it is kept, or undefined where it is empty, too long or on several lines. */
export function parsePasskeyName(text: string): string | undefined {
  const name = text.trim()
  return name.length >= 1 && name.length <= passkeyNameLength && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name) ? name : undefined
}
