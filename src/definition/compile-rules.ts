// Compiles the rules: for every action one row expression, from what is given, from home roles, from relations and from the page table.
import { type Action, type AllowanceLaw, askAction, type HomeRoleLaw, keyRole, ownAction } from '../law/law.ts'
import { all, always, any, type RowExpression, unsuspended } from '../rows/expression.ts'
import { noticeRules } from './compile-notices.ts'
import { pageRules } from './compile-pages.ts'
import { joined, ownPermissions, type Permissions } from './compile-permissions.ts'
import { rowSet } from './compile-row-sets.ts'
import { heldBy, noNarrow } from './held-by.ts'
import type { PortalDefinition } from './schema.ts'

/** Actions in the order of the alphabet; then what needs no word in a definition. */
export function compileRules(
  definition: PortalDefinition,
  allowances: readonly AllowanceLaw[],
  roles: readonly HomeRoleLaw[],
): [Action, RowExpression][] {
  const held = new Map(
    [...new Set([...allowances, ...roles].flatMap(({ may }) => [...may.keys()]))].map((action) => [
      action,
      ruleOf(action, allowances, roles),
    ]),
  )
  const rules = joined(held, ...withoutGrant(definition), pageRules(definition), noticeRules(definition, allowances, roles))
  return [
    ...[...rules].sort(([a], [b]) => (a < b ? -1 : 1)),
    [askAction, { is: 'access', gives: [], homeRoles: [keyRole], narrow: noNarrow }],
    [ownAction, always],
  ]
}

/** What the people of a partner may do because records or customers name their partner. */
const withoutGrant = (definition: PortalDefinition): Permissions[] =>
  (definition.without_grant ?? []).map(
    ({ where, may }) =>
      new Map(
        [...ownPermissions(may, definition)].map(([action, condition]) => [
          action,
          all(rowSet(definition, where, action.split(':')[0] ?? ''), unsuspended, condition),
        ]),
      ),
  )

interface Group {
  readonly condition: RowExpression
  readonly allowances: AllowanceLaw[]
  readonly roles: HomeRoleLaw[]
}

/** One expression an action: levels, rights and roles that share a condition stand together. */
function ruleOf(action: Action, allowances: readonly AllowanceLaw[], roles: readonly HomeRoleLaw[]): RowExpression {
  const groups = new Map<string, Group>()
  const groupOf = (condition: RowExpression) => {
    const key = JSON.stringify(condition)
    const group = groups.get(key) ?? { condition, allowances: [], roles: [] }
    groups.set(key, group)
    return group
  }
  for (const one of allowances) if (one.may.has(action)) groupOf(one.may.get(action) as RowExpression).allowances.push(one)
  for (const role of roles) if (role.may.has(action)) groupOf(role.may.get(action) as RowExpression).roles.push(role)
  return any(...[...groups.values()].map((group) => all(heldBy(group), group.condition)))
}
