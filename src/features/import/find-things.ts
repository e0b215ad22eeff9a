// Looks up everything that the lines of a batch refer to, one question for each kind of thing.
import type { ReadTx } from '../../context/context.ts'
import { type FoundThing, type Reference, referenceKey, type Things, thingsIn } from './references.ts'
import { findAccessRequests, findGrants, findOrganizations, findPeople, findRecords, type ThingRow } from './things-store.ts'

export async function findThings(tx: ReadTx, references: readonly Reference[]): Promise<Things> {
  const groups = new Map<string, { to: Reference['to']; recordKind: string | undefined; names: Set<string> }>()
  for (const { to, recordKind, id } of references) {
    const group = `${to} ${recordKind ?? ''}`
    const known = groups.get(group) ?? { to, recordKind, names: new Set<string>() }
    groups.set(group, known)
    known.names.add(id)
  }
  const found = new Map<string, FoundThing>()
  for (const { to, recordKind, names } of groups.values()) {
    for (const row of await rowsOf(tx, to, recordKind, [...names])) {
      const key = referenceKey({ to, id: row.name, ...(recordKind === undefined ? {} : { recordKind }) })
      found.set(key, { id: row.id, customerNo: row.customer_no, timeZone: row.time_zone })
    }
  }
  return thingsIn(found)
}

function rowsOf(tx: ReadTx, to: Reference['to'], recordKind: string | undefined, names: string[]): Promise<ThingRow[]> {
  switch (to) {
    case 'vendor':
    case 'customer':
    case 'partner':
      return findOrganizations(tx, to, names)
    case 'person':
      return findPeople(tx, names)
    case 'access_request':
      return findAccessRequests(tx, names)
    case 'grant':
      return findGrants(tx, names)
    case 'record':
      return findRecords(tx, recordKind ?? '', names)
    default:
      throw new Error(`nothing refers to a ${to}`)
  }
}
