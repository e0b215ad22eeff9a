// The command under an older Node: what goes in and comes out of its child is exact.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isModern, modernNode } from '../bin/modern-node.mjs'

const root = dirname(import.meta.dirname)
const folder = mkdtempSync(join(tmpdir(), 'latchkey-node-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Starts `script` behind the pass-through, as an older Node would. */
function behindThePassThrough(script: string, ...args: string[]) {
  const child = join(folder, `child-${Math.random()}.mjs`)
  const parent = join(folder, `parent-${Math.random()}.mjs`)
  writeFileSync(child, script)
  writeFileSync(
    parent,
    `import { passThrough } from ${JSON.stringify(join(root, 'bin/modern-node.mjs'))}\npassThrough(process.execPath, ${JSON.stringify([child, ...args])})\n`,
  )
  return spawn(process.execPath, [parent])
}

async function outputOf(child: ReturnType<typeof behindThePassThrough>) {
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  const [code, signal] = await once(child, 'close')
  return { output, code, signal }
}

test.each([
  ['20.20.2', false],
  ['24.11.9', false],
  ['24.12.0', true],
  ['26.0.0', true],
])('Node %s is new enough: %s', (version, expected) => {
  expect(isModern(version)).toBe(expected)
})

test('a modern Node runs the program itself', () => {
  expect(modernNode()).toEqual({ command: process.execPath, args: [] })
})

test('arguments, standard input and the exit code pass unchanged', async () => {
  const child = behindThePassThrough(
    "let text = ''; for await (const part of process.stdin) text += part; console.log(JSON.stringify([process.argv.slice(2), text])); process.exitCode = 7",
    'serve',
    '--name=a b',
    '',
    '*',
  )
  child.stdin.end('typed')
  const { output, code } = await outputOf(child)
  expect(JSON.parse(output)).toEqual([['serve', '--name=a b', '', '*'], 'typed'])
  expect(code).toBe(7)
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s reaches the program, which ends as it likes', async (signal) => {
  const child = behindThePassThrough(
    `process.on('${signal}', () => { console.log('stopped'); process.exit(0) }); console.log('ready'); setInterval(() => {}, 1000)`,
  )
  const ended = outputOf(child)
  await once(child.stdout, 'data')
  child.kill(signal)
  expect(await ended).toEqual({ output: 'ready\nstopped\n', code: 0, signal: null })
})

test('a program that a signal ended is told as ended by that signal', async () => {
  const { code, signal } = await outputOf(behindThePassThrough("process.kill(process.pid, 'SIGKILL')"))
  expect([code, signal]).toEqual([null, 'SIGKILL'])
})

test('the command is executable and starts with a line that finds Node', () => {
  const mode = execFileSync('git', ['ls-files', '--stage', 'bin/latchkey.mjs', '.ci/run'], { cwd: root, encoding: 'utf8' })
  expect(
    mode
      .trim()
      .split('\n')
      .map((line) => line.slice(0, 6)),
  ).toEqual(['100755', '100755'])
})
