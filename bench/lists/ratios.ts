// The figures of one question: milliseconds, and ratios to the limit, over all and for each class of people.
import { printTable, short, spreadOf } from '../measure.ts'
import { classes, type PeopleClass } from '../world/cast.ts'

/** The runs of one shape; the first shape is the limit. */
export interface Times {
  readonly name: string
  readonly runs: { readonly is: PeopleClass; readonly ms: number }[]
  spent: number
  /** False where the shape has no answer to this question. */
  answers: boolean
}

const heads = ['', 'p50 ms', 'p95 ms', 'p50 ×', 'p95 ×', ...classes.map((is) => `${is} ×`), 'runs']

/** Prints the table: the ratios of a class are those of its median to the median of the limit. */
export function printRatios(question: string, times: readonly Times[]): void {
  const limit = spreadOf((times[0]?.runs ?? []).map(({ ms }) => ms))
  const rows = times
    .filter(({ answers }) => answers)
    .map(({ name, runs }) => {
      const all = spreadOf(runs.map(({ ms }) => ms))
      const ofClass = (is: PeopleClass) => spreadOf(runs.filter((run) => run.is === is).map(({ ms }) => ms)).p50 / limit.p50
      return [
        name,
        inTime(all.p50),
        inTime(all.p95),
        short(all.p50 / limit.p50),
        short(all.p95 / limit.p95),
        ...classes.map((is) => short(ofClass(is))),
        String(all.runs),
      ]
    })
  console.log(`\n  ${question}`)
  printTable(heads, rows)
}

const inTime = (ms: number): string => (ms === Infinity ? 'too long' : short(ms))
