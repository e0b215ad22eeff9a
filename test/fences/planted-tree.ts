// A small tree of files that breaks a rule on purpose, in a temporary folder, so that a fence can be shown to bark.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'

/** The product's own root. */
export const root = dirname(dirname(import.meta.dirname))

/** Writes `files` (path → text) into a new folder that is gone after the test. Packages are those of the product. */
export function plant(files: Readonly<Record<string, string>>): string {
  const folder = write(files)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The same for a whole test file: gone after its last test. */
export function plantUntilTheEnd(files: Readonly<Record<string, string>>): string {
  const folder = write(files)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function write(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-fence-')))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** Runs a script under this Node in `cwd`; `program` is a path from the product's root, or a full one. */
export function runTool(cwd: string, program: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((answer) => {
    execFile(process.execPath, [resolve(root, program), ...args], { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error ? Number(error.code ?? 1) : 0
      answer({ code, output: stdout + stderr })
    })
  })
}
