// The sites and records of a customer that somebody of a partner may know of, and so may name when asking for access: what stands in an access that
// they may read, every site where such an access for the whole customer is in force, and records that the law lets them read.
import type { ReadTx } from '../../context/context.ts'
import { decide } from '../../law/decide.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import type { Organization } from '../organizations/steps.ts'
import type { AccessScope, ScopeInput } from './access-rules.ts'
import { gives } from './rules.ts'
import { distinct } from './scope-steps.ts'
import { recordsOfCustomer, sitesOfCustomer } from './scope-store.ts'
import { narrowedTo } from './steps.ts'
import { grantsWhere } from './store.ts'

export interface KnownPlaces {
  readonly sites: readonly { readonly siteNo: number; readonly externalId: string | null; readonly name: string }[]
  /** Records that stand in an access; others are asked about one by one. */
  readonly records: readonly { readonly kind: string; readonly id: string; readonly number: string }[]
}

/** By what the customer gave the actor's partner, as far as the actor may read it; ended accesses name what they named. */
export async function placesKnown(tx: ReadTx, customerId: string): Promise<KnownPlaces> {
  const on = { kind: 'partner', id: homeOf(tx.actor) } as const
  if (!(await tx.can('access:read', on)).allowed) return { sites: [], records: [] }
  const received = await grantsWhere(tx, { partnerId: on.id, seenBy: await narrowedTo(tx, on.id) })
  const ofCustomer = received.filter(({ customer }) => customer.id === customerId)
  const whole = ofCustomer.some((grant) => grant.scope.kind === 'all' && gives(grant, tx.now))
  const named = new Set(ofCustomer.flatMap(({ scope }) => (scope.kind === 'sites' ? scope.sites.map(({ siteNo }) => siteNo) : [])))
  const sites = await sitesOfCustomer(tx, customerId)
  return {
    sites: sites.filter(({ siteNo }) => whole || named.has(siteNo)),
    records: ofCustomer.flatMap(({ scope }) => (scope.kind === 'records' ? scope.records : [])),
  }
}

/** What was named, among what may be known. Whatever is not, there or not, is refused alike. */
export async function scopeKnown(
  tx: ReadTx,
  customer: Organization,
  known: KnownPlaces,
  { sites, records }: ScopeInput,
  field: string,
): Promise<AccessScope> {
  if (sites && sites.length > 0) {
    const found = sites.map((id) => known.sites.find((site) => site.siteNo === id || site.externalId === id || `${site.siteNo}` === id))
    const named = distinct(found, ({ siteNo }) => `${siteNo}`, `${field}.sites`, unknown('site'))
    return { kind: 'sites', sites: named.map(({ siteNo, name }) => ({ siteNo, name })) }
  }
  const readable = await recordsReadable(tx, customer, records ?? [])
  const found = (records ?? []).map(
    ({ kind, id }) =>
      readable.find((one) => one.kind === kind && (one.id === id || one.externalId === id)) ??
      known.records.find((one) => one.kind === kind && one.id === id),
  )
  const named = distinct(found, ({ kind, id }) => `${kind} ${id}`, `${field}.records`, unknown('record'))
  return { kind: 'records', records: named.map(({ kind, id, number }) => ({ kind, id, number })) }
}

const unknown = (what: string): string => `Not every ${what} named here is one that you may know of.`

async function recordsReadable(tx: ReadTx, customer: Organization, records: readonly { readonly kind: string; readonly id: string }[]) {
  const personId = personOf(tx.actor)
  const found = await recordsOfCustomer(tx, customer.customerNo ?? -1, records)
  if (personId === null || found.length === 0) return []
  const facts = await tx.factsOfPairs(found.map(({ kind, id }) => ({ who: { personId }, on: { kind: 'record', recordKind: kind, id } })))
  return found.filter((one, index) => {
    const asked = facts[index]
    return asked !== undefined && decide(tx.law, `${one.kind}:read`, asked).allowed
  })
}
