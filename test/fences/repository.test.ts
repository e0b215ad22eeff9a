// What must not stand in any file of the repository: and each ban is shown to bark.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './planted-tree.ts'
import { bans, breaches, type SourceFile } from './repository.ts'

const looksBinary = /\.(?:png|jpe?g|gif|ico|woff2?|pdf|gz|wasm)$/
// These two spell out what is banned.
const theFenceItself = /^test\/fences\/(?:repository|style)[\w.]*\.ts$/

function everyFile(): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split(
    '\n',
  )
  const there = listed.filter((path) => path !== '' && existsSync(join(root, path)) && statSync(join(root, path)).isFile())
  return there
    .filter((path) => !looksBinary.test(path) && !theFenceItself.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

test('no file of the repository breaks a ban, and none is over 300 lines', () => {
  const files = everyFile()
  expect(files.length).toBeGreaterThan(30)
  expect(files.map(({ path }) => path)).toContain('package-lock.json')
  expect(breaches(files)).toEqual([])
})

test.each([
  ['docs/a.md', 'see ../shared/spec', 'beside the checkout'],
  ['src/a.ts', "const log = '/home/ann/log.csv'", 'of one machine'],
  ['src/a.ts', 'read(`/work/main/x`)', 'of one machine'],
  ['.npmrc', 'registry=https://registry.npmjs.org/', 'package registry'],
  ['package-lock.json', '{\n  "resolved": "x"\n}', 'came from'],
  ['src/a.test.ts', "test.skip('a', () => {})", 'leaves a test out'],
  ['src/a.test.ts', "describe.concurrent.only('a', () => {})", 'leaves a test out'],
  ['src/a.test.ts', "test.todo('a')", 'leaves a test out'],
  ['src/a.test.ts', "xit('a', () => {})", 'leaves a test out'],
  ['src/a.ts', '// TODO: the rest', 'for later'],
  ['src/a.ts', '// @ts-ignore', 'silences'],
  ['src/a.ts', 'x\n'.repeat(301), 'more than 300'],
])('the fence barks at %s: %j', (path, text, why) => {
  expect(breaches([{ path, text }])).toEqual([expect.stringContaining(why)])
})

test.each([
  ['.ci/run', 'log=../shared/data/log.csv'],
  ['src/a.ts', "open('/usr/bin/chromium')"],
  ['src/a.test.ts', "test.skipIf(!postgres)('a', () => {})"],
  ['src/a.ts', 'x\n'.repeat(300)],
  ['web/a.gen.ts', 'x\n'.repeat(301)],
])('the fence is quiet about %s: %j', (path, text) => {
  expect(breaches([{ path, text }])).toEqual([])
})

test('every ban says why', () => {
  for (const { why } of bans) expect(why.length).toBeGreaterThan(15)
})

test('the lock file names every package by its fingerprint', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const without = Object.entries<{ integrity?: string; inBundle?: boolean }>(packages).filter(
    ([path, entry]) => path && !entry.integrity && !entry.inBundle,
  )
  expect(without.map(([path]) => path)).toEqual([])
})
