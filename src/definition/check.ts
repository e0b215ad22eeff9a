// Whether a definition agrees with itself: every name that it uses is one that it declares, nothing includes itself, nothing reserved is given.
import { keyRole } from '../law/law.ts'
import { checkAccess } from './check-access.ts'
import { checkAccountRequests } from './check-account-requests.ts'
import { checkNotices } from './check-notices.ts'
import { checkPages } from './check-pages.ts'
import { checkRecords } from './check-records.ts'
import { checkRowSets } from './check-row-sets.ts'
import { checkIncludes, checkMay, type Faults, faultsIn, type Inconsistency, vendorsOwn } from './faults-in.ts'
import type { PortalDefinition } from './schema.ts'

/** Every inconsistency, in the order of the file. */
export function inconsistencies(definition: PortalDefinition): readonly Inconsistency[] {
  const faults = faultsIn()
  checkRecords(definition, faults)
  checkHome(definition, faults)
  checkAccess(definition, faults)
  checkRowSets(definition, faults)
  checkPages(definition, faults)
  checkNotices(definition, faults)
  checkAccountRequests(definition, faults)
  return faults.found
}

const sides = ['customer', 'partner', 'vendor'] as const

function checkHome(definition: PortalDefinition, faults: Faults): void {
  for (const side of sides) {
    const roles = definition.home[side]
    for (const [role, { includes, may, falls_back_to: instead }] of Object.entries(roles)) {
      const path = ['home', side, role]
      if (role === keyRole) faults.say(path, `"${keyRole}" is the role of keys and cannot name another.`)
      checkVendorOnly(path, side, may, faults)
      checkIncludes(path, { own: role, includes, all: roles, what: 'role' }, faults)
      if (instead !== undefined) checkFallback([...path, 'falls_back_to'], role, instead, roles, faults)
      checkMay([...path, 'may'], may, definition, faults)
    }
  }
  checkLinkAnswerers(definition.home.vendor, faults)
  const names = sides.flatMap((side) => Object.keys(definition.home[side]))
  for (const role of new Set(names)) {
    if (names.filter((name) => name === role).length > 1) faults.say(['home'], `the role "${role}" stands on two sides.`)
  }
}

/** Links are everybody's customers and partners: of the vendor only who runs the portal is shown them, so a role that cannot could answer none. */
function checkLinkAnswerers(roles: PortalDefinition['home']['vendor'], faults: Faults): void {
  const runs = (role: string, above: readonly string[] = []): boolean => {
    const { may, includes } = roles[role] ?? {}
    if (may?.['portal']?.includes('operate')) return true
    return includes !== undefined && !above.includes(includes) && runs(includes, [...above, role])
  }
  for (const [role, { may }] of Object.entries(roles))
    if (may?.['link']?.includes('answer') && !runs(role))
      faults.say(['home', 'vendor', role, 'may', 'link'], '"answer" needs "portal: [operate]": nobody else of the vendor sees who asks.')
}

/** Duties that nobody has go to another role of the same side, and on from there, and come to an end. */
function checkFallback(path: string[], own: string, instead: string, roles: PortalDefinition['home']['customer'], faults: Faults): void {
  faults.known(path, instead, Object.keys(roles), 'role')
  const seen = new Set([own])
  for (let at: string | undefined = instead; at !== undefined; at = roles[at]?.falls_back_to) {
    if (seen.has(at)) {
      faults.say(path, `the duties of "${own}" come back to "${at}".`)
      return
    }
    seen.add(at)
  }
}

/** Running the portal and reading its letters is for the vendor's people alone. */
function checkVendorOnly(path: string[], side: string, may: object | undefined, faults: Faults): void {
  if (side === 'vendor') return
  for (const kind of vendorsOwn)
    if (may && Object.hasOwn(may, kind)) faults.say([...path, 'may', kind], `"${kind}" is for roles of the vendor alone.`)
}
