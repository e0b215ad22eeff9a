// What is wrong with a portal definition, said so that its author can mend it: line, key, what was expected, and a likely spelling.

export interface Fault {
  /** Line in the file, from 1; 0 where no line fits. */
  readonly line: number
  /** The key, for instance records.service_request.opens_as. */
  readonly key: string
  readonly sentence: string
}

export class BrokenDefinition extends Error {
  readonly faults: readonly Fault[]
  constructor(file: string, faults: readonly Fault[]) {
    super(faults.map((fault) => `${file}:${fault.line}: ${fault.key || 'the file'}: ${fault.sentence}`).join('\n'))
    this.name = 'BrokenDefinition'
    this.faults = faults
  }
}

/** " Did you mean …?" for a misspelt name, or nothing. */
export function spellingHint(wrong: string, known: readonly string[]): string {
  const near = known.map((name) => ({ name, distance: distance(wrong, name) })).sort((a, b) => a.distance - b.distance)[0]
  return near && near.distance <= Math.max(2, Math.floor(wrong.length / 3)) ? ` Did you mean "${near.name}"?` : ''
}

/** Edit distance (Levenshtein), on the first 64 characters. */
function distance(a: string, b: string): number {
  const to = b.slice(0, 64)
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a.slice(0, 64)].entries()) {
    const next = [i + 1]
    for (let j = 0; j < to.length; j++) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === to[j] ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
