// The page table of a portal, and which rows of each record kind that makes for each type of user.
import { customersType } from '../../law/law.ts'
import { cellsOf } from '../compile-pages.ts'
import type { PortalDefinition } from '../schema.ts'
import { cross } from './cell.ts'
import { said, textTable } from './text-table.ts'

type Page = NonNullable<PortalDefinition['pages']>[string]

const typesOf = (definition: PortalDefinition): string[] => [customersType, ...Object.keys(definition.partner_types ?? {})]

/** Page by page: what it is called, what it shows, which switch it needs, and the rows for each type of user. */
export function pageTable(definition: PortalDefinition): string {
  const types = typesOf(definition)
  const rows = Object.entries(definition.pages ?? {}).map(([page, row]) => {
    const cells = new Map(cellsOf(row))
    return [`page:${page}`, row.name, row.shows ?? '', row.needs ?? '', ...types.map((type) => cellWords(cells.get(type), row))]
  })
  return textTable([['page', 'called', 'shows', 'needs the switch', ...types], ...rows])
}

/** A page that shows no records is there, or it is not. */
function cellWords(cell: string | undefined, { shows }: Page): string {
  if (cell === undefined) return cross
  return shows === undefined ? 'opens' : cell
}

/** Kind by kind: the rows that a type of user reads on one page or another. */
export function kindTable(definition: PortalDefinition): string {
  const types = typesOf(definition)
  const pages = Object.values(definition.pages ?? {})
  const rowsFor = (kind: string, type: string): string => {
    const found = pages.filter(({ shows }) => shows === kind).flatMap((page) => cellOn(page, type))
    return found.length === 0 ? cross : [...new Set(found)].join(' or ')
  }
  const rows = Object.keys(definition.records).map((kind) => [`${kind}:read`, ...types.map((type) => rowsFor(kind, type))])
  return textTable([['', ...types], ...rows])
}

/** What a page adds to what its kind's rows are; with a switch only while it is on. */
function cellOn(page: Page, type: string): string[] {
  const cell = new Map(cellsOf(page)).get(type)
  if (cell === undefined) return []
  return [page.needs === undefined ? cell : `${cell} (${said(page.needs)})`]
}

/** Words of the page table that are no row set. */
export const cellLegend = [
  `all: every row   own: rows of their own organization   ${cross}: the page is not there for them`,
  'Rows of a suspended customer stand on no page. Every other word is a row set, said below.',
]
