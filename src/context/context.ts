// The one door to the database. The question comes first, the transaction second: without asking there is nothing to hold.
import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Instant } from '../kernel/instant.ts'
import type { Actor } from '../law/actors.ts'
import { type Decision, decide } from '../law/decide.ts'
import { type Asked, type Facts, nothingAsked, type On } from '../law/facts.ts'
import type { Action, Law } from '../law/law.ts'
import type { Writing } from '../platform/db/database.ts'
import { kyselyOn } from '../platform/db/kysely-on.ts'
import type { Tables } from '../platform/db/tables.gen.ts'
import type { KeptReach } from '../rows/reach.ts'
import { doOnce, type Repeatable } from './done-once.ts'
import { type Concerns, concernsMore, focused, focusedFacts, inFocus } from './focus.ts'
import type { House, HouseSettings } from './house.ts'
import { keepReach, ReachNotKept, reachOf, readsByGrants } from './kept-reach.ts'
import { Lane } from './lane.ts'
import { noteLastUse } from './last-use.ts'
import { lawAt } from './law-at.ts'
import { type External, loadFacts, loadFactsOfPairs, loadFactsOfPeople, type Pair, type What, type Who } from './load-facts.ts'
import { lookOf, refusalOfLook, tellLook } from './look.ts'
import { mostTries, waitAfterLostRace } from './lost-races.ts'
import { act, commit, type Mode, open, type Role, throughout, under } from './opening.ts'
import { lawVersion, newestLaw } from './portal-definition.ts'
import { type Letter, writeLetters } from './post.ts'
import { type AuditEntry, writeAudit } from './record.ts'
import { Refused, refuseUnlessOpen, refuseWhileLocked } from './refused.ts'
import { type FoundPage, type Search, whichThings, whoCan } from './who.ts'

export interface ReadTx {
  /** This transaction, under the restricted role, with row security. */
  readonly sql: Kysely<Tables>
  /** The question's instant: the same in SQL (`app_now()`) and here. */
  readonly now: Instant
  readonly actor: Actor
  readonly law: Law
  readonly settings: HouseSettings
  /** The facts that decided. */
  readonly facts: Facts
  readonly decision: Decision
  /** What is kept of the actor's reach, for choosing how to go through lists. */
  readonly reach: KeptReach
  /** A further question of the actor's inside the open door. */
  can(action: Action, on: On): Promise<Decision>
  /**
   * The same question for another person (an id, or an external id), at this instant or another; for previews, decisions and letters.
   * @param asked what a trusted caller says of the three; it goes before what is stored
   * @returns also the law that decided: of a past instant, the definition that was in force then
   */
  canThey(who: string | Who, action: Action, on: What, at?: Instant, asked?: Asked): Promise<{ decision: Decision; facts: Facts; law: Law }>
  /** The facts about many people and one thing, in one statement: one answer for each who has a place in the portal at the instant. */
  factsOfPeople(people: readonly string[], on: What, at?: Instant): Promise<Facts[]>
  /** The facts about many pairs of somebody and something, all of them records, or all customers, and so on, in one statement and in their order. */
  factsOfPairs(pairs: readonly Pair[]): Promise<Facts[]>
  /** Everybody who can do it to that, page by page, by the same decision, at this instant or an earlier one; with the law that decided. */
  whoCan(action: Action, on: What, search: Search, at?: Instant): Promise<FoundPage & { readonly law: Law }>
  /**
   * Every record of a kind, or customer (kind null), to which they can do it, at this instant or an earlier one: then of those that were there, as they
   * are now, with the law that decided.
   */
  whichThings(
    who: { readonly personId: string } | External,
    action: Action,
    kind: string | null,
    search: Search,
    at?: Instant,
  ): Promise<FoundPage & { readonly law: Law }>
}

export interface WriteTx extends ReadTx {
  /** Says what was done; a write that says nothing is a bug and does not commit. */
  record(...entries: AuditEntry[]): void
  post(...letters: Letter[]): void
}

export interface Context {
  readonly actor: Actor
  readonly house: House
  readonly requestRef: string
  /** Under which key the caller may send the same again, where it sent one. */
  readonly repeatable: Repeatable | undefined
  /** What its writes do: what only takes something away is done, too, where there is too little room for others. */
  readonly writes: Writing
  /** Asks, and if the answer is yes reads in one snapshot. Refuses with not-found or not-allowed. */
  reading<T>(action: Action, on: On, work: (tx: ReadTx) => Promise<T>): Promise<T>
  /** Asks, and if the answer is yes does the work, serializable. After a lost race the work runs again: it does nothing but database work. */
  writing<T>(action: Action, on: On, work: (tx: WriteTx) => Promise<T>, concerns?: Concerns): Promise<T>
}

