// Audit: what was done, by whom, for whom; written in the transaction of the work itself, so that neither exists without the other.
import type pg from 'pg'
import type { Instant } from '../kernel/instant.ts'
import type { Actor } from '../law/actors.ts'

export interface AuditEntry {
  /** What happened, as a word of the product: 'access_request.approved', 'grant.removed'. */
  readonly what: string
  /** Whose account it concerns, and which partner. */
  readonly customerId?: string | null
  readonly partnerId?: string | null
  readonly on?: { readonly kind: string; readonly id: string }
  /** The grant by which it was allowed. */
  readonly grantId?: string | null
  /** Names as they were, before and after; readable when the people are gone. */
  readonly detail: Readonly<Record<string, unknown>>
}

/** Writes the entries under the actor's own role; the policy lets nobody write in another's name. */
export async function writeAudit(
  client: pg.ClientBase,
  actor: Actor,
  at: Instant,
  requestRef: string,
  entries: readonly AuditEntry[],
): Promise<void> {
  const who = signature(actor)
  for (const entry of entries) {
    await client.query(
      `insert into audit_entries (at, what, actor_kind, actor_id, actor_name, actor_organization_id, customer_id, partner_id, on_kind, on_id, grant_id, detail, request_ref)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        at,
        entry.what,
        who.kind,
        who.id,
        who.name,
        who.organizationId,
        entry.customerId ?? null,
        entry.partnerId ?? null,
        entry.on?.kind ?? null,
        entry.on?.id ?? null,
        entry.grantId ?? null,
        JSON.stringify(entry.detail),
        requestRef.slice(0, 200),
      ],
    )
  }
}

function signature(actor: Actor): { kind: string; id: string | null; name: string; organizationId: string | null } {
  switch (actor.kind) {
    case 'person':
      return { kind: 'person', id: actor.personId, name: actor.name, organizationId: actor.organizationId }
    case 'key':
      return { kind: 'key', id: actor.keyId, name: actor.name, organizationId: actor.organizationId }
    case 'system':
      return { kind: 'system', id: null, name: actor.task, organizationId: null }
    case 'nobody':
      return { kind: 'nobody', id: null, name: 'nobody', organizationId: null }
  }
}
