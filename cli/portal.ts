// latchkey portal: what a portal definition says, what it would change, and putting it in force.
import { applyPortal } from './portal-apply.ts'
import { checkPortal } from './portal-check.ts'
import { diffPortals } from './portal-diff.ts'
import { type Command, clientFor, Mistyped, type Terminal } from './terminal.ts'

export const portal: Command = {
  says: 'checks a portal definition, shows what another one would change, puts one in force',
  help: `latchkey portal check FILE
latchkey portal show
latchkey portal diff OLD NEW [--most N] [--json]
latchkey portal apply FILE [--yes]

  check   Says whether the definition is valid, and who may do what by it. Needs no server. A fault is told with its line, its key and what was
          expected. Ends with 0 where it is valid, 1 where it has faults, 2 where the file cannot be read.
  show    Prints the definition in force.
  diff    Says who gains and who loses what on the running server's database if NEW took the place of OLD: counted, with examples, and what the
          database holds, or what waits for an answer, by words that are gone. "current" is the definition in force. Changes nothing.
          Ends with 0 where nobody gains or loses anything, 1 where somebody does, 2 for an error.
  apply   Shows the difference, asks, and puts the definition in force: every server answers by it from its next answer on. A text that is in force
          already changes nothing. Ends with 0 where it is in force, 1 where the answer was no, 2 for an error.

  FILE, OLD and NEW can be "-" for the standard input, one of them at a time; "apply -" needs --yes, since nobody is there to be asked.

  --most N  how many groups of people are shown (100); the counts are of all
  --json    the difference as JSON
  --yes     puts it in force without asking

  latchkey portal check portals/support-desk.yaml
  latchkey portal diff current portal.yaml`,
  run,
}

const parts: Readonly<Record<string, (words: string[], to: Terminal) => Promise<number>>> = {
  check: checkPortal,
  show: showPortal,
  diff: diffPortals,
  apply: applyPortal,
}

async function run([what = '', ...words]: string[], to: Terminal): Promise<number> {
  const part = Object.hasOwn(parts, what) ? parts[what] : undefined
  const known = Object.keys(parts).join(', ')
  if (!part) throw new Mistyped(what === '' ? `Say what to do: ${known}.` : `There is no "portal ${what}": ${known}.`)
  return part(words, to)
}

/** What is in force alone on standard output, so that it can become a file. */
async function showPortal(words: string[], to: Terminal): Promise<number> {
  if (words.length > 0) throw new Mistyped('latchkey portal show takes no words.')
  const { source, version, portal: name, appliedAt, appliedBy } = await clientFor(to).definitions.current()
  to.err(`Version ${version} of the portal definition (${name}), put in force by ${appliedBy ?? 'a start of the server'} at ${appliedAt}.`)
  to.out(source.replace(/\n$/, ''))
  return 0
}
