// Who may give whom which role in an organization, and who must stay in it.
import type { OrganizationId, PersonId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import type { Action, Law, Side } from '../../law/law.ts'

export interface SiteRole {
  readonly role: string
  readonly siteNo: number
}

/** What somebody has in an organization: roles for the whole of it, and roles at single sites. */
export interface Held {
  readonly roles: readonly string[]
  readonly siteRoles: readonly SiteRole[]
}

/** Somebody's time in an organization, running or over. */
export interface Member extends Held {
  readonly membershipId: string
  readonly personId: PersonId
  readonly name: string
  readonly email: string
  /** The start of the unbroken stay, whatever changed within it. */
  readonly since: Instant
  readonly until: Instant | null
  /** Those that are on; a change of roles leaves them as they are. */
  readonly switches: readonly string[]
}

export interface Place {
  readonly id: OrganizationId
  readonly name: string
  readonly side: Side
}

export const nothingHeld: Held = { roles: [], siteRoles: [] }

/** An administrator is whoever may manage the people; the role is given and taken by those alone who may make administrators (MI-041). */
export const administers = (law: Law, role: string): boolean => law.homeRoles.get(role)?.may.has('people:manage') === true

/** What the actor may do about roles in an organization. */
export interface Powers {
  readonly manage: boolean
  readonly makeAdministrator: boolean
  /** Says whose word counts for the organization (CD-051): its own administrators, and who runs the portal. */
  readonly validate: boolean
  /**
   * Null: any role but an administrator's. Otherwise whether the actor has all of a role themselves at a site, or (null) for the whole organization, as the law
   * says it: nobody else gives or takes more than they hold.
   */
  readonly within: ((role: string, siteNo: number | null) => boolean) | null
}

/** Refuses (403) whoever manages the people by access that was given. */
export function refuseUnlessValidates({ validate }: Pick<Powers, 'validate'>): void {
  if (!validate)
    refuse('not-allowed', 'Only an administrator of the organization itself says whose word counts for it. Nothing was changed.')
}

const keyOf = ({ role, siteNo }: SiteRole): string => `${role} ${siteNo}`

/** Each role once, in one order; what is held for the whole organization is not held at a site beside it (MI-040). */
export function tidied({ roles, siteRoles }: Held): Held {
  const whole = [...new Set(roles)].sort()
  const atSites = new Map(siteRoles.filter(({ role }) => !whole.includes(role)).map((one) => [keyOf(one), one]))
  return { roles: whole, siteRoles: [...atSites].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one) }
}

export const isSame = (a: Held, b: Held): boolean => JSON.stringify(tidied(a)) === JSON.stringify(tidied(b))

/** Refuses roles that the portal does not know on this side, or does not know at single sites (MI-040). */
export function refuseUnknown(law: Law, side: Side, { roles, siteRoles }: Held): void {
  const known = [...law.homeRoles.values()].filter((role) => role.side === side)
  const names = known.map(({ role }) => role).join(', ')
  for (const role of roles)
    if (!known.some((one) => one.role === role)) refuseField('roles', `There is no such role here. There are: ${names}.`)
  for (const { role } of siteRoles) {
    const one = known.find((each) => each.role === role)
    if (!one) refuseField('siteRoles', `There is no such role here. There are: ${names}.`)
    if (side !== 'customer' || !one.scopes.includes('sites'))
      refuseField('siteRoles', `“${role}” is held for the whole account only. Nothing was changed.`)
  }
}

/** Refuses a difference that the actor may not make; whoever has no role and gets none changes nothing of this. */
export function refuseUngiven(law: Law, powers: Powers, before: Held, after: Held): void {
  const places = ({ roles, siteRoles }: Held) =>
    new Map([...roles.map((role) => ({ role, siteNo: null })), ...siteRoles].map((one) => [`${one.role} ${one.siteNo}`, one]))
  const [was, is] = [places(before), places(after)]
  const moved = [...new Map([...was, ...is])].filter(([code]) => was.has(code) !== is.has(code)).map(([, one]) => one)
  for (const { role, siteNo } of moved) {
    if (administers(law, role) && !powers.makeAdministrator)
      refuse('not-allowed', `Only who may make administrators gives or takes “${role}”. Nothing was changed.`)
    if (powers.within?.(role, siteNo) === false)
      refuse('not-allowed', `“${role}” allows more than you may do yourself here, so you cannot give or take it. Nothing was changed.`)
  }
}

/** What must not be lost with the last who may do it: managing the people, and making administrators. */
const neverWithout: readonly Action[] = ['people:manage', 'people:make_administrator']

/** Refuses (409) what would leave the organization without anybody who manages its people, or makes administrators (MI-036). */
export function refuseWithoutAdministrator(law: Law, before: readonly Held[], after: readonly Held[]): void {
  for (const action of neverWithout) {
    const able = (some: readonly Held[]) => some.some(({ roles }) => roles.some((role) => law.homeRoles.get(role)?.may.has(action)))
    if (able(before) && !able(after))
      refuse(
        'overlaps',
        'Nobody would be left who manages the people here. Make somebody else an administrator first. Nothing was changed.',
      )
  }
}

/** Nobody changes their own entry (CD-053): what they have is for the others to say. */
export function refuseOwn(personId: string, actorId: string | null): void {
  if (personId === actorId) refuse('not-allowed', 'Nobody changes their own entry. Ask another administrator. Nothing was changed.')
}
