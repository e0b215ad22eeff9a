// latchkey portal diff: who gains and loses what on the running server's database if one definition took the place of another.
import { parseArgs } from 'node:util'
import type { WhichDefinition } from '../client/definitions.ts'
import { readDefinitionFile, saidOfFiles } from './definition-file.ts'
import { changesNothing, differenceWords } from './difference-words.ts'
import { clientFor, Mistyped, type Terminal } from './terminal.ts'

/** @returns 0 where nobody gains or loses anything, 1 where somebody does */
export async function diffPortals(words: string[], to: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, most: { type: 'string' } },
  })
  const [older, newer, ...more] = positionals
  if (older === undefined || newer === undefined || more.length > 0)
    throw new Mistyped('Name two definitions: latchkey portal diff OLD NEW. The one in force is "current".')
  if (older === '-' && newer === '-') throw new Mistyped('Only one of the two can be the standard input.')
  const most = mostOf(values.most)
  const [old, changed] = [await which(older), await which(newer)]
  to.progress('comparing …')
  const asked = clientFor(to).definitions.difference({ old, new: changed, ...(most === undefined ? {} : { most }) })
  const difference = await saidOfFiles({ old: older, new: newer }, asked)
  for (const line of values.json ? [JSON.stringify(difference)] : differenceWords(difference)) to.out(line)
  return changesNothing(difference) ? 0 : 1
}

function mostOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const most = Number(text)
  if (!(Number.isInteger(most) && most >= 1 && most <= 1000)) throw new Mistyped('--most is a number from 1 to 1000.')
  return most
}

/** The word `current`, or a file. */
const which = async (name: string): Promise<WhichDefinition> => (name === 'current' ? name : { source: await readDefinitionFile(name) })
