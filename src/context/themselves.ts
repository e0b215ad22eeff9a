// Doors for what is done to the session that asks: a look is stopped, and a session ended, by whoever looks and never by the person through whose eyes they look.
import { type Context, createContext } from './context.ts'
import { themselves } from './look.ts'

/** The door for the person whose session it is; the same door where nobody looks through anybody's eyes. */
export const asThemselves = (ctx: Context): Context => {
  const actor = themselves(ctx.actor)
  return actor === ctx.actor ? ctx : createContext(ctx.house, actor, ctx.requestRef)
}

/** The door for what is done to the session that asks. An Idempotency-Key is its person's, in all their sessions: a kept answer would stand for another one. */
export const forThisSession = (ctx: Context): Context => createContext(ctx.house, ctx.actor, ctx.requestRef)
