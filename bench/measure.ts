// Times of many runs, and the figures that are printed of them.

export interface Spread {
  readonly p50: number
  readonly p95: number
  readonly runs: number
}

export function spreadOf(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), runs: sorted.length }
}

/** Three figures that say something, whatever the size. */
export function short(value: number): string {
  if (value === Infinity) return '∞'
  if (Number.isNaN(value)) return '-'
  if (value >= 1_000_000) return `${(value / 1_000_000).toFixed(value < 10_000_000 ? 2 : 1)}M`
  if (value >= 10_000) return `${Math.round(value / 1000)}k`
  if (value >= 100) return String(Math.round(value))
  return value >= 10 ? value.toFixed(1) : value >= 1 ? value.toFixed(2) : value.toFixed(3)
}

/** Prints rows under their heads, the first column to the left and the others to the right. */
export function printTable(heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of [heads, ...rows]) {
    console.log(
      `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`,
    )
  }
}
