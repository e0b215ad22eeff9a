// Compares two laws over a whole database: who gains and who loses what, counted and exact.
//
// The counts are the pure law's own: SQL only says which records stand alike (in what the rules look at) and how many they are; one of each is decided by
// `decide` with the facts that a check would load, under both laws. SQL with the expressions of both laws was the other way: it would have needed
// row policies' functions under two definitions at once (`known_grantees` is the one in force), and could have disagreed with a check.
import type { ReadTx } from '../../context/context.ts'
import type { GrantFact, SubjectFact } from '../../law/facts.ts'
import type { Law } from '../../law/law.ts'
import { askedOf, type LookedAt, lookedAt } from './asked-rules.ts'
import {
  everybody,
  grantsInForce,
  groupsOfRecords,
  type NamedBy,
  namedPeople,
  organizations,
  relationships,
  specialGroups,
} from './compare-store.ts'
import { bucketsFor, type Loaded } from './groups-rules.ts'
import { type Alike, alike, leftToAsk } from './likeness-rules.ts'
import { placesOf } from './places-rules.ts'
import { recordGroups } from './record-groups-rules.ts'
import { type Change, changesOf } from './tally-rules.ts'

/** What changes for people who stand alike. */
export interface ClassChange {
  readonly alike: Alike
  readonly changes: readonly Change[]
}

export interface Compared {
  /** How many people have a place in the portal, and in how many classes they were asked about. */
  readonly people: number
  readonly classes: number
  readonly changed: readonly ClassChange[]
  readonly looked: LookedAt
}

const peopleAtOnce = 500
const classesAtOnce = 100

/** Everything that changes for anybody, between two laws, with the grants, relations and records as they are at the instant of the question. */
export async function compareLaws(tx: ReadTx, before: Law, after: Law): Promise<Compared> {
  const asked = askedOf(before, after)
  const looked = lookedAt(asked)
  const ids = await everybody(tx)
  if (asked.records.size + asked.places.actions.length + asked.portal.actions.length === 0)
    return { people: ids.length, classes: 0, changed: [], looked }
  const loaded = await load(tx, looked)
  const classes = alike(
    (await subjectsOf(tx, ids)).filter(({ suspended }) => !suspended),
    {
      grants: byOrganization(await grantsInForce(tx)),
      named: await namedPeople(tx, looked),
      attributes: looked.people,
    },
  )
  const open = classes
    .map((one) => ({ one, left: leftToAsk(asked, one, loaded.places.customersOf(one.subject.alike).size > 0) }))
    .filter(({ left }) => left.records.size + left.places.actions.length + left.portal.actions.length > 0)
  const changed: ClassChange[] = []
  for (let first = 0; first < open.length; first += classesAtOnce) {
    const batch = open.slice(first, first + classesAtOnce)
    const special = await specialGroups(
      tx,
      batch.map(({ one }) => namedBy(one)),
      looked,
    )
    for (const [place, { one, left }] of batch.entries()) {
      const buckets = bucketsFor(loaded, one, [...left.records.keys()], special[place] ?? [])
      const changes = changesOf(loaded, one, left, buckets)
      if (changes.length > 0) changed.push({ alike: one, changes })
    }
  }
  return { people: ids.length, classes: classes.length, changed, looked }
}

async function load(tx: ReadTx, looked: LookedAt): Promise<Loaded> {
  const places = placesOf(await organizations(tx), await relationships(tx))
  return { at: tx.now, places, groups: recordGroups(await groupsOfRecords(tx, looked), places) }
}

const byOrganization = (grants: readonly GrantFact[]) => Map.groupBy(grants, ({ partnerId }): string => partnerId)

async function subjectsOf(tx: ReadTx, ids: readonly string[]): Promise<SubjectFact[]> {
  const subjects: SubjectFact[] = []
  for (let first = 0; first < ids.length; first += peopleAtOnce) {
    const facts = await tx.factsOfPeople(ids.slice(first, first + peopleAtOnce), { kind: 'portal' })
    subjects.push(...facts.flatMap(({ subject }) => subject ?? []))
  }
  return subjects
}

/** By whom records are special to a class. */
export const namedBy = ({ subject, grants, named }: Alike): NamedBy => ({
  personId: named ? subject.personId : null,
  partners: subject.alike,
  grants: grants.filter(({ scope }) => scope.kind === 'records').map(({ id }) => id),
})
