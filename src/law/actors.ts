// Who asks or acts.
import type { KeyId, OrganizationId, PersonId, SessionId } from '../kernel/ids.ts'
import type { Side } from './law.ts'

export interface PersonActor {
  readonly kind: 'person'
  readonly personId: PersonId
  readonly name: string
  readonly email: string
  readonly organizationId: OrganizationId
  readonly organizationName: string
  readonly side: Side
  readonly roles: readonly string[]
  readonly sessionId: SessionId
  /** The one customer to which the session is locked (BX-11). */
  readonly focus?: OrganizationId | null
}

/** An API key: of the vendor, one customer or one partner. An operator's key runs the portal. */
export interface KeyActor {
  readonly kind: 'key'
  /** Null for the bootstrap key and the machine's own operator key, which stand in no table. */
  readonly keyId: KeyId | null
  readonly name: string
  readonly side: Side
  /** Null only for an operator's key while no vendor is recorded yet. */
  readonly organizationId: OrganizationId | null
  readonly operator: boolean
}

/** The server's own work, for instance signing people in or delivering letters. */
export interface SystemActor {
  readonly kind: 'system'
  readonly task: string
}

export interface Nobody {
  readonly kind: 'nobody'
}

export type Actor = PersonActor | KeyActor | SystemActor | Nobody

export const nobody: Nobody = { kind: 'nobody' }
