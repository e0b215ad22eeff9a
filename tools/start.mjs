// `npm start`: whatever a fresh machine still lacks, then the server with the demo world. Plain JavaScript that Node 20 can run.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { becomeModernNode } from '../bin/modern-node.mjs'
import { installPackages } from './packages.mjs'
import { exitWhenStopped } from './steps.mjs'
import { buildWebInterface } from './web-interface.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)
exitWhenStopped(0)

await installPackages(root)
const { code, output } = await buildWebInterface(root)
if (code !== 0) {
  console.error(`${output}\nThe web interface could not be built.`)
  process.exit(1)
}
console.log('› starting the server (the first time it makes its database and the demo world) …')
becomeModernNode([join(root, 'src', 'main.ts'), 'serve', '--demo', ...process.argv.slice(2)])
