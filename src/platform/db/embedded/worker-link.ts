/** The main thread's end of the embedded database: starts the worker, passes bytes, and ends it when it hangs or breaks. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { DatabaseAway } from '../errors.ts'
import type { FromWorker, ToWorker, WorkerStart } from './messages.ts'
import { Watchdog } from './watchdog.ts'

/** One connection, as the link sees it. */
export interface Listener {
  readonly stream: number
  receive(bytes: Uint8Array): void
  /** The database is gone, and will not come back in this process. */
  lose(error: DatabaseAway): void
}

export interface LinkOptions extends WorkerStart {
  /** For how many milliseconds the worker may answer nothing before it is taken for hung. */
  readonly patience: number
  /** Called once when the worker was ended because it hung or broke. */
  readonly onLost: (error: DatabaseAway) => void
}

/** Runs from the sources and from the build: the worker lies beside this file, with the same ending. */
const workerFile = import.meta.url.endsWith('.ts') ? new URL('./worker.ts', import.meta.url) : new URL('./worker.js', import.meta.url)

export class WorkerLink {
  readonly #worker: Worker
  readonly #watchdog: Watchdog
  readonly #listeners = new Map<number, Listener>()
  readonly #onLost: (error: DatabaseAway) => void
  #lost: DatabaseAway | undefined
  #closed: ((end: 'closed' | 'cut off') => void) | undefined

  /** Starts the worker and waits until its database may be used. Throws what the worker says if it cannot start. */
  static async start(options: LinkOptions): Promise<WorkerLink> {
    const { location, settings } = options
    const worker = new Worker(workerFile, { workerData: { location, settings } satisfies WorkerStart, execArgv: [] })
    const first = await firstWord(worker)
    if (first.kind === 'ready') return new WorkerLink(worker, options)
    await worker.terminate()
    throw new Error(first.kind === 'broken' ? first.sentence : 'The embedded database did not start.')
  }

  private constructor(worker: Worker, options: LinkOptions) {
    this.#worker = worker
    this.#onLost = options.onLost
    this.#watchdog = new Watchdog(options.patience, (silent) => {
      this.#lose(`The embedded database answered nothing for ${Math.round(silent / 1000)} seconds and was stopped`)
    })
    worker.on('message', (message: FromWorker) => this.#hear(message))
    worker.on('error', (error) => this.#lose(`The embedded database broke off: ${error.message}`))
    worker.on('exit', () => this.#lose('The embedded database broke off'))
  }

  /** Why the database is gone, if it is. */
  get lost(): DatabaseAway | undefined {
    return this.#lost
  }

  /** For how many milliseconds the worker has owed an answer without a sign of life. */
  get silence(): number {
    return this.#watchdog.silence
  }

  patiently<T>(work: () => Promise<T>): Promise<T> {
    return this.#watchdog.patiently(work)
  }

  attach(listener: Listener): void {
    this.#listeners.set(listener.stream, listener)
  }

  detach(listener: Listener): void {
    if (this.#listeners.delete(listener.stream)) this.send({ kind: 'reset', stream: listener.stream })
  }

  send(message: ToWorker): void {
    if (this.#lost) return
    this.#watchdog.asked()
    this.#worker.postMessage(message)
  }

  /**
   * Closes the database and ends the thread: `closed` if all of it is on the disk as it should be, `cut off` if the database was lost
   * before or did not manage within ten seconds. Its log then replays at the next start.
   */
  async close(): Promise<'closed' | 'cut off'> {
    const end = this.#lost ? 'cut off' : await this.#askToClose()
    this.#lost ??= new DatabaseAway('The embedded database is closed.')
    this.#watchdog.stop()
    await this.#worker.terminate()
    return end
  }

  async #askToClose(): Promise<'closed' | 'cut off'> {
    let timer: NodeJS.Timeout | undefined
    const end = new Promise<'closed' | 'cut off'>((resolve) => {
      this.#closed = resolve
      timer = setTimeout(() => resolve('cut off'), 10_000)
    })
    this.send({ kind: 'close' })
    try {
      return await end
    } finally {
      clearTimeout(timer)
    }
  }

  #hear(message: FromWorker): void {
    this.#watchdog.heard()
    if (message.kind === 'output') this.#listeners.get(message.stream)?.receive(message.bytes)
    else if (message.kind === 'answered') this.#watchdog.answered()
    else if (message.kind === 'closed') this.#closed?.('closed')
    else if (message.kind === 'broken') this.#lose(message.sentence)
  }

  #lose(sentence: string): void {
    if (this.#lost) return
    const error = new DatabaseAway(`${sentence.replace(/\.$/, '')}. Start the program again; nothing that was acknowledged is lost.`)
    this.#lost = error
    this.#watchdog.stop()
    this.#closed?.('cut off')
    // Also out of an endless loop; its answer is not waited for, and the callers are told at once.
    void this.#worker.terminate()
    for (const listener of [...this.#listeners.values()]) listener.lose(error)
    this.#listeners.clear()
    this.#onLost(error)
  }
}

/** Replaying a long log takes its time; more than this is no start any more. */
const longestStart = 180_000

async function firstWord(worker: Worker): Promise<FromWorker> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), longestStart)
  const message = once(worker, 'message', { signal: stop.signal }).then(([word]) => word as FromWorker)
  const end = once(worker, 'exit', { signal: stop.signal }).then(() => ended)
  try {
    return await Promise.race([message, end])
  } catch (error) {
    await worker.terminate()
    throw timedOut(error) ? new Error('The embedded database did not start within three minutes.') : error
  } finally {
    clearTimeout(timer)
    message.catch(() => undefined)
    end.catch(() => undefined)
    stop.abort()
  }
}

const ended: FromWorker = { kind: 'broken', sentence: 'The embedded database broke off while it started.' }

const timedOut = (error: unknown) => error instanceof Error && error.name === 'AbortError'
