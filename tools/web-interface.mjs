// Builds the web interface into dist/web, and only when something it is made of has changed.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { modernNode } from '../bin/modern-node.mjs'
import { run, step } from './steps.mjs'

const madeOf = ['web', 'client', 'package-lock.json']

/** Returns npm-like `{ code, output }`; code 0 also when there was nothing to do. */
export async function buildWebInterface(root) {
  const sources = fingerprint(root)
  const stamp = join(root, 'dist', 'web', '.built-from')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return { code: 0, output: '' }
  const { command, args } = modernNode()
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const built = await step('building the web interface', () =>
    run(command, [...args, vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'], { cwd: root, quiet: true }),
  )
  if (built.code === 0) writeFileSync(stamp, sources)
  return built
}

function fingerprint(root) {
  const hash = createHash('sha256')
  const files = madeOf.flatMap((path) => filesUnder(root, path)).filter((path) => !path.endsWith('.test.ts'))
  for (const path of files)
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  return hash.digest('hex')
}

function filesUnder(root, path) {
  if (!existsSync(join(root, path))) return []
  if (path.includes('.')) return [path]
  return readdirSync(join(root, path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort()
}