/** @param repeatable under which key the caller may send the same request again, where it sent one */
export function createContext(
  house: House,
  actor: Actor,
  requestRef: string,
  repeatable?: Repeatable,
  writes: Writing = 'anything',
): Context {
  const door = { house, actor, requestRef, repeatable, writes }
  return {
    ...door,
    reading: (action, on, work) => throughDoor(door, 'reading', action, on, work),
    writing: (action, on, work, concerns) => throughDoor({ ...door, concerns }, 'writing', action, on, work),
  }
}

type Door = Pick<Context, 'house' | 'actor' | 'requestRef' | 'repeatable' | 'writes'> & {
  readonly concerns?: Concerns | undefined
  /** Whether the door may still be opened anew to keep what the actor reaches. */
  readonly mayKeep?: boolean
}

class LawIsNewer extends Error {}

async function throughDoor<T>(door: Door, mode: Mode, action: Action, on: On, work: (tx: WriteTx) => Promise<T>): Promise<T> {
  const { database, law } = door.house
  const shut = refusalOfLook(law, door.actor, mode, action, on)
  if (shut) throw shut
  if (mode === 'writing') database.assertWritable(door.writes)
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.pool.withClient((client) =>
        once(client, { ...door, mayKeep: attempt === 1 && !lookOf(door.actor) }, mode, action, on, work),
      )
    } catch (error) {
      await prepareNextTry(error, door, mode, attempt)
    }
  }
}

/** After a newer law or a lost race the question is asked again; everything else is thrown on. */
async function prepareNextTry(error: unknown, { house }: Door, mode: Mode, attempt: number): Promise<void> {
  if (error instanceof LawIsNewer && attempt < mostTries) {
    house.law = await house.database.pool.withClient((client) => newestLaw(client))
    return
  }
  if (error instanceof ReachNotKept) return keepReach(house, error)
  if (mode === 'reading') throw error
  await waitAfterLostRace(error, attempt, house.log)
}

/** What one run of the work says that it did, and its turns on the connection. */
interface Attempt {
  readonly entries: AuditEntry[]
  readonly letters: Letter[]
  readonly lane: Lane
}

async function once<T>(
  client: pg.PoolClient,
  door: Door,
  mode: Mode,
  action: Action,
  on: On,
  work: (tx: WriteTx) => Promise<T>,
): Promise<T> {
  const attempt: Attempt = { entries: [], letters: [], lane: new Lane() }
  const toItsEnd = async (tx: WriteTx): Promise<T> => {
    try {
      return await work(tx)
    } finally {
      await attempt.lane.end()
    }
  }
  try {
    const tx = await ask(client, door, mode, action, on, attempt)
    const answer = mode === 'reading' ? await toItsEnd(tx) : await write(client, door, action, tx, toItsEnd, attempt)
    await commit(client)
    await noteLastUse(client, door.house, door.actor, tx.facts)
    return answer
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    if (mode === 'writing' && error instanceof Refused) await recordRefusal(client, door, action, error)
    throw error instanceof Refused ? error.refusal : error
  }
}

/** Does the work once, and writes down what it recorded and posted. Work that was done under the same key before is not done again. */
async function write<T>(
  client: pg.PoolClient,
  { actor, requestRef, repeatable, concerns }: Door,
  action: Action,
  tx: WriteTx,
  work: (tx: WriteTx) => Promise<T>,
  { entries, letters }: Attempt,
): Promise<T> {
  const { answer, again } = await doOnce(client, { actor, action, now: tx.now, repeatable }, () => work(tx))
  if (again) return answer
  if (entries.length === 0) throw new Error(`${action} wrote without recording anything`)
  if (concerns && concernsMore(actor, entries)) await refuseWhileLocked(client, actor, tx)
  await writeAudit(client, actor, tx.now, requestRef, entries)
  await writeLetters(client, letters)
  return answer
}

/** Opens the transaction, loads the facts, decides, and takes the role of the work. */
async function ask(client: pg.PoolClient, door: Door, mode: Mode, action: Action, on: On, attempt: Attempt): Promise<WriteTx> {
  const { house, actor } = door
  const { law, settings } = house
  if (actor.kind === 'system') return systemWork(client, door, mode, action, attempt)
  const now = await open(client, mode, actor, house.clock, 'latchkey_facts')
  const { facts, lawVersion: inForce } = await loadFacts(client, law, actor, on, now)
  if (inForce !== law.version) throw new LawIsNewer()
  const decision = focused(actor, facts, decide(law, action, facts))
  await refuseUnlessOpen(client, law, actor, action, { facts, decision })
  if (mode === 'writing' && !door.concerns) await refuseWhileLocked(client, actor, { facts, decision })
  // Who may run the portal passes row policies where the portal is what they work on, and nowhere else.
  const reach = on.kind === 'portal' && decide(law, 'portal:operate', facts).allowed ? 'operator' : 'own'
  const byGrants = readsByGrants(actor, on, facts.subject)
  const look = lookOf(actor)
  const role = look ? 'latchkey_look' : 'latchkey_app'
  if (look) await tellLook(client, look)
  const kept = reachOf(await act(client, law, facts.subject, reach, role, byGrants ? 'with what is kept' : 'bare'))
  if (byGrants && kept === null && door.mayKeep && facts.subject) throw new ReachNotKept(facts.subject)
  // What a write changes on its way may be the actor's own reach.
  const given = { now, actor, law, settings, facts, decision, reach: mode === 'reading' ? kept : null }
  return transaction(client, given, role, attempt)
}

