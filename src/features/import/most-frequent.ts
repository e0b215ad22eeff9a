// Who stands with whom most often. Between equals the smaller id wins, so that the same file always gives the same world.

export class Tally {
  readonly #counts = new Map<string, Map<string, number>>()

  add(of: string, value: string): void {
    const counts = this.#counts.get(of) ?? new Map<string, number>()
    counts.set(value, (counts.get(value) ?? 0) + 1)
    this.#counts.set(of, counts)
  }

  /** The value that stood with `of` most often, among those that may be chosen. */
  mostFrequent(of: string, may: (value: string) => boolean = () => true): string | undefined {
    let best: { value: string; count: number } | undefined
    for (const [value, count] of this.#counts.get(of) ?? []) {
      if (!may(value)) continue
      if (!best || count > best.count || (count === best.count && value < best.value)) best = { value, count }
    }
    return best?.value
  }
}
