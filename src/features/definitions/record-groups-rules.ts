// Records in groups that differ in nothing the rules look at, but for who is named on them; kept so that those near to somebody are found.
import type { RecordFact } from '../../law/facts.ts'
import type { Places } from './places-rules.ts'

export interface RecordGroup {
  readonly kind: string
  readonly customerNo: number | null
  readonly siteNo: number | null
  readonly referenceCustomerNo: number | null
  readonly state: string
  /** Those that the rules look at. */
  readonly attributes: Readonly<Record<string, unknown>>
  readonly many: number
}

/** Records of a group on which somebody of a class, or a partner of theirs, is named, or for which alone a grant is. */
export interface SpecialGroup extends RecordGroup {
  readonly relations: readonly string[]
  readonly partners: RecordFact['partners']
  /** Grants to the class that are for these records. */
  readonly grants: readonly string[]
  /** The first of them. */
  readonly ids: readonly string[]
  readonly numbers: readonly string[]
}

/** A group with the texts by which it is found again. */
export interface KeptGroup extends RecordGroup {
  readonly key: string
  /** What the law knows of the record itself, wherever it belongs. */
  readonly itself: string
  /** Where it belongs: its customer, its site, and the customer of the record it refers to. */
  readonly place: string
  /** What it is to somebody who has nothing to do with its customer, nor with that of the record it refers to. */
  readonly far: string
}

/** Groups that are the same to whoever has nothing to do with them. */
export interface FarGroups {
  readonly many: number
  readonly groups: readonly KeptGroup[]
}

export interface RecordGroups {
  byKey(key: string): KeptGroup | undefined
  /** Those of the customers, and those that refer to a record of one. */
  near(customerNos: ReadonlySet<number>): ReadonlySet<KeptGroup>
  readonly far: ReadonlyMap<string, FarGroups>
}

export const groupKey = ({ kind, customerNo, siteNo, referenceCustomerNo, state, attributes }: RecordGroup): string =>
  JSON.stringify([kind, customerNo, siteNo, referenceCustomerNo, state, Object.entries(attributes).sort()])

export const placeOf = ({ customerNo, siteNo, referenceCustomerNo }: RecordGroup): string =>
  `${customerNo} ${siteNo} ${referenceCustomerNo}`

export function recordGroups(groups: readonly RecordGroup[], places: Places): RecordGroups {
  const standing = (number: number | null) => places.byNumber(number)?.suspended ?? null
  const kept = groups.map((group): KeptGroup => {
    const itself = JSON.stringify([group.kind, group.state, Object.entries(group.attributes).sort()])
    return {
      ...group,
      key: groupKey(group),
      itself,
      place: placeOf(group),
      far: JSON.stringify([itself, standing(group.customerNo), standing(group.referenceCustomerNo)]),
    }
  })
  const byKey = new Map(kept.map((group) => [group.key, group]))
  const ofCustomer = Map.groupBy(kept, ({ customerNo }) => customerNo)
  const ofReference = Map.groupBy(kept, ({ referenceCustomerNo }) => referenceCustomerNo)
  const far = [...Map.groupBy(kept, (group) => group.far)].map(([key, ones]): [string, FarGroups] => [
    key,
    { many: ones.reduce((sum, { many }) => sum + many, 0), groups: ones },
  ])
  const near = rememberingOne((numbers: ReadonlySet<number>) => [...numbers].sort().join())(
    (numbers) => new Set([...numbers].flatMap((number) => [...(ofCustomer.get(number) ?? []), ...(ofReference.get(number) ?? [])])),
  )
  return {
    byKey: (key) => byKey.get(key),
    near,
    far: new Map(far),
  }
}

/** Keeps the last answer: classes of people come by organization, and those of one are near to the same customers. */
function rememberingOne<Question>(keyOf: (question: Question) => string) {
  return <Answer>(answer: (question: Question) => Answer): ((question: Question) => Answer) => {
    let last: { readonly key: string; readonly answer: Answer } | undefined
    return (question) => {
      const key = keyOf(question)
      last = last?.key === key ? last : { key, answer: answer(question) }
      return last.answer
    }
  }
}
