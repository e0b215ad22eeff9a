// The server's own context in which somebody is signed in before they are known.
import { type Context, createContext } from '../../context/context.ts'

export const signInTask = 'system:sign-in'
export const portal = { kind: 'portal' } as const

/** A door for the task of signing in, under its own restricted role, with the request's reference in the audit. */
export const signInContext = (ctx: Pick<Context, 'house' | 'requestRef'>): Context =>
  createContext(ctx.house, { kind: 'system', task: 'sign-in' }, ctx.requestRef)
