// What a class of people gains and loses, action by action, counted.

import { difference } from '../../law/difference.ts'
import { type Facts, nothingAsked } from '../../law/facts.ts'
import type { Action } from '../../law/law.ts'
import type { Asked, AskedOf } from './asked-rules.ts'
import { type Bucket, customersNear, type Loaded } from './groups-rules.ts'
import type { Alike } from './likeness-rules.ts'
import { customerFact, type Organization, relatedFacts } from './places-rules.ts'

/** On what something is gained or lost: records, customers, one's own organization, the portal itself. */
export type On = 'record' | 'customer' | 'organization' | 'portal'

/** Things that are gained, or lost: how many, and where examples of them are. */
export interface Counted {
  many: number
  readonly buckets: Bucket[]
  /** Names of customers. */
  readonly names: string[]
}

export interface Change {
  readonly action: Action
  readonly on: On
  readonly gained: Counted
  readonly lost: Counted
}

const mostExamples = 3

/** Every action with which something changes for the class; `buckets` holds the records of every kind that is asked about. */
export function changesOf(loaded: Loaded, one: Alike, asked: AskedOf, buckets: readonly Bucket[]): Change[] {
  const changes = new Map<string, Change>()
  const note = (on: On, part: Asked, facts: Facts, add: (to: Counted) => void): void => {
    const { gains, losses } = difference(part.actions, { law: part.before, facts }, { law: part.after, facts })
    for (const action of gains) add(changeOf(changes, action, on).gained)
    for (const action of losses) add(changeOf(changes, action, on).lost)
  }
  for (const bucket of buckets) {
    const part = asked.records.get(bucket.facts.thing?.record?.kind ?? '')
    const add = (to: Counted) => {
      to.many += bucket.many
      to.buckets.push(bucket)
    }
    if (part) note('record', part, bucket.facts, add)
  }
  if (asked.places.actions.length > 0)
    for (const { on, facts, many, names } of placesFor(loaded, one))
      note(on, asked.places, facts, (to) => {
        to.many += many
        to.names.push(...names.slice(0, mostExamples - to.names.length))
      })
  if (asked.portal.actions.length > 0)
    note('portal', forThePortal(asked, one), portalFacts(loaded, one), (to) => {
      to.many += 1
    })
  return [...changes.values()]
}

function changeOf(changes: Map<string, Change>, action: Action, on: On): Change {
  const key = `${on} ${action}`
  const nothing = (): Counted => ({ many: 0, buckets: [], names: [] })
  const change = changes.get(key) ?? { action, on, gained: nothing(), lost: nothing() }
  changes.set(key, change)
  return change
}

interface AskedPlace {
  readonly on: On
  readonly facts: Facts
  readonly many: number
  readonly names: readonly string[]
}

/** One's own organization, and every customer: those that are the same to the class together. */
function placesFor(loaded: Loaded, one: Alike): AskedPlace[] {
  const { places } = loaded
  const near = customersNear(loaded, one)
  const own = places.byId(one.subject.organizationId ?? '')
  const others = places.all.filter(({ side, id }) => side === 'customer' && id !== own?.id)
  const alike = Map.groupBy(others, (place) =>
    near.has(place.number ?? -1) ? JSON.stringify([place.id]) : JSON.stringify(['far', place.suspended]),
  )
  const customers = [...alike.values()].map((ones): AskedPlace => {
    const facts = placeFacts(loaded, one, ones[0] as Organization)
    return { on: 'customer', facts, many: ones.length, names: ones.slice(0, mostExamples).map(({ name }) => name) }
  })
  // What the vendor's people may do in their own organization is asked of the portal.
  if (!own || own.side === 'vendor') return customers
  return [...customers, { on: 'organization', facts: placeFacts(loaded, one, own), many: 1, names: [own.name] }]
}

function placeFacts({ at, places }: Loaded, { subject, grants }: Alike, place: Organization): Facts {
  const isCustomer = place.side === 'customer'
  return {
    at,
    subject,
    grants: grants.filter(({ customerId }) => customerId === place.id),
    asked: nothingAsked,
    thing: {
      on: { kind: isCustomer ? 'customer' : 'partner', id: place.id },
      owners: [place.id],
      customer: isCustomer ? customerFact(place) : null,
      record: null,
      related: isCustomer ? relatedFacts(places, place, undefined, subject) : [],
      askedBy: null,
      grant: null,
    },
  }
}

const portalFacts = ({ at }: Loaded, { subject }: Alike): Facts => ({
  at,
  subject,
  grants: [],
  asked: nothingAsked,
  thing: { on: { kind: 'portal' }, owners: [], customer: null, record: null, related: [], askedBy: null, grant: null },
})

/** What is done to the portal is the vendor's people's; a page that shows no records is everybody's. */
function forThePortal({ portal }: AskedOf, { subject }: Alike): Asked {
  const theirs = (action: Action) => subject.side === 'vendor' || action.startsWith('page:')
  return { ...portal, actions: portal.actions.filter(theirs) }
}
