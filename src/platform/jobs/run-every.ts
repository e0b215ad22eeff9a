// Runs a piece of work again and again: never twice at once, with jitter, slower while it fails, and stopped cleanly.

export interface Job {
  /** Runs it as soon as possible instead of at the next turn. */
  nudge(): void
  /** No further run begins; resolves when the one under way has ended. */
  stop(): Promise<void>
}

export interface JobOptions {
  readonly name: string
  readonly everyMs: number
  readonly log: { warn(facts: object, sentence: string): void }
}

/** While the work fails, the pause doubles up to this. */
const longestPauseMs = 60_000

/** Starts the first run at once. What the work throws is logged, and the next run comes all the same. */
export function runEvery({ name, everyMs, log }: JobOptions, work: () => Promise<unknown>): Job {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let failures = 0
  let stopped = false
  let nudged = false

  const turn = async () => {
    try {
      await work()
      failures = 0
    } catch (error) {
      failures += 1
      log.warn({ err: error, job: name, failures }, 'a job failed and will be tried again')
    }
  }
  const start = () => {
    if (running || stopped) return
    nudged = false
    clearTimeout(timer)
    running = turn().finally(() => {
      running = undefined
      if (!stopped) timer = setTimeout(start, nudged && failures === 0 ? 0 : pauseAfter(failures, everyMs))
    })
  }
  start()
  return {
    nudge() {
      nudged = true
      start()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** The pause with a fifth of jitter, so that servers started together do not stay in step. */
function pauseAfter(failures: number, everyMs: number): number {
  return Math.min(everyMs * 2 ** Math.min(failures, 16), Math.max(everyMs, longestPauseMs)) * (0.8 + Math.random() * 0.4)
}
