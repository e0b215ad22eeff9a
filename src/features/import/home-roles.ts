// What somebody holds at home: roles for the whole organization, roles at single sites, switches. And who can be at home where.
import { domainOf } from '../../kernel/email-address.ts'
import type { HomeRoleLaw, Law } from '../../law/law.ts'
import type { Reference } from './references.ts'
import { siteReference } from './site-lines.ts'
import { expectedOne, type LineFault } from './world-kind.ts'
import type { OrganizationReference } from './world-lines.ts'

type SiteRole = { readonly role: string; readonly site: string }

export interface Held {
  readonly roles: string[]
  readonly siteRoles: SiteRole[]
  readonly switches: string[]
}

interface SaidHeld {
  readonly roles?: readonly string[] | undefined
  readonly siteRoles?: readonly SiteRole[] | undefined
  readonly switches?: readonly string[] | undefined
}

/** What the line says, or what stands; each once and in one order. */
export function heldBy(said: SaidHeld, standing: SaidHeld | undefined): Held {
  const siteRoles = new Map(
    (said.siteRoles ?? standing?.siteRoles ?? []).map(({ role, site }) => [JSON.stringify([role, site]), { role, site }]),
  )
  return {
    roles: [...new Set(said.roles ?? standing?.roles ?? [])].sort(),
    siteRoles: [...siteRoles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
    switches: [...new Set(said.switches ?? standing?.switches ?? [])].sort(),
  }
}

/** The sites of site roles: those of the home. */
export const siteRoleReferences = (
  siteRoles: readonly SiteRole[] | undefined,
  home: OrganizationReference | null | undefined,
): Reference[] =>
  home && 'customer' in home
    ? (siteRoles ?? []).map(({ site }, place) => siteReference(home.customer, site, `siteRoles.${place}.site`))
    : []

/** The first thing that the portal definition does not know on this side, or not at sites. */
export function heldFault(held: Held, home: OrganizationReference, law: Law): LineFault | undefined {
  return roleFault(held.roles, home, law) ?? siteRoleFault(held.siteRoles, home, law) ?? switchFault(held.switches, law)
}

type Side = HomeRoleLaw['side']
const sideOf = (home: OrganizationReference) => Object.keys(home)[0] as Side
const rolesOf = (side: Side, { homeRoles }: Law) => [...homeRoles.values()].filter((role) => role.side === side)

function roleFault(roles: readonly string[], home: OrganizationReference, law: Law): LineFault | undefined {
  const side = sideOf(home)
  const known = rolesOf(side, law).map(({ role }) => role)
  const place = roles.findIndex((role) => !known.includes(role))
  if (place < 0) return undefined
  return {
    field: `roles.${place}`,
    expected: `expected a role that a ${side}'s person can have: ${known.join(', ')}; not "${roles[place]}"`,
  }
}

function siteRoleFault(siteRoles: readonly SiteRole[], home: OrganizationReference, law: Law): LineFault | undefined {
  if (siteRoles.length > 0 && !('customer' in home))
    return { field: 'siteRoles', expected: "expected none: only a customer's people have roles at sites" }
  const roles = rolesOf('customer', law)
  const atSites = roles.filter(({ scopes }) => scopes.includes('sites')).map(({ role }) => role)
  const place = siteRoles.findIndex(({ role }) => !atSites.includes(role))
  if (place < 0) return undefined
  const { role } = siteRoles[place] as SiteRole
  const why = roles.some((one) => one.role === role) ? `"${role}" is held for the whole account only (MI-040)` : `there is no "${role}"`
  return {
    field: `siteRoles.${place}.role`,
    expected: `expected a role that can be held at single sites: ${atSites.join(', ') || 'none'}; ${why}`,
  }
}

function switchFault(switches: readonly string[], law: Law): LineFault | undefined {
  const known = law.switches.map(({ code }) => code)
  const place = switches.findIndex((name) => !known.includes(name))
  return place < 0 ? undefined : { field: `switches.${place}`, expected: expectedOne('a switch', law.switches) }
}

/** Whether an address is the vendor's: of its domain, or of one below it. */
export function isVendors(email: string | null | undefined, vendorDomain: string | null): email is string {
  return typeof email === 'string' && vendorDomain !== null && `.${domainOf(email)}`.endsWith(`.${vendorDomain}`)
}

/** The vendor's people are never people of a customer or partner: they get access by a grant of their own (OR-106). */
export function vendorsPersonFault(
  email: string | null | undefined,
  home: OrganizationReference,
  vendorDomain: string | null,
): LineFault | undefined {
  if ('vendor' in home || !isVendors(email, vendorDomain)) return undefined
  const side = sideOf(home)
  return {
    field: `home.${side}`,
    expected: `expected the vendor as home: ${email} is one of its people, who are never contacts of a ${side} (OR-106)`,
  }
}
