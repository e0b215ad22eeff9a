// One record as its page shows it, inside an open door: the conversation, what happened, who is named on it, who gets a reply, what one may do.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { type Instant, instantOf } from '../../kernel/instant.ts'
import { refuse } from '../../kernel/refusal.ts'
import { abilities } from '../../law/abilities.ts'
import type { Facts, RecordFact } from '../../law/facts.ts'
import type { Action } from '../../law/law.ts'
import type { Relation } from '../../rows/expression.ts'
import { mostShown } from '../conversations/rules.ts'
import { conversationOf, type FileShown, type MessageShown } from '../conversations/steps.ts'
import { type AccountRequestShown, accountRequestEvent, accountRequestIn } from './account-request-rules.ts'
import { eventWords } from './event-rules.ts'
import { withPartners } from './people-store.ts'
import { isOutside, isPartnerManaged, kindOf, type NamedPerson, nothingThere, partOf, pointOfContactOf, type RecordRow } from './rules.ts'
import {
  actingPerson,
  factsOfPeople,
  levelNow,
  mayThey,
  peopleNamed,
  type RecordThere,
  type ReplyRecipient,
  recipientsAmong,
  recordOf,
} from './steps.ts'
import { eventsOf, firstEvent, storedRecord } from './store.ts'

export interface ContactShown {
  readonly personId: string
  readonly name: string
  readonly organization: string
  readonly relation: Relation
  readonly outside: boolean
  /** Of people from outside, for the customer and for their own colleagues; others see null. */
  readonly level: string | null
  readonly until: string | null
  /** The person may not read the record any more, and gets no letters about it. */
  readonly accessEnded: boolean
}

export interface OneRecord extends RecordRow {
  readonly description: string | null
  readonly attributes: Record<string, unknown>
  /** Where it was asked in the name of the account; null elsewhere. */
  readonly accountRequest: AccountRequestShown | null
  readonly messages: MessageShown[]
  readonly events: { id: string; at: Instant; what: string; by: string | null; words: string }[]
  readonly contacts: ContactShown[]
  /** Exactly those to whom a reply would be posted now. */
  readonly replyGoesTo: Omit<ReplyRecipient, 'personId'>[]
  readonly files: FileShown[]
  readonly abilities: Record<string, boolean>
}

/** The record of the facts, which are those of whoever asks, at this instant. */
export async function shownRecord(tx: ReadTx, facts: Facts): Promise<OneRecord> {
  if (facts.thing?.record && !facts.thing.customer) return shownToAll(tx, facts, facts.thing.record)
  const there = recordOf(facts)
  const stored = (await storedRecord(tx, there.record)) ?? refuse('not-found', nothingThere)
  const named = await peopleNamed(tx, there)
  const theirs = await factsOfPeople(
    tx,
    there,
    named.map(({ personId }) => personId),
    named,
  )
  const { description, ...attributes } = stored.attributes
  return {
    ...(await rowOf(tx, there, named)),
    createdAt: instantOf(stored.createdAt),
    updatedAt: instantOf(stored.updatedAt),
    description: typeof description === 'string' ? description : null,
    attributes,
    accountRequest: await accountRequestOn(tx, there),
    ...(await conversationOf(tx, there)),
    events: await eventsShown(tx, there),
    contacts: named.map((person) => contactShown(tx, there, person, theirs.get(person.personId))),
    replyGoesTo: recipientsAmong(tx, there, named, theirs).map(({ personId: _, ...shown }) => shown),
    abilities: abilitiesOn(tx, there.record.kind, facts),
  }
}

/** A record of no customer, such as an announcement: nobody is its contact, and nobody answers it. */
async function shownToAll(tx: ReadTx, facts: Facts, record: RecordFact): Promise<OneRecord> {
  const stored = (await storedRecord(tx, record)) ?? refuse('not-found', nothingThere)
  const { description, ...attributes } = stored.attributes
  const { id, number, title, state, kind } = record
  return {
    ...{ id, number, title, state, customer: null, pointOfContact: null, partnerManaged: false, part: 'can_see' },
    createdAt: instantOf(stored.createdAt),
    updatedAt: instantOf(stored.updatedAt),
    description: typeof description === 'string' ? description : null,
    attributes,
    accountRequest: null,
    ...{ messages: [], events: [], contacts: [], replyGoesTo: [], files: [] },
    abilities: abilitiesOn(tx, kind, facts),
  }
}

/** The record as the actor sees it after what this transaction did to it. */
export async function shownAfter(tx: WriteTx, { kind, id }: { kind: string; id: string }): Promise<OneRecord> {
  const { facts } = await tx.canThey(actingPerson(tx).personId, `${kind}:read`, { kind: 'record', recordKind: kind, id })
  return shownRecord(tx, facts)
}

async function rowOf(
  tx: ReadTx,
  { record, customer }: RecordThere,
  named: readonly NamedPerson[],
): Promise<Omit<RecordRow, 'createdAt' | 'updatedAt'>> {
  const assigned = await withPartners(tx, record.kind, [record.id])
  return {
    id: record.id,
    number: record.number,
    title: record.title,
    state: record.state,
    customer: { id: customer.id, name: customer.name },
    pointOfContact: pointOfContactOf(named, customer.id),
    partnerManaged: isPartnerManaged(named, assigned.has(record.id) ? 1 : 0),
    part: partOf(named, tx.facts.subject?.personId ?? null),
  }
}

async function accountRequestOn(tx: ReadTx, { record }: RecordThere): Promise<AccountRequestShown | null> {
  const asked = await firstEvent(tx, record, accountRequestEvent)
  return asked ? accountRequestIn(asked) : null
}

async function eventsShown(tx: ReadTx, { record }: RecordThere): Promise<OneRecord['events']> {
  const kind = kindOf(tx.law, record.kind)
  const events = await eventsOf(tx, record, mostShown)
  return events.map(({ id, at, what, by_name, detail }) => ({
    id: String(id),
    at: instantOf(at),
    what,
    by: by_name,
    words: eventWords(kind, what, by_name, detail),
  }))
}

function contactShown(tx: ReadTx, { record, customer }: RecordThere, person: NamedPerson, facts: Facts | undefined): ContactShown {
  const outside = isOutside(person.organizationId, customer.id)
  const home = tx.facts.subject?.organizationId ?? null
  const mayKnow = home !== null && (home === customer.id || home === person.organizationId)
  const level = outside && mayKnow ? levelNow(facts) : null
  return {
    personId: person.personId,
    name: person.name,
    organization: person.organizationName ?? '',
    relation: person.relation,
    outside,
    level: level?.level ?? null,
    until: level?.until ?? null,
    accessEnded: !mayThey(tx, `${record.kind}:read`, facts),
  }
}

/** What the actor may do to the record as it is, by the law that will be asked again when they do it. */
function abilitiesOn(tx: ReadTx, kind: string, facts: Facts): Record<string, boolean> {
  const actions = kindOf(tx.law, kind).actions.filter(({ action }) => action !== 'open' && action !== 'be_point_of_contact')
  return abilities(
    tx.law,
    actions.map(({ action }): Action => `${kind}:${action}`),
    facts,
  )
}
