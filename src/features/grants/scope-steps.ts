// The scope that somebody chose, found: only sites and records of the very customer.
import type { ReadTx } from '../../context/context.ts'
import { refuseField } from '../../kernel/refusal.ts'
import type { Organization } from '../organizations/steps.ts'
import { type AccessGiven, type AccessInput, type AccessScope, accessNamed, type ScopeInput, wholeCustomer } from './access-rules.ts'
import { recordsOfCustomer, sitesOfCustomer } from './scope-store.ts'

/** What was chosen, checked against the definition and the customer. Whatever is not the customer's, known or not, is refused alike. */
export async function accessChosen(tx: ReadTx, customer: Organization, input: AccessInput, field = ''): Promise<AccessGiven> {
  const access = accessNamed(tx.law, input, field)
  return { ...access, scope: input.scope === undefined ? wholeCustomer : await scopeFound(tx, customer, input.scope, `${field}scope`) }
}

async function scopeFound(tx: ReadTx, customer: Organization, { sites, records }: ScopeInput, field: string): Promise<AccessScope> {
  if (sites && sites.length > 0) {
    const known = await sitesOfCustomer(tx, customer.id)
    const found = sites.map((id) =>
      known.find((site) => (typeof id === 'number' ? site.siteNo === id : site.externalId === id || `${site.siteNo}` === id)),
    )
    return {
      kind: 'sites',
      sites: distinct(found, ({ siteNo }) => `${siteNo}`, `${field}.sites`, notYours('site')).map(({ siteNo, name }) => ({ siteNo, name })),
    }
  }
  const known = await recordsOfCustomer(tx, customer.customerNo ?? -1, records ?? [])
  const found = (records ?? []).map(({ kind, id }) => known.find((one) => one.kind === kind && (one.id === id || one.externalId === id)))
  const named = distinct(found, ({ kind, id }) => `${kind} ${id}`, `${field}.records`, notYours('record'))
  return { kind: 'records', records: named.map(({ kind, id, number }) => ({ kind, id, number })) }
}

const notYours = (what: string): string => `Not every ${what} named here is one of yours.`

/** Each once; refuses with the sentence where one of them was not found. */
export function distinct<T>(found: readonly (T | undefined)[], key: (one: T) => string, field: string, sentence: string): T[] {
  const all = found.map((one) => one ?? refuseField(field, sentence))
  return [...new Map(all.map((one) => [key(one), one])).values()]
}
