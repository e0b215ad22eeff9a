// The key of this machine's own command line: made anew at each start, readable by the server's user alone, in the data directory.
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from './platform/config/settings.ts'

export interface OperatorKey {
  readonly text: string
  /** Removes the file; a key from the settings has none. */
  forget(): void
}

/** LATCHKEY_BOOTSTRAP_KEY where it is set; otherwise a new key in LATCHKEY_DATA/operator-key (mode 0600). */
export function operatorKey({ bootstrapKey, dataDirectory }: Settings): OperatorKey {
  if (bootstrapKey !== undefined) return { text: bootstrapKey, forget: () => undefined }
  const text = `lk_${randomBytes(32).toString('base64url')}`
  const file = join(dataDirectory, 'operator-key')
  mkdirSync(dataDirectory, { recursive: true })
  rmSync(file, { force: true })
  writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' })
  return { text, forget: () => rmSync(file, { force: true }) }
}
