// A group of a partner's people: how it is called, and what may be done with it.
import type { Instant } from '../../kernel/instant.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'

/** So many at once that a form stays a form. */
export const mostAtOnce = 500

/** “Acme Robotics Phone Manager” (MI-011). */
export const groupName = (customer: string, gives: string): string => `${customer} ${gives}`.slice(0, 300)

/** The names as a list shows them: where two groups that stand are called alike, the number of the account stands behind each (M-A4). */
export function namesShown(
  groups: readonly { readonly id: string; readonly name: string; readonly customerNo: number | null }[],
): Map<string, string> {
  const alike = Map.groupBy(groups, ({ name }) => name)
  return new Map(
    groups.map(({ id, name, customerNo }) => [
      id,
      (alike.get(name)?.length ?? 0) > 1 && customerNo !== null ? `${name} (account ${customerNo})` : name,
    ]),
  )
}

/** Refuses (409) to fill what is over. */
export function refuseEnded(group: { readonly name: string; readonly endedAt: Instant | null }): void {
  if (group.endedAt !== null)
    refuse('stale', `The group “${group.name}” is gone: the access that it was made for was removed. Nothing was changed.`)
}

/** The people to add: all of the partner's own, each once, and none who is in it already. */
export function toAdd<P extends { readonly id: string }>(
  ids: readonly string[],
  people: readonly P[],
  members: readonly { readonly id: string }[],
): P[] {
  if (ids.length === 0) refuseField('personIds', 'Choose at least one person.')
  const named = [...new Set(ids)].map(
    (id) => people.find((person) => person.id === id) ?? refuseField('personIds', 'Somebody chosen here is nobody of your organization.'),
  )
  const added = named.filter(({ id }) => !members.some((member) => member.id === id))
  if (added.length === 0) refuseField('personIds', 'Nothing would change: they are in the group already.')
  return added
}
