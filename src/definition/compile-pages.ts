// Compiles the page table: for each page which rows which type of user meets on it; and a kind is read where one of its pages shows it.
import { all, any, type RowExpression, unsuspended } from '../rows/expression.ts'
import { joined, type Permissions } from './compile-permissions.ts'
import { rowSet } from './compile-row-sets.ts'
import type { PortalDefinition } from './schema.ts'

type Page = NonNullable<PortalDefinition['pages']>[string]

/** Words of a cell that are no row set: every row, or the rows of one's own organization. */
export const cellWords = ['all', 'own'] as const
/** The columns of a row that name no type of user. */
export const pageKeys: readonly string[] = ['name', 'shows', 'needs']

/** The cells of a row: which rows for which type of user. */
export const cellsOf = (page: Page): [string, string][] =>
  Object.entries(page).filter((entry): entry is [string, string] => !pageKeys.includes(entry[0]) && typeof entry[1] === 'string')

/** `page:<name>` for every page, and `<kind>:read` for the kind that it shows. */
export function pageRules(definition: PortalDefinition): Permissions {
  return joined(
    ...Object.entries(definition.pages ?? {}).map(([page, row]): Permissions => {
      const rows = any(...[...typesByCell(row)].map(([cell, types]) => cellRule(definition, row, types, cell)))
      return new Map([[`page:${page}` as const, rows], ...(row.shows ? [[`${row.shows}:read` as const, rows] as const] : [])])
    }),
  )
}

/** Types of user whose cells say the same stand together: the rule is read and run for each of them, and should be short. */
function typesByCell(page: Page): Map<string, string[]> {
  const types = new Map<string, string[]>()
  for (const [type, cell] of cellsOf(page)) types.set(cell, [...(types.get(cell) ?? []), type])
  return types
}

function cellRule(definition: PortalDefinition, page: Page, types: readonly string[], cell: string): RowExpression {
  return all(
    { is: 'type', among: types },
    ...(page.needs ? [{ is: 'switch', name: page.needs, on: true } as const] : []),
    ...(page.shows ? [unsuspended, rowsOf(definition, page.shows, cell)] : []),
  )
}

function rowsOf(definition: PortalDefinition, kind: string, cell: string): RowExpression {
  if (cell === 'all') return { is: 'always' }
  if (cell !== 'own') return rowSet(definition, cell, kind)
  const roles = Object.keys(definition.home.customer)
  return { is: 'access', gives: [], homeRoles: roles, narrow: { siteGives: [], siteRoles: [], recordGives: [] } }
}
