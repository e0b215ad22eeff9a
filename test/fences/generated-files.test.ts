// Generated files: the check barks when one differs from what its generator makes, or is missing, or has two generators.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plant, root, runTool } from './planted-tree.ts'

const generator = "export const generate = () => [{ path: 'docs/words.txt', text: 'one\\ntwo\\n' }]\n"

function house(files: Readonly<Record<string, string>>): string {
  const folder = plant({ 'package.json': '{ "type": "module" }', 'tools/generators/words.ts': generator, ...files })
  for (const room of ['bin', 'tools']) {
    cpSync(join(root, room), join(folder, room), { recursive: true, filter: (path) => !path.includes('generators') })
  }
  return folder
}

const generate = (folder: string, ...args: string[]) => runTool(folder, join(folder, 'tools', 'generate.mjs'), args)
const check = (folder: string) => generate(folder, '--check')

test('the check barks at a generated file that was changed by hand', async () => {
  const { code, output } = await check(house({ 'docs/words.txt': 'one\nthree\n' }))
  expect(output).toContain('docs/words.txt')
  expect(code).toBe(1)
})

test('the check barks at a generated file that is missing', async () => {
  const { code, output } = await check(house({}))
  expect(output).toContain('docs/words.txt')
  expect(code).toBe(1)
})

test('the check is quiet once `npm run generate` has written, and writes nothing itself', async () => {
  const folder = house({ 'docs/words.txt': 'old' })
  await check(folder)
  expect(readFileSync(join(folder, 'docs/words.txt'), 'utf8')).toBe('old')
  await generate(folder)
  expect(readFileSync(join(folder, 'docs/words.txt'), 'utf8')).toBe('one\ntwo\n')
  expect((await check(folder)).code).toBe(0)
})

test('two generators that make the same file are refused', async () => {
  const folder = house({ 'docs/words.txt': 'one\ntwo\n' })
  writeFileSync(join(folder, 'tools/generators/again.ts'), generator)
  const { code, output } = await check(folder)
  expect(output).toContain('made by two generators')
  expect(code).not.toBe(0)
})
