// latchkey portal check: whether a definition is valid, and who may do what by it. Needs no server: a definition is text.
import { BrokenDefinition } from '../src/definition/fault.ts'
import { permissions } from '../src/definition/printed/permissions.ts'
import { checkedDefinition, readDefinition } from '../src/definition/read.ts'
import { readDefinitionFile } from './definition-file.ts'
import { Mistyped, type Terminal } from './terminal.ts'

/** @returns 0 valid, 1 with faults; throws where the file cannot be read */
export async function checkPortal(words: string[], to: Terminal): Promise<number> {
  const [file, ...more] = words
  if (file === undefined || more.length > 0) throw new Mistyped('Name one file: latchkey portal check FILE.')
  const source = await readDefinitionFile(file)
  try {
    to.out(permissions(checkedDefinition(source, file), readDefinition(source, file)).trimEnd())
    return 0
  } catch (error) {
    if (!(error instanceof BrokenDefinition)) throw error
    for (const line of error.message.split('\n')) to.err(line)
    to.err(error.faults.length === 1 ? 'One fault. Nothing was changed.' : `${error.faults.length} faults. Nothing was changed.`)
    return 1
  }
}
