// Whether what can be given agrees with itself: levels, roles, rights, who they may be given to, terms, and what nobody can give.
import { addPeriod, type LocalDate, type Period } from '../kernel/instant.ts'
import { administrator } from './compile-allowances.ts'
import { spellingHint } from './fault.ts'
import { checkIncludes, checkMay, type Faults, ownKinds, vendorsOwn } from './faults-in.ts'
import type { Permission, PortalDefinition } from './schema.ts'

type Access = NonNullable<PortalDefinition['access']>

export function checkAccess(definition: PortalDefinition, faults: Faults): void {
  const { access, requests, invitations, names } = definition
  if (names.partner_roles && access?.shape !== 'roles') faults.say(['names', 'partner_roles'], 'needs access of the shape "roles".')
  for (const [index, role] of (requests?.answered_by ?? []).entries())
    faults.known(['requests', 'answered_by', String(index)], role, Object.keys(definition.home.customer), 'role of a customer')
  if (!access) {
    if (requests) faults.say(['requests'], 'needs "access": there is nothing to ask for.')
    if (invitations) faults.say(['invitations'], 'needs "access": there is nothing to invite to.')
    return
  }
  checkShape(access, faults)
  checkAllowances(definition, access, faults)
  checkReserved(definition, access, faults)
  checkPrecedence(access, faults)
  checkColleagues(definition, access, faults)
  const today = '2026-01-01' as LocalDate
  if (addPeriod(today, access.term.default as Period) > addPeriod(today, access.term.longest as Period)) {
    faults.say(['access', 'term', 'default'], 'is longer than the longest term.')
  }
}

const needs: Readonly<Record<Access['shape'], readonly ('levels' | 'roles' | 'rights')[]>> = {
  ladder: ['levels'],
  roles: ['roles'],
  rights: ['rights'],
}

/** A ladder may have rights beside it; roles stand alone; rights may have an Administrator. */
function checkShape({ shape, levels, roles, administrator: all, ...access }: Access, faults: Faults): void {
  const given = { levels, roles, rights: access.rights }
  for (const key of needs[shape]) if (!given[key]) faults.say(['access'], `of the shape "${shape}" must say "${key}".`)
  if (levels && shape !== 'ladder') faults.say(['access', 'levels'], `cannot stand in the shape "${shape}".`)
  if (roles && shape !== 'roles') faults.say(['access', 'roles'], `cannot stand in the shape "${shape}".`)
  if (access.rights && shape === 'roles') faults.say(['access', 'rights'], 'cannot stand in the shape "roles".')
  if (all && shape !== 'rights') faults.say(['access', 'administrator'], `cannot stand in the shape "${shape}".`)
}

interface Given {
  readonly path: string[]
  readonly code: string
  readonly may: Record<string, Permission[]> | undefined
  readonly aliases?: readonly string[] | undefined
  readonly scope?: readonly string[] | undefined
}

function checkAllowances(definition: PortalDefinition, access: Access, faults: Faults): void {
  const given = givenIn(access)
  const codes = given.map(({ code }) => code)
  for (const [index, code] of (definition.requests?.second_approver_for ?? []).entries())
    faults.known(['requests', 'second_approver_for', String(index)], code, codes, 'level, role or right')
  for (const { path, may = {}, scope } of given) {
    checkMay([...path, 'may'], may, definition, faults)
    const reserved = Object.keys(may).filter((kind) => access.reserved.includes(kind) || vendorsOwn.includes(kind))
    for (const kind of reserved) faults.say([...path, 'may', kind], `"${kind}" is reserved: nobody can give it.`)
    if (scope && !scope.includes('all')) faults.say([...path, 'scope'], 'must hold "all": what may be given narrowly may be given whole.')
  }
  checkCodes(given, faults)
  for (const [code, { includes }] of Object.entries(access.levels ?? {}))
    checkIncludes(['access', 'levels', code], { own: code, includes, all: access.levels ?? {}, what: 'level' }, faults)
}

/** Who lets in colleagues needs three words: what holds unless a customer chooses, what a customer gives for it, and a role at the partner. */
function checkColleagues({ home }: PortalDefinition, access: Access, faults: Faults): void {
  const letsIn = (may: Record<string, Permission[]> | undefined) => (may?.['colleague'] ?? []).length > 0
  const given = givenIn(access).find(({ may }) => letsIn(may))
  if (given && access.colleagues === undefined) faults.say([...given.path, 'may', 'colleague'], 'needs "colleagues" in "access".')
  if (access.colleagues === undefined) return
  if (!given) faults.say(['access', 'colleagues'], 'needs a level, role or right with "colleague: [let_in]".')
  if (!Object.values(home.partner).some(({ may }) => letsIn(may)))
    faults.say(['access', 'colleagues'], 'needs a role of partners with "colleague: [let_in]".')
}

/** A code or alias means one thing. */
function checkCodes(given: readonly Given[], faults: Faults): void {
  const taken = new Set<string>()
  for (const { path, code, aliases = [] } of given) {
    for (const name of [code, ...aliases]) {
      if (taken.has(name)) faults.say([...path, 'aliases'], `"${name}" names two of what can be given.`)
      taken.add(name)
    }
  }
}

function givenIn({ levels, roles, rights, administrator: all }: Access): Given[] {
  const listed = Object.entries({ levels, roles, rights }).flatMap(([section, ones]) =>
    Object.entries(ones ?? {}).map(([code, { may, aliases, scope }]) => ({ path: ['access', section, code], code, may, aliases, scope })),
  )
  return all ? [...listed, { path: ['access', administrator], code: administrator, may: all.may }] : listed
}

/** A reserved word need not be one of today's kinds: reserving what nobody can give yet is how it stays so (OR-044). A misspelt one is a fault. */
function checkReserved({ records }: PortalDefinition, { reserved }: Access, faults: Faults): void {
  const kinds = [...Object.keys(records), ...Object.keys(ownKinds)]
  for (const [index, name] of reserved.entries()) {
    const hint = kinds.includes(name) ? '' : spellingHint(name, kinds)
    if (hint) faults.say(['access', 'reserved', String(index)], `"${name}" is no kind.${hint}`)
  }
}

const mostSpecificFirst = ['person', 'group', 'organization'] as const

/** Lists, counts and row policies read the most specific grant first; another order would make them answer otherwise than the check. */
function checkPrecedence({ precedence, grantees }: Access, faults: Faults): void {
  const path = ['access', 'precedence']
  if (new Set(precedence).size < precedence.length) {
    faults.say(path, 'names the same grantee twice.')
    return
  }
  const order = mostSpecificFirst.filter((one) => precedence.includes(one))
  if (order.join() !== precedence.join()) faults.say(path, `must name the most specific first: ${order.join(', ')}.`)
  const needed = mostSpecificFirst.filter((one) => grantees.includes(one) || (one === 'person' && grantees.includes('vendor_person')))
  for (const one of needed) if (!precedence.includes(one)) faults.say(path, `must name "${one}": access can be given to it.`)
}
