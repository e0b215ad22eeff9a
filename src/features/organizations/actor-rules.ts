// Whose side an actor is on, as the use cases about access ask it.
import type { PersonId } from '../../kernel/ids.ts'
import type { Actor } from '../../law/actors.ts'

/** The acting organization's id; empty where there is none, which names nothing and so is refused by the law. */
export const homeOf = (actor: Actor): string => (actor.kind === 'person' || actor.kind === 'key' ? (actor.organizationId ?? '') : '')

export const personOf = (actor: Actor): PersonId | null => (actor.kind === 'person' ? actor.personId : null)

/** The name under which the history and letters tell of the actor. */
export const nameOf = (actor: Actor): string => (actor.kind === 'person' || actor.kind === 'key' ? actor.name : 'The portal')
