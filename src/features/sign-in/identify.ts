// Who sends a request: a person by their session's cookie, a key by its text, or nobody. Asked anew for every request, so that what ended is ended.
import { createHash, timingSafeEqual } from 'node:crypto'
import { type Context, createContext, type WriteTx } from '../../context/context.ts'
import { Gathering } from '../../context/gathering.ts'
import type { House } from '../../context/house.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { type Actor, type KeptLook, nobody, type PersonActor } from '../../law/actors.ts'
import { looksLikeKey } from '../api-keys/rules.ts'
import { keyWithHash, noteKeyUse, vendorId } from '../api-keys/steps.ts'
import { lookingAs } from '../looks/steps.ts'
import { findCurrentPerson } from '../people/steps.ts'
import { isLive, shouldNoteUse } from './rules.ts'
import { hashToken } from './secrets.ts'
import { portal, signInContext, signInTask } from './sign-in-context.ts'
import { noteUse, sessionByToken } from './store.ts'

export interface Credentials {
  /** The value of the session cookie. */
  readonly cookie?: string | undefined
  /** What stands after `Authorization: Bearer`. */
  readonly bearer?: string | undefined
  /** LATCHKEY_BOOTSTRAP_KEY, or the key that the server wrote for this machine's own command line. */
  readonly operatorKey?: string | undefined
  /** The request's reference, for the audit. */
  readonly requestRef?: string | undefined
}

/** Identifies for one server. Requests with the same credentials that arrive together are asked about once, after the last of them arrived. */
export function identifierOf(house: House): (credentials: Credentials) => Promise<Actor> {
  const gathering = new Gathering<Credentials, Actor>(async ([credentials, ...others]) => {
    const actor = await identify(house, credentials)
    return [actor, ...others.map(() => actor)]
  })
  return async (credentials) => {
    const { bearer, cookie } = credentials
    return bearer === undefined && cookie === undefined ? nobody : gathering.ask(JSON.stringify([bearer, cookie]), credentials)
  }
}

/**
 * A request with a key is the key's and never the cookie's beside it: a key that does not count is nobody.
 * A person counts while the session lives and the membership is in force; both are read at the question's instant.
 */
export async function identify(house: House, credentials: Credentials): Promise<Actor> {
  const { cookie, bearer, operatorKey } = credentials
  if (bearer === undefined && (cookie === undefined || !tokenShape.test(cookie))) return nobody
  const door = signInContext({ house, requestRef: credentials.requestRef ?? '-' })
  if (bearer === undefined) return personOf(door, cookie as string)
  if (operatorKey !== undefined && isSame(bearer, operatorKey)) return operatorOf(door)
  return keyOf(door, bearer)
}

const tokenShape = /^[A-Za-z0-9_-]{43}$/

async function personOf(door: Context, token: string): Promise<Actor> {
  const found = await door.reading(signInTask, portal, async (tx) => {
    const session = await sessionByToken(tx, hashToken(token))
    if (!session || !isLive(session, tx.now)) return undefined
    const person = await findCurrentPerson(tx, { id: session.personId })
    return person && { session, person, mustNote: shouldNoteUse(session, tx.now) }
  })
  if (!found) return nobody
  const { session, person, mustNote } = found
  if (mustNote) await note(door, 'session.used', { kind: 'person', id: person.id }, (tx) => noteUse(tx, session.id))
  const { organization } = person
  const home = { organizationId: organization.id, organizationName: organization.name, side: organization.side, roles: person.roles }
  const actor: PersonActor = {
    kind: 'person',
    personId: person.id,
    name: person.name,
    email: person.email,
    ...home,
    sessionId: session.id,
    focus: session.focus,
  }
  return session.look ? throughTheirEyes(door, actor, session.look) : actor
}

/** Whom the person looks as, if the look still holds: asked anew, by the person's own right to manage access, which may have ended meanwhile. */
async function throughTheirEyes({ house, requestRef }: Context, by: PersonActor, look: KeptLook): Promise<PersonActor> {
  const own = createContext(house, by, requestRef)
  const managing = { kind: 'customer', id: by.organizationId } as const
  try {
    return (await own.reading('access:give', managing, (tx) => lookingAs(tx, look))) ?? { ...by, lookIsOver: true }
  } catch (error) {
    if (!isRefusal(error) || error.code === 'away') throw error
    return { ...by, lookIsOver: true }
  }
}

async function keyOf(door: Context, text: string): Promise<Actor> {
  if (!looksLikeKey(text)) return nobody
  const found = await door.reading(signInTask, portal, (tx) => keyWithHash(tx, hashToken(text)))
  if (!found) return nobody
  const { actor, mustNote } = found
  if (mustNote) await note(door, 'api_key.used', { kind: 'api_key', id: actor.keyId }, (tx) => noteKeyUse(tx, actor.keyId))
  return actor
}

/** The operator's key works from the first minute on, while there is no vendor yet to belong to. */
async function operatorOf(door: Context): Promise<Actor> {
  const organizationId = await door.reading(signInTask, portal, vendorId)
  return { kind: 'key', keyId: null, name: "operator's key", side: 'vendor', organizationId, operator: true }
}

/** Notes a use now and then. Where it cannot be written (no room, a lost race), the request goes on: a session that is not noted only ends sooner. */
async function note(door: Context, what: string, on: { kind: string; id: string }, save: (tx: WriteTx) => Promise<void>): Promise<void> {
  try {
    await door.writing(signInTask, portal, async (tx) => {
      await save(tx)
      tx.record({ what, on, detail: {} })
    })
  } catch (error) {
    door.house.log.warn({ err: error, what }, 'a use could not be noted')
  }
}

/** Compares in constant time, whatever the lengths. */
function isSame(given: string, kept: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(kept))
}
