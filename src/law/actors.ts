// Who asks or acts.

import type { KeyId, OrganizationId, PersonId, SessionId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Side } from './law.ts'

/** A look through the eyes of somebody of a partner, at one customer (BX-01). */
export interface Look {
  readonly id: string
  /** Who looks: the person whose session it is. */
  readonly by: PersonActor
  readonly customer: { readonly id: OrganizationId; readonly name: string; readonly number: number }
  /** Null: through nobody's in particular, who has only what everybody at the partner has. The actor's id is then the look's, which is no person's. */
  readonly personId: PersonId | null
  /** The kinds of record of which whoever looks may see every one there; the others are left out. */
  readonly kinds: readonly string[]
  readonly since: Instant
  readonly until: Instant
}

/** What a session keeps of a look: ids and instants alone. Whether it still holds is asked anew with every request. */
export interface KeptLook {
  readonly id: string
  readonly partnerId: string
  /** Null: somebody at the partner who has only what everybody there has. */
  readonly personId: string | null
  readonly since: Instant
  readonly until: Instant
}

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
  /** Somebody else looks through this person's eyes (BX-01): nothing is done, and nothing of the person's own is shown. */
  readonly look?: Look
  /** The session's look ended by itself: nothing is shown until the person stopped it, so that nobody takes one's own for another's. */
  readonly lookIsOver?: boolean
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
