// latchkey export: the whole world of a running server, one JSON object a line.

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Command, clientFor, type Terminal } from './terminal.ts'

export const exportWorld: Command = {
  says: 'writes the whole world, one JSON object a line',
  help: `latchkey export [--out FILE]

  Writes customers, partners, people, relationships, access and records with their messages, history and files, one JSON object a line,
  as "latchkey import" takes it in. The same world always gives the same file. Keys, sessions and the audit log are not in it.

  --out FILE   where to write; nothing is left there when the export breaks off. Left out: the terminal

  latchkey export --out world.ndjson`,
  run,
}

async function run(words: string[], to: Terminal): Promise<number> {
  const { values } = parseArgs({ args: words, options: { out: { type: 'string' } } })
  const lines = clientFor(to).imports.exportWorld()
  if (values.out === undefined) {
    for await (const line of lines) to.out(JSON.stringify(line))
    return 0
  }
  const half = `${values.out}.part`
  const file = createWriteStream(half)
  try {
    let count = 0
    for await (const line of lines) {
      if (!file.write(`${JSON.stringify(line)}\n`)) await once(file, 'drain')
      count += 1
      if (count % 1000 === 0) to.progress(`${count.toLocaleString('en')} lines`)
    }
    await new Promise<void>((done, failed) => file.on('error', failed).end(done))
    await rename(half, values.out)
    to.progress(`${count.toLocaleString('en')} lines in ${values.out}`, 'lasting')
    return 0
  } catch (error) {
    file.destroy()
    await rm(half, { force: true })
    throw error
  }
}
