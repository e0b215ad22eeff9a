// Biome barks at what the house does not want: each rule is broken once, on purpose, under the settings of the house.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plant, root, runTool } from './planted-tree.ts'

const { vcs: _, $schema: __, ...settings } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
const biome = 'node_modules/@biomejs/biome/bin/biome'
const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_unused, index) => line(index)).join('\n')
const skipping = ['test', 'skip'].join('.')
const focusing = ['test', 'only'].join('.')

/** Rule → path → text that breaks it. */
const broken: Readonly<Record<string, readonly [path: string, text: string]>> = {
  'style/noExcessiveLinesPerFile': ['src/law/long.ts', `${lines(301, (index) => `export const word${index} = ${index}`)}\n`],
  'complexity/noExcessiveLinesPerFunction': [
    'src/law/long-function.ts',
    `export function long(say: (word: number) => void) {\n${lines(51, (index) => `  say(${index})`)}\n}\n`,
  ],
  'complexity/noExcessiveCognitiveComplexity': [
    'src/law/tangled.ts',
    `export function tangled(a: number) {\n${lines(13, (index) => `  if (a === ${index}) return ${index}`)}\n  return a\n}\n`,
  ],
  'style/noDefaultExport': ['src/law/nameless.ts', "const word = 'word'\nexport default word\n"],
  'style/noEnum': ['src/law/kinds.ts', 'export enum Kind {\n  One = 1,\n}\n'],
  'style/noNamespace': ['src/law/space.ts', 'export namespace Space {\n  export const one = 1\n}\n'],
  'style/noParameterProperties': ['src/law/property.ts', 'export class Box {\n  constructor(readonly word: string) {}\n}\n'],
  'style/useImportType': ['src/law/types.ts', "import { Word } from './word.ts'\nexport const word = (say: Word) => say\n"],
  'style/useNodejsImportProtocol': ['src/main.ts', "import { join } from 'path'\nexport const used = join\n"],
  'style/useFilenamingConvention': ['src/law/CamelCase.ts', 'export const one = 1\n'],
  'style/noNonNullAssertion': ['src/law/sure.ts', 'export const sure = (word?: string) => word!.length\n'],
  'correctness/useImportExtensions': ['src/law/imports.ts', "import { word } from './word'\nexport const used = word\n"],
  'correctness/noUnusedImports': ['src/law/unused.ts', "import { word } from './word.ts'\nexport const used = 1\n"],
  'nursery/noFloatingPromises': [
    'src/law/floating.ts',
    'async function save(): Promise<number> {\n  return 1\n}\nexport function forget() {\n  save()\n}\n',
  ],
  'nursery/noMisusedPromises': [
    'src/law/misused.ts',
    "async function may(): Promise<boolean> {\n  return false\n}\nexport function enter() {\n  if (may()) return 'in'\n  return 'out'\n}\n",
  ],
  'performance/noBarrelFile': ['src/law/index.ts', "export { word } from './word.ts'\n"],
  'suspicious/noExplicitAny': ['src/law/anything.ts', 'export const anything = (word: any) => word\n'],
  'suspicious/noSkippedTests': ['src/law/skipped.test.ts', `import { test } from 'vitest'\n${skipping}('a', () => {})\n`],
  'suspicious/noFocusedTests': ['src/law/focused.test.ts', `import { test } from 'vitest'\n${focusing}('a', () => {})\n`],
}

test.each(Object.entries(broken))('Biome barks: %s', async (rule, [path, text]) => {
  const folder = plant({
    'biome.json': JSON.stringify(settings),
    [path]: text,
    'src/law/word.ts': 'export interface Word {\n  one: 1\n}\n',
  })
  const { code, output } = await runTool(folder, biome, ['lint', '--error-on-warnings', '--max-diagnostics=50', '.'])
  expect(output).toContain(`lint/${rule}`)
  expect(code).not.toBe(0)
})

test('Biome barks at a file that is not formatted', async () => {
  const folder = plant({ 'biome.json': JSON.stringify(settings), 'src/law/ugly.ts': 'export const word = "word";\n' })
  const { code, output } = await runTool(folder, biome, ['format', '.'])
  expect(output).toContain('src/law/ugly.ts')
  expect(code).not.toBe(0)
})

test('Biome is quiet about a file as the house wants it, and about a default export in a settings file', async () => {
  const folder = plant({
    'biome.json': `${JSON.stringify(settings, null, 2)}\n`,
    'src/law/tidy.ts': "export const word = 'word'\n",
    'some.config.ts': "export default { word: 'word' }\n",
  })
  const { code, output } = await runTool(folder, biome, ['lint', '--error-on-warnings', '.'])
  expect(code, output).toBe(0)
})
