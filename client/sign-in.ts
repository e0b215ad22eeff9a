// Signing in, who I am, my sessions and passkeys, and the API keys of a portal.
import type { Call } from './call.ts'

export type Side = 'customer' | 'partner' | 'vendor'

/** Who is signed in, and what their role at home lets them do. */
export interface Me {
  person: { id: string; name: string; email: string; language: string; timeZone: string | null }
  organization: { id: string; name: string; side: Side; timeZone: string }
  roles: string[]
  abilities: string[]
  vendor: { name: string }
  mailIsSent: boolean
  /** Somebody looks through the eyes of the person above (BX-01); null: nobody does. */
  looking: Look | null
}

/** A look through the eyes of somebody of a partner, at one customer. */
export interface Look {
  customer: { id: string; name: string }
  partner: { id: string; name: string }
  /** Null: an ordinary person of the partner. */
  person: { id: string; name: string } | null
  since: string
  until: string
  /** Kinds of record that are left out, because whoever looks may not see all of them. */
  leftOut: { kind: string; many: string }[]
}

export interface Session {
  id: string
  how: 'code' | 'passkey'
  userAgent: string | null
  createdAt: string
  lastSeenAt: string
  current: boolean
}

export interface Passkey {
  id: string
  name: string
  createdAt: string
  lastUsedAt: string | null
}

export interface ApiKey {
  id: string
  name: string
  side: Side
  organization: { id: string; name: string }
  operator: boolean
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  endedAt: string | null
}

export interface NewApiKey {
  name: string
  side: Side
  /** The organization's external id, or its id. Not needed for the vendor. */
  organization?: string
  expiresOn?: string
  operator?: boolean
}

export function signInCalls(call: Call) {
  return {
    /** Sends a code, if the address is known. The answer is the same when it is not. */
    requestCode: (email: string) => call.send<{ sent: true }>('POST', '/api/v1/sign-in/codes', { email }),
    withCode: (email: string, code: string) => call.send<Me>('POST', '/api/v1/sign-in/sessions', { email, code }),
    passkeyChallenge: () => call.send<unknown>('POST', '/api/v1/sign-in/passkey-challenges', {}),
    withPasskey: (response: unknown) => call.send<Me>('POST', '/api/v1/sign-in/passkey-sessions', { response }),
  }
}

export function meCalls(call: Call) {
  return {
    read: () => call.get<Me>('/api/v1/me'),
    signOut: () => call.send<void>('DELETE', '/api/v1/me/session'),
    sessions: () => call.get<{ items: Session[] }>('/api/v1/me/sessions'),
    signOutEverywhere: () => call.send<void>('DELETE', '/api/v1/me/sessions'),
    passkeys: () => call.get<{ items: Passkey[] }>('/api/v1/me/passkeys'),
    passkeyChallenge: () => call.send<unknown>('POST', '/api/v1/me/passkey-challenges', {}),
    addPasskey: (name: string, response: unknown) => call.send<Passkey>('POST', '/api/v1/me/passkeys', { name, response }),
    removePasskey: (id: string) => call.send<void>('DELETE', `/api/v1/me/passkeys/${encodeURIComponent(id)}`),
  }
}

export function apiKeyCalls(call: Call) {
  return {
    /** The key itself is in this answer and nowhere else. */
    create: (key: NewApiKey) => call.send<ApiKey & { key: string }>('POST', '/api/v1/api-keys', key),
    list: () => call.get<{ items: ApiKey[] }>('/api/v1/api-keys'),
    end: (id: string) => call.send<void>('DELETE', `/api/v1/api-keys/${encodeURIComponent(id)}`),
  }
}
