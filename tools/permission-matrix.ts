// The permission matrix of a portal as plain text: every action, and on which rows each home role and each level may do it.
import type { Action, Law } from '../src/law/law.ts'
import type { RowExpression } from '../src/rows/expression.ts'
import { toWords } from '../src/rows/to-words.ts'

interface Column {
  readonly head: string
  readonly may: ReadonlyMap<Action, RowExpression>
}

const nothing = '·'

export function permissionMatrix(law: Law): string {
  const roles = [...law.homeRoles.values()].map(({ role, side, may }): Column => ({ head: `${side}: ${role}`, may }))
  const levels = law.levels.map(({ code, may }): Column => ({ head: code, may }))
  const words = [
    `Portal ${law.portal}: who may do what. Generated from its definition; read the difference before you commit it.`,
    '',
    `yes: on every row · mine: where the person is named on it · open: while it is open · ${nothing}: no`,
  ]
  const sections = [
    ["In one's own organization, by role", table(law, roles)],
    ['At a customer, by the level given there (lowest first)', table(law, levels)],
    ['Every rule in words', rules(law)],
    ['Nobody, by anything in this definition', untouched(law, [...roles, ...levels])],
  ]
  return `${[...words, ...sections.flatMap(([title, body]) => ['', title, '', body])].join('\n')}\n`
}

function table(law: Law, columns: readonly Column[]): string {
  const actions = actionsOf(law).filter((action) => columns.some(({ may }) => may.has(action)))
  const rows = actions.map((action) => [action, ...columns.map(({ may }) => cell(may.get(action)))])
  const all = [['', ...columns.map(({ head }) => head)], ...rows]
  const widths = all[0]?.map((_head, index) => Math.max(...all.map((row) => row[index]?.length ?? 0))) ?? []
  return all
    .map((row) =>
      row
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function rules(law: Law): string {
  return [...law.rules]
    .map(([action, expression]) => `${action}: ${toWords(expression)}`)
    .sort()
    .join('\n')
}

function untouched(law: Law, columns: readonly Column[]): string {
  const without = actionsOf(law).filter((action) => !columns.some(({ may }) => may.has(action)))
  return without.length === 0 ? '(every action is given to somebody)' : without.join('\n')
}

function actionsOf(law: Law): Action[] {
  const ofKinds = [...law.kinds.values()].flatMap(({ kind, actions }) => actions.map(({ action }): Action => `${kind}:${action}`))
  const ofRoles = [...law.homeRoles.values(), ...law.levels].flatMap(({ may }) => [...may.keys()])
  return [...new Set([...ofKinds, ...ofRoles])].sort()
}

function cell(expression: RowExpression | undefined): string {
  if (!expression) return nothing
  switch (expression.is) {
    case 'always':
      return 'yes'
    case 'never':
      return nothing
    case 'named':
      return 'mine'
    case 'state':
      return 'open'
    case 'all':
      return expression.of.map(cell).join(' ')
    case 'any':
      return expression.of.map(cell).join(' or ')
    case 'access':
      return 'yes'
    case 'attribute':
      return `${expression.of}.${expression.name} ${expression.equal ? '=' : '≠'} ${String(expression.value)}`
    default:
      return 'by relation'
  }
}
