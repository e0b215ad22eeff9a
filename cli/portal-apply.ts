// latchkey portal apply: shows what a definition would change, asks, and puts it in force on the running server.
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { readDefinitionFile, saidOfFiles } from './definition-file.ts'
import { differenceWords } from './difference-words.ts'
import { clientFor, Mistyped, type Terminal } from './terminal.ts'

/** @returns 0 where it is in force now (or was already), 1 where the answer was no */
export async function applyPortal(words: string[], to: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({ args: words, allowPositionals: true, options: { yes: { type: 'boolean' } } })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new Mistyped('Name one file: latchkey portal apply FILE.')
  const source = await readDefinitionFile(file)
  const { definitions } = clientFor(to)
  const inForce = await definitions.current()
  if (inForce.source === source) {
    to.out(`Version ${inForce.version} of the portal definition says the same. Nothing was changed.`)
    return 0
  }
  to.progress('comparing …')
  const difference = await saidOfFiles({ new: file }, definitions.difference({ old: 'current', new: { source } }))
  for (const line of differenceWords(difference)) to.out(line)
  if (values.yes !== true && !(await saysYes(difference.version))) {
    to.out('Nothing was changed.')
    return 1
  }
  const applied = await saidOfFiles({ source: file }, definitions.apply({ source, replaces: difference.version }))
  to.out(`Version ${applied.version} of the portal definition (${applied.portal}) is in force.`)
  return 0
}

/** Whether whoever types says yes; the end of the input is a no. */
async function saysYes(version: number): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const ended = new Promise<string>((done) => lines.once('close', () => done('')))
    const answer = await Promise.race([lines.question(`Put it in force in place of version ${version}? (yes or no) `), ended])
    return ['yes', 'y'].includes(answer.trim().toLowerCase())
  } finally {
    lines.close()
  }
}
