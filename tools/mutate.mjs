// `npm run mutate`: mutation testing of the law, the rows and the definition (stryker.config.mjs). What stands behind `--` goes to Stryker, for instance
// `npm run mutate -- --mutate src/rows/holds.ts`. Ends with 1 where the score is under 95 %. Plain JavaScript that Node 20 can run.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { modernNode } from '../bin/modern-node.mjs'
import { run } from './steps.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')

process.chdir(root)
const { command, args } = modernNode()
const { code } = await run(command, [...args, stryker, 'run', 'stryker.config.mjs', ...process.argv.slice(2)])
process.exitCode = code
