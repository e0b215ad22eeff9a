// Who has the duties of a role: whoever has the role, and while nobody does, those to whom it falls back (MI-037).
import type { Law } from '../../law/law.ts'
import type { Held } from './rules.ts'

export interface Duty<P> {
  readonly role: string
  /** Whose role they are: the role itself, or the one to which it fell back; null: nobody has them. */
  readonly by: string | null
  readonly people: readonly P[]
}

/**
 * At a site: whoever has the role there, then whoever has it for the account, and then the same of the role to which it falls back, and so on.
 * Without a site: for the account alone.
 */
export function dutyOf<P extends Held>(law: Law, people: readonly P[], role: string, siteNo: number | null): Duty<P> {
  for (let by: string | undefined = role; by !== undefined; by = law.homeRoles.get(by)?.fallsBackTo) {
    const code = by
    const there = people.filter(({ siteRoles }) => siteRoles.some((held) => held.role === code && held.siteNo === siteNo))
    const whole = people.filter(({ roles }) => roles.includes(code))
    const found = there.length > 0 ? there : whole
    if (found.length > 0) return { role, by, people: found }
  }
  return { role, by: null, people: [] }
}

/** Every role of the customer's side that falls back to another, with whoever has its duties for the account. */
export const dutiesOf = <P extends Held>(law: Law, people: readonly P[]): Duty<P>[] =>
  [...law.homeRoles.values()]
    .filter(({ side, fallsBackTo }) => side === 'customer' && fallsBackTo !== undefined)
    .map(({ role }) => dutyOf(law, people, role, null))
