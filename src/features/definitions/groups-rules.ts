// Records in buckets of which the law knows the same for a class of people: each bucket is decided once, with the facts of one of its records.
import { asId, type RecordId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { type Facts, nothingAsked, type RecordFact } from '../../law/facts.ts'
import { standing } from '../../law/grants-in-force.ts'
import type { Alike } from './likeness-rules.ts'
import { customerFact, type Organization, type Places, relatedFacts } from './places-rules.ts'
import { groupKey, type KeptGroup, placeOf, type RecordGroup, type RecordGroups, type SpecialGroup } from './record-groups-rules.ts'

/** Everything that was loaded once. */
export interface Loaded {
  readonly at: Instant
  readonly places: Places
  readonly groups: RecordGroups
}

/** What is decided once: the facts, how many records that is, and where examples of them are. */
export interface Bucket {
  readonly facts: Facts
  many: number
  readonly special: SpecialGroup[]
  /** Some groups of which records are in here that name nobody. */
  readonly plain: RecordGroup[]
}

/** A few are enough to find examples in. */
const mostPlain = 3

/** The numbers of the customers with whom the class has to do: their own, those of grants, those related to their partner. */
export function customersNear({ places }: Loaded, { subject, grants }: Alike): ReadonlySet<number> {
  const ids = [subject.organizationId ?? '', ...grants.map(({ customerId }) => customerId), ...places.customersOf(subject.alike)]
  return new Set(ids.flatMap((id) => places.byId(id)?.number ?? []))
}

/** Every record of the kinds, in buckets. Special ones are taken out of the group that they belong to, and stand by themselves. */
export function bucketsFor(loaded: Loaded, one: Alike, kinds: readonly string[], special: readonly SpecialGroup[]): Bucket[] {
  const { groups } = loaded
  const named = special.filter(({ kind }) => kinds.includes(kind))
  const taken = takenOut(named)
  const asked = new Set(kinds)
  const left = (group: KeptGroup): number => (asked.has(group.kind) ? group.many - (taken.get(group.key) ?? 0) : 0)
  const near = groups.near(customersNear(loaded, one))
  const sight = sightOf(loaded, one)
  const buckets = emptyBuckets()
  for (const group of named) {
    const bucket = buckets.of(sight.placeText(group, placeOf(group)), sight.itself(group), group.many, () => sight.factsOf(group, group))
    bucket.special.push(group)
  }
  for (const group of near) {
    const many = left(group)
    if (many === 0) continue
    const bucket = buckets.of(sight.placeText(group, group.place), group.itself, many, () => sight.factsOf(group))
    if (bucket.plain.length < mostPlain) bucket.plain.push(group)
  }
  for (const { key, many, groups: far } of farFrom(groups, near, taken)) {
    const plain = firsts(many === 0 ? [] : far, (group) => left(group) > 0 && !near.has(group))
    const [first] = plain
    if (first) buckets.of('far', key, many, () => sight.factsOf(first)).plain.push(...plain)
  }
  return buckets.all()
}

function takenOut(special: readonly SpecialGroup[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>()
  for (const group of special) taken.set(groupKey(group), (taken.get(groupKey(group)) ?? 0) + group.many)
  return taken
}

function emptyBuckets() {
  // In two steps: a key put together of both texts would be made, and read through, for each of very many groups.
  const buckets = new Map<string, Map<string, Bucket>>()
  return {
    /** The bucket of a place and of what the record itself is, with so many records more. */
    of: (place: string, itself: string, many: number, facts: () => Facts): Bucket => {
      const there = buckets.get(place) ?? new Map<string, Bucket>()
      if (there.size === 0) buckets.set(place, there)
      const bucket = there.get(itself) ?? { facts: facts(), many: 0, special: [], plain: [] }
      if (bucket.many === 0) there.set(itself, bucket)
      bucket.many += many
      return bucket
    },
    all: (): Bucket[] => [...buckets.values()].flatMap((there) => [...there.values()]),
  }
}

/** The first few; the list may be long. */
function firsts<T>(list: readonly T[], is: (one: T) => boolean): T[] {
  const found: T[] = []
  for (const one of list) {
    if (is(one)) found.push(one)
    if (found.length === mostPlain) break
  }
  return found
}

/** How many records of each sort are left that are near to nobody of the class and name none of them. */
function farFrom(groups: RecordGroups, near: ReadonlySet<KeptGroup>, taken: ReadonlyMap<string, number>) {
  const gone = new Map<string, number>()
  const take = (group: KeptGroup, many: number) => gone.set(group.far, (gone.get(group.far) ?? 0) + many)
  for (const group of near) take(group, group.many)
  for (const [key, many] of taken) {
    const group = groups.byKey(key)
    if (group && !near.has(group)) take(group, many)
  }
  return [...groups.far].map(([key, far]) => ({ key, groups: far.groups, many: far.many - (gone.get(key) ?? 0) }))
}

/** How a class of people sees groups: texts that are the same where the law knows the same, and the facts of one record. */
function sightOf({ at, places }: Loaded, { subject, grants }: Alike) {
  const ofCustomer = Map.groupBy(grants, ({ customerId }) => customerId)
  const factsOf = (group: RecordGroup, special?: SpecialGroup): Facts => {
    const [customer, reference] = [places.byNumber(group.customerNo), places.byNumber(group.referenceCustomerNo)]
    const id = special?.ids[0] ?? '0'
    const record = recordFact(group, id, reference)
    return {
      at,
      subject,
      grants: (customer && ofCustomer.get(customer.id)) ?? [],
      asked: nothingAsked,
      thing: {
        on: { kind: 'record', recordKind: group.kind, id },
        owners: customer ? [customer.id] : [],
        customer: customer ? customerFact(customer) : null,
        record: special ? { ...record, relations: special.relations, partners: special.partners } : record,
        related: relatedFacts(places, customer, reference, subject),
        askedBy: null,
        grant: null,
      },
    }
  }
  const known = new Map<string, string>()
  /** What the place of a group is to the class; worked out once for each place. */
  const placeText = (group: RecordGroup, place: string): string => {
    const before = known.get(place)
    if (before !== undefined) return before
    const text = placeKey(factsOf(group))
    known.set(place, text)
    return text
  }
  /** A record that names somebody is itself like no other group: what it names stands in its text. */
  const itself = ({ kind, state, attributes, relations, partners, grants: held }: SpecialGroup): string =>
    JSON.stringify([kind, state, Object.entries(attributes).sort(), relations, partners, held])
  return { placeText, itself, factsOf }
}

const recordFact = ({ kind, state, siteNo, attributes }: RecordGroup, id: string, reference: Organization | undefined): RecordFact => ({
  id: asId<RecordId>(id),
  kind,
  externalId: '',
  number: '',
  title: '',
  state,
  siteNo,
  attributes,
  reference: reference === undefined ? 'none' : reference.suspended ? 'suspended' : 'standing',
  relations: [],
  partners: [],
})

/** The grants that decide there and what they cover, whose the place is, which roles are held at the site, and how it is related. */
function placeKey(facts: Facts): string {
  const { subject, thing } = facts
  const siteNo = thing?.record?.siteNo ?? null
  const used = standing(facts).used.map(({ personId, groupId, level, rights, scope, id }) => {
    const covers = scope.kind === 'sites' ? siteNo !== null && scope.siteNos.includes(siteNo) : scope.kind === 'records' ? id : true
    return [personId !== null, groupId !== null, level, rights, scope.kind, covers]
  })
  const own = subject?.organizationId != null && thing?.owners.includes(subject.organizationId)
  const atSite = own ? subject.siteRoles.filter((held) => held.siteNo === siteNo).map(({ role }) => role) : []
  const related = (thing?.related ?? []).map(({ relation, through, partnerId }) => `${relation} ${through} ${partnerId}`).sort()
  return JSON.stringify([
    used,
    own,
    atSite,
    related,
    thing?.customer?.suspended ?? null,
    thing?.customer?.colleagues,
    thing?.record?.reference,
  ])
}
