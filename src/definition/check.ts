// Whether a definition agrees with itself: every name that it uses is one that it declares, nothing includes itself, nothing reserved is given.
import { addPeriod, type LocalDate, type Period } from '../kernel/instant.ts'
import { spellingHint } from './fault.ts'
import type { PortalDefinition } from './schema.ts'

export interface Inconsistency {
  readonly path: readonly string[]
  readonly sentence: string
}

/** Things that are no record kind but can be acted on, and what may be done to them. */
const ownKinds: Readonly<Record<string, readonly string[]>> = {
  access: ['read', 'give', 'change', 'remove'],
  access_request: ['read', 'ask_for_self', 'ask_for_people', 'ask_for_organization', 'withdraw', 'answer'],
  account: ['ask_configuration_change', 'ask_site_deletion', 'ask_access_for_others'],
  people: ['manage'],
  explanation: ['ask'],
  history: ['read'],
  letters: ['read'],
  portal: ['operate'],
}

type May = Record<string, string[]> | undefined

/** Every inconsistency, in the order of the file. */
export function inconsistencies(definition: PortalDefinition): Inconsistency[] {
  const found: Inconsistency[] = []
  const say: Say = (path, sentence) => void found.push({ path, sentence })
  const known: Known = (path, name, names, what) => {
    if (!names.includes(name)) say(path, `"${name}" is no ${what} of this definition.${spellingHint(name, names)}`)
  }
  for (const [kind, record] of Object.entries(definition.records)) checkRecord(kind, record, known, say)
  checkHome(definition, known, say)
  checkAccess(definition, known, say)
  return found
}

type Known = (path: string[], name: string, names: readonly string[], what: string) => void
type Say = (path: string[], sentence: string) => void

function checkRecord(kind: string, record: PortalDefinition['records'][string], known: Known, say: Say): void {
  const states = Object.keys(record.states)
  const isClosed = (state: string) => record.states[state]?.closed === true
  if (kind in ownKinds) say(['records', kind], `"${kind}" is a word of the product itself and cannot name a record kind.`)
  for (const key of ['opens_as', 'closes_as', 'reopens_as'] as const) known(['records', kind, key], record[key], states, 'state')
  for (const key of ['opens_as', 'reopens_as'] as const) {
    if (isClosed(record[key])) say(['records', kind, key], 'must lead to a state that is not closed.')
  }
  if (states.includes(record.closes_as) && !isClosed(record.closes_as)) {
    say(['records', kind, 'closes_as'], 'must lead to a state with "closed: true".')
  }
  for (const needed of ['read', 'open']) {
    if (!(needed in record.actions)) say(['records', kind, 'actions'], `must name the action "${needed}".`)
  }
}

const sides = ['customer', 'partner', 'vendor'] as const

function checkHome(definition: PortalDefinition, known: Known, say: Say): void {
  for (const side of sides) {
    const roles = definition.home[side]
    for (const [role, { includes, may }] of Object.entries(roles)) {
      const path = ['home', side, role]
      checkIncludes(path, { own: role, includes, all: roles, what: 'role' }, known, say)
      checkMay([...path, 'may'], may, definition, known)
    }
  }
  const names = sides.flatMap((side) => Object.keys(definition.home[side]))
  for (const role of new Set(names)) {
    if (names.filter((name) => name === role).length > 1) say(['home'], `the role "${role}" stands on two sides.`)
  }
}

function checkAccess(definition: PortalDefinition, known: Known, say: Say): void {
  const { reserved, precedence, term } = definition.access
  checkLevels(definition, known, say)
  checkReserved(definition, say)
  if (new Set(precedence).size < precedence.length) say(['access', 'precedence'], 'names the same grantee twice.')
  // Lists, counts and the row policies read a person's own access first; another order would make them answer otherwise than the check.
  else if (precedence[0] !== 'person') say(['access', 'precedence'], "begins with person: a person's own access is considered first.")
  const today = '2026-01-01' as LocalDate
  if (addPeriod(today, term.default as Period) > addPeriod(today, term.longest as Period)) {
    say(['access', 'term', 'default'], 'is longer than the longest term.')
  }
  for (const [index, role] of definition.requests.answered_by.entries()) {
    known(['requests', 'answered_by', String(index)], role, Object.keys(definition.home.customer), 'role of a customer')
  }
  for (const [code, { may }] of Object.entries(definition.access.levels)) {
    for (const kind of Object.keys(may ?? {})) {
      if (reserved.includes(kind)) say(['access', 'levels', code, 'may', kind], `"${kind}" is reserved: no level can give it.`)
    }
  }
}

function checkLevels(definition: PortalDefinition, known: Known, say: Say): void {
  const { levels } = definition.access
  const taken = new Set<string>()
  for (const [code, level] of Object.entries(levels)) {
    const path = ['access', 'levels', code]
    checkIncludes(path, { own: code, includes: level.includes, all: levels, what: 'level' }, known, say)
    checkMay([...path, 'may'], level.may, definition, known)
    for (const name of [code, ...(level.aliases ?? [])]) {
      if (taken.has(name)) say([...path, 'aliases'], `"${name}" names two levels.`)
      taken.add(name)
    }
  }
}

/** A reserved word need not be one of today's kinds: reserving what nobody can give yet is how it stays so (OR-044). A misspelt one is a fault. */
function checkReserved({ access, records }: PortalDefinition, say: Say): void {
  const kinds = [...Object.keys(records), ...Object.keys(ownKinds)]
  for (const [index, name] of access.reserved.entries()) {
    const hint = kinds.includes(name) ? '' : spellingHint(name, kinds)
    if (hint) say(['access', 'reserved', String(index)], `"${name}" is no kind.${hint}`)
  }
}

interface Including {
  readonly own: string
  readonly includes: string | undefined
  readonly all: Readonly<Record<string, { readonly includes?: string | undefined }>>
  readonly what: 'role' | 'level'
}

function checkIncludes(path: string[], { own, includes, all, what }: Including, known: Known, say: Say): void {
  if (includes === undefined) return
  known([...path, 'includes'], includes, Object.keys(all), what)
  const seen = new Set([own])
  for (let at: string | undefined = includes; at !== undefined; at = all[at]?.includes) {
    if (seen.has(at)) {
      say([...path, 'includes'], `the ${what} "${own}" includes itself.`)
      return
    }
    seen.add(at)
  }
}

function checkMay(path: string[], may: May, definition: PortalDefinition, known: Known): void {
  for (const [kind, permissions] of Object.entries(may ?? {})) {
    const record = definition.records[kind]
    known([...path, kind], kind, [...Object.keys(definition.records), ...Object.keys(ownKinds)], 'kind')
    const actions = record ? Object.keys(record.actions) : ownKinds[kind]
    if (actions)
      for (const [index, permission] of permissions.entries())
        known([...path, kind, String(index)], permission.split(' ')[0] ?? '', actions, `action on ${kind}`)
  }
}
