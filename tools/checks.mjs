// The checks of the house, cheap first. Each is a program that ends with 0 when all is well.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { modernNode } from '../bin/modern-node.mjs'
import { run, stopwatch } from './steps.mjs'
import { buildWebInterface } from './web-interface.mjs'

const rooms = ['src', 'cli', 'client', 'web', 'bench', 'tools', 'examples', 'test']

/** `{ name, look(root) → { code, output } }` for every check, in the order in which they are told. */
export const checks = [
  { name: 'Biome (format, lint, sizes)', look: (root) => tool(root, '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']) },
  { name: 'types of server, command line, client and tests', look: (root) => tool(root, 'typescript/bin/tsc', ['-p', 'tsconfig.json']) },
  { name: 'types of the web interface', look: (root) => tool(root, 'typescript/bin/tsc', ['-p', 'web/tsconfig.json']) },
  { name: 'types of the browser journeys', look: (root) => tool(root, 'typescript/bin/tsc', ['-p', 'test/journeys/tsconfig.json']) },
  { name: 'the one-way road (dependency-cruiser)', look: followTheRoad },
  { name: 'nothing unused (knip)', look: (root) => tool(root, 'knip/bin/knip.js', []) },
  { name: 'the web interface builds', look: buildWebInterface },
  { name: 'generated files are unchanged', look: (root) => script(root, 'tools/generate.mjs', ['--check']) },
]

/** Runs every check, two at a time, tells each on the terminal and returns the names of those that failed. */
export async function runChecks(root) {
  const waiting = [...checks]
  const failed = []
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const seconds = stopwatch()
      const { code, output } = await check.look(root)
      console.log(`${code === 0 ? '✓' : '✗'} ${check.name}, ${seconds()}`)
      if (code === 0) continue
      failed.push(check.name)
      console.log(output.trim().replace(/^/gm, '    '))
    }
  }
  await Promise.all([worker(), worker()])
  return failed
}

/** Runs a tool out of node_modules under a modern Node, and keeps what it says. */
export function tool(root, path, args, options = {}) {
  return script(root, join('node_modules', path), args, options)
}

function script(root, path, args, options = {}) {
  const { command, args: before } = modernNode()
  return run(command, [...before, join(root, path), ...args], { cwd: root, quiet: true, ...options })
}

function followTheRoad(root) {
  const there = rooms.filter((room) => existsSync(join(root, room)))
  return tool(root, 'dependency-cruiser/bin/dependency-cruiser.mjs', ['--config', '.dependency-cruiser.cjs', ...there])
}
