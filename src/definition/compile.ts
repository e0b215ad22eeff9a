// Compiles a checked portal definition to the law: levels and roles with what they include, and one row expression for every action.
import type { Period } from '../kernel/instant.ts'
import {
  type Action,
  askAction,
  type HomeRoleLaw,
  type KindLaw,
  keyRole,
  type Law,
  type LevelLaw,
  ownAction,
  type Side,
} from '../law/law.ts'
import { all, always, any, type RowExpression, relations } from '../rows/expression.ts'
import type { PortalDefinition } from './schema.ts'

interface Identity {
  readonly source: string
  readonly version: number
}

type Permissions = Map<Action, RowExpression>
interface Including {
  readonly includes?: string | undefined
  readonly may?: Record<string, string[]> | undefined
}

export function compile(definition: PortalDefinition, identity: Identity): Law {
  const levels = compileLevels(definition)
  const homeRoles = compileHomeRoles(definition)
  return {
    ...identity,
    portal: definition.portal,
    names: definition.names,
    kinds: new Map(Object.entries(definition.records).map(([kind, record]) => [kind, compileKind(kind, record)])),
    homeRoles,
    levels,
    rules: compileRules(levels, [...homeRoles.values()]),
    grantees: definition.access.grantees,
    precedence: definition.access.precedence,
    term: { default: definition.access.term.default as Period, longest: definition.access.term.longest as Period },
    requests: { answeredBy: definition.requests.answered_by, lapseAfter: definition.requests.lapse_after as Period },
  }
}

function compileKind(kind: string, record: PortalDefinition['records'][string]): KindLaw {
  return {
    kind,
    names: record.name,
    states: Object.entries(record.states).map(([code, state]) => ({ code, name: state.name, closed: state.closed === true })),
    opensAs: record.opens_as,
    closesAs: record.closes_as,
    reopensAs: record.reopens_as,
    actions: Object.entries(record.actions).map(([action, words]) => ({ action, words })),
  }
}

function compileLevels(definition: PortalDefinition): LevelLaw[] {
  const { levels } = definition.access
  const depth = (code: string): number => (levels[code]?.includes ? 1 + depth(levels[code].includes) : 0)
  return Object.entries(levels)
    .map(([code, level]) => ({
      code,
      name: level.name,
      says: level.says,
      aliases: level.aliases ?? [],
      rank: depth(code),
      may: permissionsOf(code, levels, definition),
      notices: noticesOf(code, levels),
    }))
    .sort((a, b) => a.rank - b.rank)
}

function noticesOf(code: string, levels: PortalDefinition['access']['levels']): string[] {
  const level = levels[code]
  return [...new Set([...(level?.includes ? noticesOf(level.includes, levels) : []), ...(level?.notices ?? [])])]
}

function compileHomeRoles(definition: PortalDefinition): Map<string, HomeRoleLaw> {
  const sides: Side[] = ['customer', 'partner', 'vendor']
  return new Map(
    sides.flatMap((side) =>
      Object.keys(definition.home[side]).map((role): [string, HomeRoleLaw] => [
        role,
        { role, side, may: permissionsOf(role, definition.home[side], definition) },
      ]),
    ),
  )
}

/** What a level or role allows, with what it includes: the same action from two places holds where either does. */
function permissionsOf(name: string, among: Readonly<Record<string, Including>>, definition: PortalDefinition): Permissions {
  const { includes, may } = among[name] ?? {}
  const permissions: Permissions = includes ? new Map(permissionsOf(includes, among, definition)) : new Map()
  for (const [kind, list] of Object.entries(may ?? {})) {
    for (const permission of list) {
      const action: Action = `${kind}:${permission.split(' ')[0]}`
      const before = permissions.get(action)
      const condition = conditionOf(permission, kind, definition)
      permissions.set(action, before ? any(before, condition) : condition)
    }
  }
  return permissions
}

function conditionOf(permission: string, kind: string, definition: PortalDefinition): RowExpression {
  const states = Object.entries(definition.records[kind]?.states ?? {})
  const parts: RowExpression[] = []
  if (/ mine\b/.test(permission)) parts.push({ is: 'named', relations })
  if (/ while open$/.test(permission)) parts.push({ is: 'state', among: states.filter(([, state]) => !state.closed).map(([code]) => code) })
  return parts.length === 0 ? always : all(...parts)
}

/** One expression an action: levels and roles that share a condition stand together. */
function compileRules(levels: readonly LevelLaw[], roles: readonly HomeRoleLaw[]): Map<Action, RowExpression> {
  const actions = new Set([...levels, ...roles].flatMap(({ may }) => [...may.keys()]))
  return new Map([
    ...[...actions].sort().map((action): [Action, RowExpression] => [action, ruleOf(action, levels, roles)]),
    [askAction, { is: 'access', levels: [], homeRoles: [keyRole] }],
    [ownAction, always],
  ])
}

function ruleOf(action: Action, levels: readonly LevelLaw[], roles: readonly HomeRoleLaw[]): RowExpression {
  const groups = new Map<string, { condition: RowExpression; levels: string[]; homeRoles: string[] }>()
  const groupOf = (condition: RowExpression) => {
    const key = JSON.stringify(condition)
    const group = groups.get(key) ?? { condition, levels: [], homeRoles: [] }
    groups.set(key, group)
    return group
  }
  for (const level of levels) if (level.may.has(action)) groupOf(level.may.get(action) as RowExpression).levels.push(level.code)
  for (const role of roles) if (role.may.has(action)) groupOf(role.may.get(action) as RowExpression).homeRoles.push(role.role)
  return any(
    ...[...groups.values()].map((group) => all({ is: 'access', levels: group.levels, homeRoles: group.homeRoles }, group.condition)),
  )
}
