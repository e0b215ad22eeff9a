// Looks up everything that the lines of a batch refer to, one question for each kind of thing.
import type { ReadTx } from '../../context/context.ts'
import { type FoundThing, type Reference, referenceKey, type Things, thingsIn } from './references.ts'
import {
  findAccessRequests,
  findGrants,
  findGroups,
  findOrganizations,
  findPeople,
  findRecords,
  findSites,
  type ThingRow,
} from './things-store.ts'

export async function findThings(tx: ReadTx, references: readonly Reference[]): Promise<Things> {
  const found = new Map<string, FoundThing>()
  const keep = (to: Reference['to'], within: string | undefined, { name, id, customer_no, time_zone, ...about }: ThingRow) =>
    found.set(referenceKey({ to, id: name, ...(within === undefined ? {} : { within }) }), {
      id,
      customerNo: customer_no ?? null,
      timeZone: time_zone ?? null,
      ...about,
    })
  const sites = references.filter(({ to }) => to === 'site')
  // Sites of all customers in one question: a batch may speak of as many customers as it has lines.
  for (const { within, ...row } of sites.length > 0 ? await findSites(tx, unique(sites, 'within'), unique(sites, 'id')) : [])
    keep('site', within, row)
  const others = Map.groupBy(
    references.filter(({ to }) => to !== 'site'),
    ({ to, within }) => JSON.stringify([to, within]),
  )
  for (const group of others.values()) {
    const [{ to, within }] = group as [Reference]
    for (const row of await rowsOf(tx, to, within, unique(group, 'id'))) keep(to, within, row)
  }
  return thingsIn(found)
}

const unique = (references: readonly Reference[], part: 'id' | 'within'): string[] => [...new Set(references.map((one) => one[part] ?? ''))]

function rowsOf(tx: ReadTx, to: Reference['to'], within: string | undefined, names: string[]): Promise<ThingRow[]> {
  switch (to) {
    case 'vendor':
    case 'customer':
    case 'partner':
      return findOrganizations(tx, to, names)
    case 'person':
      return findPeople(tx, names)
    case 'group':
      return findGroups(tx, names)
    case 'access_request':
      return findAccessRequests(tx, names)
    case 'grant':
      return findGrants(tx, names)
    case 'record':
      return findRecords(tx, within ?? '', names)
    default:
      throw new Error(`nothing refers to a ${to}`)
  }
}
