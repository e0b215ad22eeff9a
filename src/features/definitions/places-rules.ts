// Organizations, and how customers are related to partners, as the facts of a question have them.
import type { OrganizationId } from '../../kernel/ids.ts'
import type { CustomerFact, RelatedFact, SubjectFact } from '../../law/facts.ts'
import type { ColleagueChoice, Side } from '../../law/law.ts'
import type { CustomerRelation } from '../../rows/expression.ts'

export interface Organization {
  readonly id: OrganizationId
  readonly side: Side
  readonly name: string
  /** Of customers. */
  readonly number: number | null
  readonly timeZone: string
  readonly suspended: boolean
  /** Of customers: what they chose about colleagues whom partners let in. */
  readonly colleagues: ColleagueChoice | null
}

/** A relationship in force. */
export interface Relationship {
  readonly customerId: OrganizationId
  readonly partnerId: OrganizationId
  readonly relation: CustomerRelation
}

type Related = Pick<RelatedFact, 'relation' | 'partnerId'>

export interface Places {
  readonly all: readonly Organization[]
  byId(id: string): Organization | undefined
  byNumber(number: number | null): Organization | undefined
  /** How a customer is related to partners; a suspended one is to nobody, and a suspended superior leads nowhere. */
  relatedTo(customer: Organization | undefined): readonly Related[]
  /** The customers related to one of the partners. */
  customersOf(partners: readonly OrganizationId[]): ReadonlySet<OrganizationId>
}

export function placesOf(all: readonly Organization[], relationships: readonly Relationship[]): Places {
  const ids = new Map(all.map((one) => [one.id as string, one]))
  const numbers = new Map(all.flatMap((one) => (one.number === null ? [] : [[one.number, one] as const])))
  const ofCustomer = Map.groupBy(relationships, ({ customerId }) => customerId)
  const related = new Map(all.filter(({ side }) => side === 'customer').map((one) => [one.id, relatedOf(one, ids, ofCustomer)]))
  const ofPartner = new Map<OrganizationId, Set<OrganizationId>>()
  for (const [customer, ones] of related)
    for (const { partnerId } of ones) ofPartner.set(partnerId, (ofPartner.get(partnerId) ?? new Set()).add(customer))
  return {
    all,
    byId: (id) => ids.get(id),
    byNumber: (number) => (number === null ? undefined : numbers.get(number)),
    relatedTo: (customer) => (customer ? (related.get(customer.id) ?? []) : []),
    customersOf: (partners) => new Set(partners.flatMap((one) => [...(ofPartner.get(one) ?? [])])),
  }
}

type ByCustomer = ReadonlyMap<OrganizationId, readonly Relationship[]>

function relatedOf(customer: Organization, ids: ReadonlyMap<string, Organization>, ofCustomer: ByCustomer): Related[] {
  if (customer.suspended) return []
  const relationsOf = (id: OrganizationId) => ofCustomer.get(id) ?? []
  const direct = relationsOf(customer.id).filter(({ relation }) => relation !== 'subordinate')
  const superiors = new Set<OrganizationId>()
  const climb = (id: OrganizationId): void => {
    for (const { relation, partnerId } of relationsOf(id)) {
      if (relation !== 'subordinate' || superiors.has(partnerId) || ids.get(partnerId)?.suspended !== false) continue
      superiors.add(partnerId)
      climb(partnerId)
    }
  }
  climb(customer.id)
  const above = [...superiors].flatMap(relationsOf).filter(({ relation }) => relation === 'associated')
  const found = [...direct, ...above.map((one): Relationship => ({ ...one, relation: 'subordinate' }))]
  return found.map(({ relation, partnerId }) => ({ relation, partnerId }))
}

export const customerFact = ({ id, name, number, timeZone, suspended, colleagues }: Organization): CustomerFact => ({
  id,
  name,
  number: number ?? -1,
  timeZone,
  suspended,
  colleagues,
})

/** How a row's customer, and that of the record it refers to, are related to the subject's partner or one alike. */
export function relatedFacts(
  places: Places,
  customer: Organization | undefined,
  reference: Organization | undefined,
  { alike }: SubjectFact,
): RelatedFact[] {
  const through = (place: Organization | undefined, how: RelatedFact['through']): RelatedFact[] =>
    places
      .relatedTo(place)
      .filter(({ partnerId }) => alike.includes(partnerId))
      .map((one) => ({ ...one, through: how }))
  return [...through(customer, 'record'), ...through(reference, 'reference')]
}
