/** Notices that the thread of the embedded database answers nothing any more, which the thread itself cannot. */

/**
 * Counts what was asked and not yet answered, and calls `onSilence` once when nothing was heard for `patience` milliseconds although
 * something is unanswered. It counts its own ticks and not the clock: a laptop that slept, or a main thread that was busy, is not
 * the worker's fault.
 */
export class Watchdog {
  readonly #patience: number
  readonly #tick: number
  readonly #onSilence: (silentMs: number) => void
  #unanswered = 0
  #silentTicks = 0
  #stretches = 0
  #timer: NodeJS.Timeout | undefined

  constructor(patience: number, onSilence: (silentMs: number) => void) {
    this.#patience = patience
    this.#tick = Math.min(1_000, Math.max(10, patience / 4))
    this.#onSilence = onSilence
  }

  /** How long the worker has said nothing although something is unanswered, in milliseconds. */
  get silence(): number {
    return this.#unanswered === 0 ? 0 : this.#silentTicks * this.#tick
  }

  asked(): void {
    this.#unanswered += 1
    if (this.#timer) return
    this.#silentTicks = 0
    this.#timer = setInterval(() => this.#look(), this.#tick)
    this.#timer.unref()
  }

  /** Any sign of life. */
  heard(): void {
    this.#silentTicks = 0
  }

  answered(): void {
    this.heard()
    this.#unanswered -= 1
    if (this.#unanswered === 0) this.stop()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** Waits up to an hour, instead of `patience`, while `work` runs. */
  async patiently<T>(work: () => Promise<T>): Promise<T> {
    this.#stretches += 1
    try {
      return await work()
    } finally {
      this.#stretches -= 1
      this.heard()
    }
  }

  #look(): void {
    this.#silentTicks += 1
    const limit = this.#stretches > 0 ? Math.max(this.#patience, 3_600_000) : this.#patience
    if (this.silence < limit) return
    this.stop()
    this.#onSilence(this.silence)
  }
}
