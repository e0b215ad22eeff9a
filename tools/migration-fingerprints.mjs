// Fingerprints of migrations that went out: a database somewhere has run them, so they never change again.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = 'src/platform/db/migrations'
/** Where the fingerprints stand, from the root. */
export const releasedFile = `${folder}/released.json`

/** `{ file: sha256 }` of every migration that lies under `root` now. */
export function fingerprints(root) {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.sql'))
  return Object.fromEntries(names.sort().map((name) => [name, fingerprint(readFileSync(join(root, folder, name)))]))
}

/** `{ file: sha256 }` of those that went out. */
export function released(root) {
  return existsSync(join(root, releasedFile)) ? JSON.parse(readFileSync(join(root, releasedFile), 'utf8')) : {}
}

/** One sentence for each released migration that was changed or taken away. */
export function brokenPromises(root) {
  const now = fingerprints(root)
  return Object.entries(released(root))
    .filter(([name, sum]) => now[name] !== sum)
    .map(([name]) => `${name} went out already and must stay as it was: write a new migration instead.`)
}

function fingerprint(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}
