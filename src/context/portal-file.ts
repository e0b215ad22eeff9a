// Which definition a server starts with: the file that LATCHKEY_PORTAL names, or what an operator has put in force since.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readDefinition } from '../definition/read.ts'
import type { Law } from '../law/law.ts'
import type { Chosen, StoredDefinition } from './portal-definition.ts'

/** The definition that LATCHKEY_PORTAL names: a name under portals/, or a file. */
export function definitionFile(portal: string): Law {
  const isFile = /\.ya?ml$/.test(portal)
  const file = isFile ? portal : join(portalsDirectory(), `${portal}.yaml`)
  if (!existsSync(file)) throw new Error(`LATCHKEY_PORTAL: there is no portal definition ${file}.`)
  return readDefinition(readFileSync(file, 'utf8'), isFile ? portal : `portals/${portal}.yaml`)
}

/** `portals/` beside the sources, or beside `dist` in the published package. */
function portalsDirectory(): string {
  const above = join(import.meta.dirname, '..', '..')
  return join(basename(above) === 'dist' ? join(above, '..') : above, 'portals')
}

export interface AtStart extends Chosen {
  /** What the log says, where the file is not what counts. */
  readonly told?: string
}

/**
 * The law to start with. What an operator has put in force stays: no start puts a file over it (decision 0062). Otherwise the file counts, also a
 * changed one. The same text is the same definition, whoever brought it.
 */
export function atStart(file: Law, stored: StoredDefinition | undefined): AtStart {
  if (stored === undefined || stored.appliedBy === null) return { law: file, by: null }
  const { source, name, version, appliedBy: by } = stored
  if (source === file.source) return { law: file, by }
  const told = `${by} put version ${version} of the portal "${name}" in force. It stays: the file of LATCHKEY_PORTAL says something else and is not used. To put the file in force: latchkey portal apply FILE, or latchkey migrate --apply.`
  return { law: readDefinition(source, `version ${version} in the database`), by, told }
}
