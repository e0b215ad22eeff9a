// The order of what shares one transaction's connection. Statements travel together, but none between those of a piece of work that has taken
// another role, and none after the door was closed: it would run as the login itself, or in somebody else's transaction.

export class Lane {
  // Between the look at this and the first step of whoever waited for it nothing else can happen: it is looked at anew after every wait.
  #alone: Promise<unknown> | undefined
  #ended = false

  /** Does what sends its statements in its first step, as soon as nothing has the connection for itself. Throws once the door is closed. */
  async together<T>(sends: () => Promise<T>): Promise<T> {
    while (this.#alone !== undefined) await this.#alone
    this.#assertOpen()
    return sends()
  }

  /** Does work of several steps to which the connection belongs until it ends. Throws once the door is closed. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#alone !== undefined) await this.#alone
    this.#assertOpen()
    const done = work()
    this.#alone = done.catch(() => undefined)
    try {
      return await done
    } finally {
      this.#alone = undefined
    }
  }

  /** Closes it; waits for work that has the connection for itself. */
  async end(): Promise<void> {
    this.#ended = true
    while (this.#alone !== undefined) await this.#alone
  }

  #assertOpen(): void {
    if (this.#ended) throw new Error('This work goes on after its door was closed: wait for all of it, and start nothing beside it.')
  }
}
