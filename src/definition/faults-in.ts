// What the checks of a definition share: how a fault is said, and whether names, permissions and inclusions are known.

import type { Scalar } from '../rows/expression.ts'
import { textsOf, verbsOf } from './compile-permissions.ts'
import { spellingHint } from './fault.ts'
import type { Permission, PortalDefinition } from './schema.ts'

export interface Inconsistency {
  readonly path: readonly string[]
  readonly sentence: string
}

export interface Faults {
  readonly found: readonly Inconsistency[]
  say(path: readonly string[], sentence: string): void
  /** Says it where a name is not one of the known ones. */
  known(path: readonly string[], name: string, names: readonly string[], what: string): void
}

export function faultsIn(): Faults {
  // What is used twice is wrong once.
  const found = new Map<string, Inconsistency>()
  const say: Faults['say'] = (path, sentence) => {
    const key = JSON.stringify([path, sentence])
    if (!found.has(key)) found.set(key, { path, sentence })
  }
  return {
    get found() {
      return [...found.values()]
    },
    say,
    known(path, name, names, what) {
      if (!names.includes(name)) say(path, `"${name}" is no ${what} of this definition.${spellingHint(name, names)}`)
    },
  }
}

/** Things that are no record kind but can be acted on, and what may be done to them. */
export const ownKinds: Readonly<Record<string, readonly string[]>> = {
  access: ['read', 'give', 'change', 'remove', 'relinquish'],
  access_request: ['read', 'ask_for_self', 'ask_for_people', 'ask_for_organization', 'withdraw', 'answer'],
  account: ['ask_configuration_change', 'ask_site_deletion', 'ask_access_for_others'],
  group: ['read', 'fill'],
  colleague: ['let_in'],
  link: ['ask', 'answer'],
  invitation: ['read', 'send', 'offer', 'answer'],
  people: ['read', 'add', 'manage', 'make_administrator'],
  explanation: ['ask'],
  history: ['read'],
  letters: ['read'],
  notices: ['send'],
  portal: ['operate'],
}

/** What only the vendor's own people do. */
export const vendorsOwn = ['portal', 'letters', 'notices']

/** Words of the product itself, which no record kind can take. What is asked for an account is asked of the customer, so a kind may be called that. */
export const ownWords = [
  ...Object.keys(ownKinds).filter((kind) => kind !== 'account'),
  'page',
  'customer',
  'self',
  'decision',
  'system',
  'notice',
  'notice_kept',
]

interface Including {
  readonly own: string
  readonly includes: string | undefined
  readonly all: Readonly<Record<string, { readonly includes?: string | undefined }>>
  readonly what: 'role' | 'level'
}

export function checkIncludes(path: string[], { own, includes, all, what }: Including, faults: Faults): void {
  if (includes === undefined) return
  faults.known([...path, 'includes'], includes, Object.keys(all), what)
  const seen = new Set([own])
  for (let at: string | undefined = includes; at !== undefined; at = all[at]?.includes) {
    if (seen.has(at)) {
      faults.say([...path, 'includes'], `the ${what} "${own}" includes itself.`)
      return
    }
    seen.add(at)
  }
}

export function checkMay(
  path: string[],
  may: Record<string, Permission[]> | undefined,
  definition: PortalDefinition,
  faults: Faults,
): void {
  const kinds = [...Object.keys(definition.records), ...Object.keys(ownKinds)]
  for (const [kind, permissions] of Object.entries(may ?? {})) {
    faults.known([...path, kind], kind, kinds, 'kind')
    if (!kinds.includes(kind)) continue
    for (const [index, permission] of permissions.entries())
      checkPermission([...path, kind, String(index)], permission, kind, definition, faults)
  }
}

function checkPermission(path: string[], permission: Permission, kind: string, definition: PortalDefinition, faults: Faults): void {
  const actions = Object.keys(definition.records[kind]?.actions ?? {})
  for (const verb of verbsOf(permission))
    faults.known(path, verb, Object.hasOwn(ownKinds, kind) ? (ownKinds[kind] ?? []) : actions, `action on ${kind}`)
  if (Object.hasOwn(ownKinds, kind) && textsOf(permission).some((text) => text.includes(' ')))
    faults.say(path, `"mine" and "while open" are said of records, and ${kind} is none.`)
  checkAttributes(path, permission, kind, definition, faults)
}

/** Attributes of records are fields of their kind; what is compared must be of the field's type. */
function checkAttributes(path: string[], permission: Permission, kind: string, { records }: PortalDefinition, faults: Faults): void {
  const fields = records[kind]?.fields ?? {}
  for (const [attribute, value] of comparisonsIn(permission)) {
    const [of, name] = attribute.split('.') as [string, string]
    if (of !== 'record') continue
    faults.known(path, name, Object.keys(fields), `field of ${kind}`)
    const type = Object.hasOwn(fields, name) ? fields[name] : undefined
    const is = typeof value === 'string' ? 'text' : typeof value
    if (type !== undefined && type !== is) faults.say(path, `"${name}" is a ${type} and cannot be compared with a ${is}.`)
  }
}

const comparisonsIn = (permission: Permission): [string, Scalar][] =>
  typeof permission === 'string'
    ? []
    : Object.values(permission).flatMap(({ when = {}, unless = {} }) => [...Object.entries(when), ...Object.entries(unless)])
