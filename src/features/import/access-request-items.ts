// The parts of access requests on lines: for whom, what is asked and for what of the customer, and what the answer gave.
import { randomUUID } from 'node:crypto'
import { type Law, levelOf } from '../../law/law.ts'
import type { AccessRequestItemValues, KeptScope, RequestItemRow } from './access-requests-store.ts'
import { coveredBy, inOrder, rightOf, scopeFault } from './grant-terms.ts'
import type { Reference, Things } from './references.ts'
import { requestId } from './things-store.ts'
import { canonical, expectedOne, type Given, isLineFault, type LineFault } from './world-kind.ts'
import type { LineOf } from './world-lines.ts'

type AccessRequestLine = LineOf<'access_request'>
type Item = AccessRequestLine['items'][number]
type Scope = Item['scope']

const personOf = (id: string, place: number): Reference => ({ to: 'person', id, field: `items.${place}.person` })

export const itemOnLine = (row: RequestItemRow, isBeforeCustomer: boolean): Item => ({
  person: row.person,
  level: row.level,
  rights: [...row.rights].sort(),
  scope: inOrder(row.scope ?? null),
  takenOver: isBeforeCustomer && !row.waits,
  grantedLevel: row.granted_level,
  grantedRights: [...(row.granted_rights ?? [])].sort(),
  grantedScope: inOrder(row.granted_scope ?? null),
})

/** Everyone's part first; what is said of one person twice in one order, too. */
export const sorted = (items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, key: `${item.person === null ? 0 : 1}\u0000${item.person ?? ''}\u0000${canonical(item)}` }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ item }) => item)

/** The people, sites and records that the parts name. */
export const itemReferences = (line: AccessRequestLine): Reference[] =>
  line.items.flatMap((item, place) => [
    ...(item.person ? [personOf(item.person, place)] : []),
    ...coveredIn(line, item.scope, `items.${place}.scope`),
    ...coveredIn(line, item.grantedScope, `items.${place}.grantedScope`),
  ])

/** Sites and records of the request's customer; where there is none, nothing can be named. */
const coveredIn = ({ customer }: AccessRequestLine, scope: Scope, field: string): Reference[] =>
  customer ? coveredBy({ customer, scope }).map((one) => ({ ...one, field: one.field.replace('scope', field) })) : []

/** The parts as they are kept: with the codes of today, and everything said. */
export function completeItems(line: AccessRequestLine, given: Given): Item[] | LineFault {
  const items: Item[] = []
  for (const [place, item] of line.items.entries()) {
    const whole = completeItem(line, item, given)
    if (isLineFault(whole)) return { ...whole, field: `items.${place}.${whole.field}` }
    items.push(whole)
  }
  return sorted(items)
}

function completeItem({ customer, state }: AccessRequestLine, item: Item, given: Given): Item | LineFault {
  const { law } = given
  const asked = today(law, item.level, item.rights, ['level', 'rights'])
  if (isLineFault(asked)) return asked
  const granted = today(law, item.grantedLevel, item.grantedRights, ['grantedLevel', 'grantedRights'])
  if (isLineFault(granted)) return granted
  const { scope, grantedScope } = item
  if (!customer && (scope || grantedScope))
    return { field: scope ? 'scope' : 'grantedScope', expected: 'expected none: the request stands before no customer' }
  const unfit = customer ? scopeFault({ customer, scope, ...asked }, given) : undefined
  if (unfit) return unfit
  return {
    person: item.person,
    ...asked,
    scope: inOrder(scope),
    takenOver: item.takenOver === true && state === 'waiting' && Boolean(customer),
    grantedLevel: granted.level,
    grantedRights: granted.rights,
    grantedScope: inOrder(grantedScope),
  }
}

/** A level and rights by their codes of today; each once, in one order. */
function today(
  law: Law,
  level: string | null | undefined,
  rights: readonly string[] | undefined,
  [ofLevel, ofRights]: readonly [string, string],
): { level: string | null; rights: string[] } | LineFault {
  const known = level ? levelOf(law, level) : undefined
  if (level && !known) return { field: ofLevel, expected: expectedOne('a level', law.levels) }
  const codes = (rights ?? []).map((name) => rightOf(law, name)?.code)
  const unknown = codes.indexOf(undefined)
  if (unknown >= 0) return { field: `${ofRights}.${unknown}`, expected: expectedOne('a right or role that can be given', law.rights) }
  return { level: known?.code ?? null, rights: [...new Set(codes.filter((code) => code !== undefined))].sort() }
}

/** The parts as rows; `before`: the customer and the partner by our ids, where the request waits before one. */
export function itemValues(
  line: AccessRequestLine,
  things: Things,
  before: { readonly customer: string; readonly partner: string } | null,
): AccessRequestItemValues[] {
  const keptScope = (scope: Scope): KeptScope | null => {
    if (!scope || !line.customer) return null
    const found = coveredBy({ customer: line.customer, scope }).map((one) => ({ kind: one.within ?? '', id: things.get(one).id }))
    return 'sites' in scope ? { sites: found.map(({ id }) => Number(id)) } : { records: found }
  }
  return line.items.map((item, place) => {
    const standsBefore = item.takenOver ? null : before
    return {
      id: randomUUID(),
      request_id: requestId(line.id),
      person_id: item.person ? things.get(personOf(item.person, place)).id : null,
      level: item.level ?? null,
      rights: item.rights ?? [],
      scope: keptScope(item.scope),
      pending_customer_id: standsBefore?.customer ?? null,
      pending_partner_id: standsBefore?.partner ?? null,
      granted_level: item.grantedLevel ?? null,
      granted_rights: rightsGiven(item),
      granted_scope: keptScope(item.grantedScope),
    }
  })
}

/** Null: the answer gave nothing. */
const rightsGiven = ({ grantedLevel, grantedRights = [] }: Item): string[] | null =>
  grantedLevel || grantedRights.length > 0 ? grantedRights : null
