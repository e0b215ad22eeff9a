// The server's own context in which letters are delivered and kept.
import { type Context, createContext } from '../../context/context.ts'

export const deliveryTask = 'system:delivery'
export const portal = { kind: 'portal' } as const

/** A door for the task of delivering, under its own restricted role. */
export const deliveryContext = (ctx: Pick<Context, 'house' | 'requestRef'>): Context =>
  createContext(ctx.house, { kind: 'system', task: 'delivery' }, ctx.requestRef)
