// Asks the pure law and the naive reading the same questions about a small world in memory, and tells where their answers differ.
import { decide } from '../../../src/law/decide.ts'
import { standing } from '../../../src/law/grants-in-force.ts'
import type { Law } from '../../../src/law/law.ts'
import { viewOf } from '../../../src/law/view.ts'
import { never } from '../../../src/rows/expression.ts'
import { holds } from '../../../src/rows/holds.ts'
import { factsOf } from '../facts-of-world.ts'
import { isOnPageNaively, mayNaively, mayOpenPageNaively } from '../naive/naive.ts'
import type { PortalName, PortalRecord, PortalWorld } from '../portal-world.ts'

export interface Compared {
  /** Questions on which the two differ, in words. */
  readonly differences: string[]
  /** How many answers were yes, so that nobody compares worlds in which nothing is allowed. */
  yes: number
}

/** In these two opening is a question about the customer, and none about a record. */
const isAsked = (portal: PortalName, action: string): boolean => action !== 'open' || (portal !== 'support-desk' && portal !== 'standard')

/** Every action of every person on every record. */
export function compareActions(portal: PortalName, law: Law, world: PortalWorld, compared: Compared): void {
  for (const { id: person } of world.people)
    for (const record of world.records) compareRecord({ portal, law, world, compared }, person, record)
}

interface Comparison {
  readonly portal: PortalName
  readonly law: Law
  readonly world: PortalWorld
  readonly compared: Compared
}

function compareRecord({ portal, law, world, compared }: Comparison, person: string, record: PortalRecord): void {
  const facts = factsOf(world, person, record)
  const asked = law.kinds.get(record.kind)?.actions.filter(({ action }) => isAsked(portal, action)) ?? []
  for (const { action } of asked) {
    const decision = decide(law, `${record.kind}:${action}`, facts)
    const what = `${person} ${action} ${record.id}`
    tell(compared, what, decision.allowed, mayNaively(portal, world, person, action, record.id))
    // Who may read a thing knows that it is there, and nobody else does.
    if (action === 'read') tell(compared, `${what} (is it seen)`, decision.seen, decision.allowed)
  }
}

/** Every page for every person, and which of the records stand on it. */
export function comparePages(law: Law, world: PortalWorld, compared: Compared): void {
  for (const { id: person } of world.people) {
    const anywhere = factsOf(world, person, null)
    for (const page of law.pages.keys())
      tell(compared, `${person} opens ${page}`, decide(law, `page:${page}`, anywhere).allowed, mayOpenPageNaively(world, person, page))
    for (const record of world.records) compareRows(law, world, compared, person, record)
  }
}

function compareRows(law: Law, world: PortalWorld, compared: Compared, person: string, record: PortalRecord): void {
  const facts = factsOf(world, person, record)
  const view = viewOf(law, facts, standing(facts).used)
  for (const { page, shows } of law.pages.values()) {
    if (shows !== record.kind) continue
    const isOn = holds(law.rules.get(`page:${page}`) ?? never, view)
    tell(compared, `${person} ${record.id} on ${page}`, isOn, isOnPageNaively(world, person, page, record.id))
  }
}

function tell(compared: Compared, what: string, law: boolean, naive: boolean): void {
  if (law !== naive) compared.differences.push(`${what}: the law says ${law}, the naive reading ${naive}`)
  if (law) compared.yes++
}
