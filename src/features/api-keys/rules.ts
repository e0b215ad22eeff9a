// The rules of API keys: what a key is, whom it may stand for, and when it counts.
// Source: OWASP ASVS 5.0 V6.5.2 (kept as a hash), V13.3 (ends at once); threats: a stolen key reaches one organization and not all.
import { addDays, endOfDay, type Instant, type LocalDate, localDateOf } from '../../kernel/instant.ts'
import { refuseField } from '../../kernel/refusal.ts'
import type { Side } from '../../law/law.ts'

export const keyNameLength = 100
export const organizationReferenceLength = 200
/** A key that is given an end ends within ten years. */
const longestKeyDays = 3650
/** Use is noted at most this often, so that a question does not write a row. */
export const keySeenEvery = 60 * 60_000

/** `lk_` and 256 bits in base64url: the prefix lets secret scanners and people recognise a key that leaked. */
const keyShape = /^lk_[A-Za-z0-9_-]{43}$/
export const looksLikeKey = (text: string): boolean => keyShape.test(text)

export interface NewKey {
  name: string
  side: Side
  /** The external id or the id of the customer or partner; the vendor is one and needs no naming. */
  organization: string | null
  /** The last day, in the organization's time zone; null: no end. */
  expiresOn: LocalDate | null
  /** Runs the portal: imports, keys, settings. For the vendor's automation alone. */
  operator: boolean
}

/** Refuses what no key may be, whoever asks. */
export function checkNewKey(key: NewKey): void {
  if (key.operator && key.side !== 'vendor') refuseField('operator', 'Only a key of the vendor can run the portal.')
  if (key.side !== 'vendor' && key.organization === null) refuseField('organization', `Say which ${key.side} the key is for.`)
}

/** The instant at which a key stops counting: the end of its last day where its organization is. */
export function keyEnd(expiresOn: LocalDate | null, zone: string, now: Instant): Instant | null {
  if (expiresOn === null) return null
  const today = localDateOf(now, zone)
  if (expiresOn < today) refuseField('expiresOn', 'The last day is over already.')
  if (expiresOn > addDays(today, longestKeyDays)) refuseField('expiresOn', 'The last day is more than ten years away.')
  return endOfDay(expiresOn, zone)
}

export interface KeyTimes {
  expiresAt: Instant | null
  endedAt: Instant | null
}

export type KeyState = 'active' | 'expired' | 'ended'

export function keyState(key: KeyTimes, now: Instant): KeyState {
  if (key.endedAt !== null) return 'ended'
  return key.expiresAt !== null && key.expiresAt <= now ? 'expired' : 'active'
}
