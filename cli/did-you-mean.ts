// The known word that somebody may have meant by one that is not known.

/** “ Did you mean "read"?”, or nothing where no word is near: at most two letters, or a third of them, are other ones. */
export function didYouMean(wrong: string, known: readonly string[]): string {
  const [near] = known.map((word) => ({ word, steps: stepsBetween(wrong, word) })).sort((a, b) => a.steps - b.steps)
  return near && near.steps <= Math.max(2, Math.floor(wrong.length / 3)) ? ` Did you mean "${near.word}"?` : ''
}

/** Letters to add, leave out or replace, on the first 64. */
function stepsBetween(from: string, to: string): number {
  const [a, b] = [from.slice(0, 64), to.slice(0, 64)]
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)))
    row = next
  }
  return row.at(-1) ?? 0
}
