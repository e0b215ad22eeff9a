// latchkey portal: what a portal definition says, what it would change, and putting it in force.
import { checkPortal } from './portal-check.ts'
import { type Command, Mistyped, type Terminal } from './terminal.ts'

export const portal: Command = {
  says: 'checks a portal definition, compares two, puts one in force',
  help: `latchkey portal check FILE

  check   Says whether the definition is valid, and who may do what by it. Needs no server. A fault is told with its line, its key and what was
          expected. Ends with 0 where it is valid, 1 where it has faults, 2 where the file cannot be read.

  latchkey portal check portals/support-desk.yaml`,
  run,
}

const parts: Readonly<Record<string, (words: string[], to: Terminal) => Promise<number>>> = { check: checkPortal }

async function run([what = '', ...words]: string[], to: Terminal): Promise<number> {
  const part = Object.hasOwn(parts, what) ? parts[what] : undefined
  const known = Object.keys(parts).join(', ')
  if (!part) throw new Mistyped(what === '' ? `Say what to do: ${known}.` : `A portal definition cannot be "${what}": ${known}.`)
  return part(words, to)
}
