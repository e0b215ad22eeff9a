// Requests a second over HTTP: the same request again and again for a few seconds, several under way at once.

const seconds = 4
/** Requests under way at once. */
export const together = 8

export interface Rate {
  readonly name: string
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
}

/** Sends for a few seconds; the answer is checked each time. */
export async function rateOf(
  name: string,
  send: (turn: number) => Promise<{ status: number; body: unknown }>,
  isRight: (body: unknown, turn: number) => boolean,
): Promise<Rate> {
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  let turns = 0
  const worker = async () => {
    while (performance.now() < until) {
      const turn = turns++
      const began = performance.now()
      const { status, body } = await send(turn)
      if (status !== 200 || !isRight(body, turn)) throw new Error(`${name}: a wrong answer (${status})`)
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: together }, worker))
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10
  return { name, perSecond: Math.round(times.length / seconds), p50: at(0.5), p95: at(0.95) }
}
