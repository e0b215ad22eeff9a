// Whether the page table agrees with itself: kinds, switches, types of user and row sets that exist.
import { customersType } from '../law/law.ts'
import { checkUse } from './check-row-sets.ts'
import { cellsOf, cellWords, pageKeys } from './compile-pages.ts'
import { type Faults, ownWords } from './faults-in.ts'
import type { PortalDefinition } from './schema.ts'

export function checkPages(definition: PortalDefinition, faults: Faults): void {
  const types = [...Object.keys(definition.partner_types ?? {}), customersType]
  if (definition.partner_types && customersType in definition.partner_types)
    faults.say(['partner_types', customersType], `"${customersType}" means the people of customers.`)
  for (const set of Object.keys(definition.row_sets ?? {}))
    if ((cellWords as readonly string[]).includes(set))
      faults.say(['row_sets', set], `"${set}" is a word of the page table and cannot name a row set.`)
  for (const [page, row] of Object.entries(definition.pages ?? {})) checkPage(['pages', page], row, types, definition, faults)
  for (const type of types) checkType(type, faults)
}

function checkType(type: string, faults: Faults): void {
  if (pageKeys.includes(type)) faults.say(['partner_types', type], `"${type}" is a word of the page table and cannot name a type.`)
  if (ownWords.includes(type)) faults.say(['partner_types', type], `"${type}" is a word of the product itself.`)
}

type Page = NonNullable<PortalDefinition['pages']>[string]

function checkPage(path: readonly string[], row: Page, types: readonly string[], definition: PortalDefinition, faults: Faults): void {
  if (row.shows !== undefined) faults.known([...path, 'shows'], row.shows, Object.keys(definition.records), 'record kind')
  if (row.needs !== undefined) faults.known([...path, 'needs'], row.needs, Object.keys(definition.switches ?? {}), 'switch')
  for (const [type, cell] of cellsOf(row)) {
    faults.known([...path, type], type, types, 'type of user')
    checkCell([...path, type], { page: row, type, cell }, definition, faults)
  }
}

interface Cell {
  readonly page: Page
  readonly type: string
  readonly cell: string
}

function checkCell(path: readonly string[], { page, type, cell }: Cell, definition: PortalDefinition, faults: Faults): void {
  if (page.shows === undefined) {
    if (cell !== 'all') faults.say(path, 'this page shows no records: "all" opens it.')
  } else if (cell === 'own') {
    if (type !== customersType) faults.say(path, `"own" is for "${customersType}": their own organization's records.`)
  } else if (cell !== 'all') {
    checkUse(path, cell, page.shows, definition, faults)
  } else if (definition.records[page.shows]?.money) {
    faults.say(path, `${page.shows} is money: nobody sees all of it.`)
  }
}
