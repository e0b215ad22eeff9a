// A look through the eyes of somebody of a partner (BX-01): how long it lasts, and what of it is kept with the session and told to the interface.
import { addMilliseconds, type Instant } from '../../kernel/instant.ts'
import type { KeptLook, Look, PersonActor } from '../../law/actors.ts'
import type { Action, Law } from '../../law/law.ts'

/** Long enough to look around; short enough that nobody comes back to a forgotten screen and takes it for their own. */
const lasts = 15 * 60_000

export const begun = (id: string, choice: Pick<KeptLook, 'partnerId' | 'personId'>, now: Instant): KeptLook => ({
  id,
  ...choice,
  since: now,
  until: addMilliseconds(now, lasts),
})

/** A look as the interface shows it in its frame. */
export interface LookShown {
  readonly customer: { readonly id: string; readonly name: string }
  readonly partner: { readonly id: string; readonly name: string }
  /** Null: an ordinary person of the partner. */
  readonly person: { readonly id: string; readonly name: string } | null
  readonly since: string
  readonly until: string
  /** The kinds of record that are left out, because whoever looks may not see all of them there. */
  readonly leftOut: readonly { readonly kind: string; readonly many: string }[]
}

export function lookShown(law: Law, { name, organizationId, organizationName }: PersonActor, look: Look): LookShown {
  const { customer, personId, since, until } = look
  return {
    customer: { id: customer.id, name: customer.name },
    partner: { id: organizationId, name: organizationName },
    person: personId === null ? null : { id: personId, name },
    since,
    until,
    leftOut: [...law.kinds.values()]
      .filter(({ kind }) => !look.kinds.includes(kind))
      .map(({ kind, names }) => ({ kind, many: names.many })),
  }
}

/** What the menu of a look is made from: of what the roles allow at the partner, seeing what it was given. */
export const abilitiesInLook = (abilities: readonly Action[]): Action[] => abilities.filter((action) => action === 'access:read')
