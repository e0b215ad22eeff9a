/** The migrations that came with this version of the program: plain SQL, one file each, in order of their numbers. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
  /** SHA-256 of the text. A released migration never changes: a mistake in it is put right by the next one. */
  readonly checksum: string
}

const ownMigrations: string = fileURLToPath(new URL('./migrations/', import.meta.url))

const fileName = /^(\d{4})-([a-z0-9]+(?:-[a-z0-9]+)*)\.sql$/

/** Reads `NNNN-name.sql` files. Throws if there is none, if one has another name, or if two have one number. */
export async function readMigrations(directory: string = ownMigrations): Promise<readonly Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  if (names.length === 0) throw new Error(`There are no migrations in ${directory}: the program is not complete.`)
  const migrations = await Promise.all(names.map((name) => readMigration(directory, name)))
  for (const [index, { version }] of migrations.entries()) {
    if (migrations[index + 1]?.version === version) throw new Error(`Two migrations have the number ${version}.`)
  }
  return migrations
}

async function readMigration(directory: string, file: string): Promise<Migration> {
  const [, digits, name] = fileName.exec(file) ?? []
  if (digits === undefined || name === undefined) throw new Error(`The migration ${file} must be named NNNN-some-name.sql.`)
  // A checkout with Windows line ends is the same migration.
  const sql = (await readFile(`${directory}/${file}`, 'utf8')).replaceAll('\r\n', '\n')
  return { version: Number(digits), name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}
