// Lines of customers' sites.
import { findThings } from './find-things.ts'
import { noteChanges, rowsBefore } from './places-store.ts'
import type { Reference } from './references.ts'
import { addSites, changeSites, type SiteRow, sitesOf } from './sites-store.ts'
import type { Standing, WorldKind } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type SiteLine = LineOf<'site'>

export const siteLine = ({ customer, named, name }: SiteRow): SiteLine => ({ kind: 'site', customer, id: named, name })

/** A site by its id, which is told apart within its customer. */
export const siteReference = (customer: string, id: string, field: string): Reference => ({ to: 'site', within: customer, id, field })

const customer = (line: SiteLine): Reference => ({ to: 'customer', id: line.customer, field: 'customer' })
const keyOf = (line: SiteLine) => JSON.stringify([line.customer, line.id])

export const siteLines: WorldKind<SiteLine> = {
  keyOf,
  references: (line) => [customer(line)],
  standing: async (tx, lines) => {
    const things = await findThings(tx, lines.map(customer))
    const customers = lines.flatMap((line) => things.find(customer(line))?.id ?? [])
    const rows = await sitesOf(
      tx,
      customers,
      lines.map(({ id }) => id),
    )
    return new Map(rows.map((row): [string, Standing<SiteLine>] => [keyOf(siteLine(row)), { line: siteLine(row), id: row.id }]))
  },
  complete: (line) => line,
  save: async (tx, run, changes, { things }) => {
    const added = changes
      .filter(({ standing }) => !standing)
      .map(({ line }) => ({ customer_id: things.get(customer(line)).id, external_id: line.id, name: line.name }))
    const changed = changes.flatMap(({ standing, line }) =>
      standing ? [{ site_no: Number(standing.id), external_id: line.id, name: line.name }] : [],
    )
    const numbers = changed.map(({ site_no }) => [site_no])
    const before = await rowsBefore(tx, 'sites', numbers)
    const fresh = added.length > 0 ? await addSites(tx, added) : []
    if (changed.length > 0) await changeSites(tx, changed)
    await noteChanges(tx, run, 'sites', [...numbers, ...fresh.map((number) => [number])], before)
  },
}
