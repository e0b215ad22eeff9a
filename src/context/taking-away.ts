// The door for what only takes something away: it ends sessions, looks, accesses, memberships or keys, and gives nobody anything.
import { type Context, createContext } from './context.ts'

/**
 * Said where such a write is declared. Of the room that the embedded database's disk keeps (LATCHKEY_FREE_SPACE) it may use all but the last part: a disk that
 * fills up must not keep anybody in. Say it of the outermost door; others are made anew from the same request.
 */
export const takingAway = ({ house, actor, requestRef, repeatable }: Context): Context =>
  createContext(house, actor, requestRef, repeatable, 'only takes away')
