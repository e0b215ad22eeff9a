// `npm run build`: what the published package holds, in dist/: compiled programs, the files they read, the web interface.
import { cpSync, rmSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tool } from './checks.mjs'
import { installPackages } from './packages.mjs'
import { step } from './steps.mjs'
import { buildWebInterface } from './web-interface.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const compiled = new Set(['.ts', '.tsx'])

await installPackages(root)
for (const folder of ['src', 'cli', 'client']) rmSync(join(root, 'dist', folder), { recursive: true, force: true })
orEnd(await step('compiling', () => tool(root, 'typescript/bin/tsc', ['-p', 'tsconfig.build.json'])))
// Whatever is read at run time lies beside the module that reads it, so the compiled tree needs it in the same place.
cpSync(join(root, 'src'), join(root, 'dist', 'src'), { recursive: true, filter: (path) => !compiled.has(extname(path)) })
orEnd(await buildWebInterface(root))

function orEnd({ code, output }) {
  if (code === 0) return
  console.error(output)
  process.exit(1)
}
