// Compiles what a level, right or role may do: one condition for each action, with what it includes.
import type { Action } from '../law/law.ts'
import { all, always, any, conversationRelations, type RowExpression, type Scalar } from '../rows/expression.ts'
import type { Permission, PortalDefinition } from './schema.ts'

export type Permissions = Map<Action, RowExpression>
export interface Including {
  readonly includes?: string | undefined
  readonly may?: Record<string, Permission[]> | undefined
}

/** What a level or role allows, with what it includes: the same action from two places holds where either does. */
export function permissionsOf(name: string, among: Readonly<Record<string, Including>>, definition: PortalDefinition): Permissions {
  const { includes, may } = among[name] ?? {}
  const included = includes ? permissionsOf(includes, among, definition) : new Map()
  return joined(included, ownPermissions(may, definition))
}

export function ownPermissions(may: Including['may'], definition: PortalDefinition): Permissions {
  const permissions: Permissions = new Map()
  for (const [kind, list] of Object.entries(may ?? {}))
    for (const permission of list)
      for (const [verb, condition] of spelledOut(permission, kind, definition)) add(permissions, `${kind}:${verb}`, condition)
  return permissions
}

/** What either allows, where either does. */
export function joined(...ones: readonly ReadonlyMap<Action, RowExpression>[]): Permissions {
  const together: Permissions = new Map()
  for (const one of ones) for (const [action, condition] of one) add(together, action, condition)
  return together
}

function add(permissions: Permissions, action: Action, condition: RowExpression): void {
  const before = permissions.get(action)
  permissions.set(action, before ? any(before, condition) : condition)
}

/** The texts of a permission, such as "read mine". */
export const textsOf = (permission: Permission): string[] => (typeof permission === 'string' ? [permission] : Object.keys(permission))

/** The verbs of a permission: the first word of its text. */
export const verbsOf = (permission: Permission): string[] => textsOf(permission).map((text) => text.split(' ')[0] ?? '')

function spelledOut(permission: Permission, kind: string, definition: PortalDefinition): [string, RowExpression][] {
  if (typeof permission === 'string') return [[verbsOf(permission)[0] ?? '', textCondition(permission, kind, definition)]]
  return Object.entries(permission).map(([text, { when = {}, unless = {} }]) => [
    text.split(' ')[0] ?? '',
    all(textCondition(text, kind, definition), ...comparisons(when, true), ...comparisons(unless, false)),
  ])
}

function textCondition(text: string, kind: string, { records }: PortalDefinition): RowExpression {
  const parts: RowExpression[] = []
  if (/ mine\b/.test(text)) parts.push({ is: 'named', relations: records[kind]?.people ?? conversationRelations })
  if (/ while open$/.test(text)) {
    const states = Object.entries(records[kind]?.states ?? { current: {} })
    parts.push({ is: 'state', among: states.filter(([, state]) => !state.closed).map(([code]) => code) })
  }
  return parts.length === 0 ? always : all(...parts)
}

type AttributeOf = Extract<RowExpression, { is: 'attribute' }>['of']

const comparisons = (values: Readonly<Record<string, Scalar>>, equal: boolean): RowExpression[] =>
  Object.entries(values).map(([path, value]) => {
    const [of, name] = path.split('.') as [AttributeOf, string]
    return { is: 'attribute', of, name, value, equal }
  })