/** The server's own work: only its own task, under the role for it. */
async function systemWork(client: pg.PoolClient, door: Door, mode: Mode, action: Action, attempt: Attempt): Promise<WriteTx> {
  const { house, actor } = door
  if (actor.kind !== 'system' || action !== `system:${actor.task}`) throw new Error(`${action} is not this task's own work`)
  const [now, inForce] = await Promise.all([open(client, mode, actor, house.clock, 'latchkey_system'), lawVersion(client)])
  if (inForce !== house.law.version) throw new LawIsNewer()
  const facts: Facts = { at: now, subject: null, thing: null, grants: [], asked: nothingAsked }
  const decision: Decision = { allowed: true, seen: true, grant: null, forbidden: null }
  const given = { now, actor, law: house.law, settings: house.settings, facts, decision, reach: null }
  return transaction(client, given, 'latchkey_system', attempt)
}

type Given = Pick<ReadTx, 'now' | 'actor' | 'law' | 'settings' | 'facts' | 'decision' | 'reach'>

function transaction(client: pg.PoolClient, given: Given, role: Role, { entries, letters, lane }: Attempt): WriteTx {
  const underFacts = <T>(work: () => Promise<T>): Promise<T> => lane.alone(() => throughout(client, 'latchkey_facts', work, role))
  const load = <T>(facts: () => Promise<T>): Promise<T> => lane.together(() => under(client, 'latchkey_facts', facts, role))
  const factsOf = async (who: Who, on: What, at: Instant, asked?: Asked): Promise<Facts> =>
    (await load(() => loadFacts(client, given.law, who, on, at, asked))).facts
  // Whatever is asked about anybody, a locked session hears nothing of another customer.
  const told = (facts: Facts): Facts => focusedFacts(given.actor, facts)
  const within = (search: Search): Search => ({ ...search, keep: (found) => inFocus(given.actor, found.facts) && search.keep(found) })
  const lawOf = async (at: Instant): Promise<Law> => (at < given.now ? lawAt(client, given.law, at, given.now) : given.law)
  return {
    ...given,
    sql: kyselyOn<Tables>(client, (sends) => lane.together(sends)),
    can: async (action, on) => {
      const facts = await factsOf(given.actor, on, given.now)
      return focused(given.actor, facts, decide(given.law, action, facts))
    },
    canThey: async (who, action, on, at = given.now, asked) => {
      const law = at < given.now ? await underFacts(() => lawAt(client, given.law, at, given.now)) : given.law
      const facts = told(await factsOf(typeof who === 'string' ? { personId: who } : who, on, at, asked))
      return { decision: decide(law, action, facts), facts, law }
    },
    factsOfPeople: async (people, on, at = given.now) => (await load(() => loadFactsOfPeople(client, people, on, at))).map(told),
    factsOfPairs: async (pairs) => (await load(() => loadFactsOfPairs(client, pairs, given.now))).map(told),
    whoCan: (action, on, search, at = given.now) =>
      underFacts(async () => {
        const law = await lawOf(at)
        return { ...(await whoCan({ client, law, at }, action, on, within(search))), law }
      }),
    whichThings: (who, action, kind, search, at = given.now) =>
      underFacts(async () => {
        const law = await lawOf(at)
        const before = at < given.now ? at : null
        return { ...(await whichThings({ client, law, at }, who, action, kind, within(search), before)), law }
      }),
    record: (...more) => void entries.push(...more),
    post: (...more) => void letters.push(...more),
  }
}

/** A refused write is recorded too; what the actor may not even see is recorded without naming whose it is. */
async function recordRefusal(client: pg.PoolClient, door: Door, action: Action, { facts, seen }: Refused): Promise<void> {
  if (door.actor.kind === 'nobody') return
  const now = await open(client, 'writing', door.actor, door.house.clock, 'latchkey_facts')
  await act(client, door.house.law, facts.subject, 'own', 'latchkey_app')
  await writeAudit(client, door.actor, now, door.requestRef, [
    {
      what: 'refused',
      customerId: seen ? (facts.thing?.customer?.id ?? null) : null,
      detail: { action, thing: facts.thing?.on.kind ?? null },
    },
  ])
  await commit(client)
}
