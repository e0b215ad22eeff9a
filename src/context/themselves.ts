// Stopping a look and signing out are done by whoever looks, and never by the person through whose eyes they look.
import { type Context, createContext } from './context.ts'
import { themselves } from './look.ts'

/** The door for the person whose session it is; the same door where nobody looks through anybody's eyes. */
export const asThemselves = (ctx: Context): Context => {
  const actor = themselves(ctx.actor)
  return actor === ctx.actor ? ctx : createContext(ctx.house, actor, ctx.requestRef)
}
