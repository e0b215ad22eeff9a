/** What the main thread and the thread of the embedded database say to each other. */

/** To the worker. Each is answered by one `answered` once it is done; they are worked off in order. */
export type ToWorker =
  /** Whole protocol messages of the connection `stream`. */
  | { readonly kind: 'bytes'; readonly stream: number; readonly bytes: Uint8Array }
  /** The connection is gone: end its transaction and forget what its session set. */
  | { readonly kind: 'reset'; readonly stream: number }
  | { readonly kind: 'close' }

/** From the worker. */
export type FromWorker =
  | { readonly kind: 'ready' }
  /** What the database answers on the connection `stream`; an answer may come in several pieces. */
  | { readonly kind: 'output'; readonly stream: number; readonly bytes: Uint8Array }
  | { readonly kind: 'answered' }
  /** The database is closed; the thread may be ended. */
  | { readonly kind: 'closed' }
  /** The engine cannot start or cannot go on; the thread ends. */
  | { readonly kind: 'broken'; readonly sentence: string }

/** What the worker is started with: a directory or `memory://`, and further PostgreSQL settings as `name=value`. */
export interface WorkerStart {
  readonly location: string
  readonly settings: readonly string[]
}
