// knip barks at what nobody uses: a file, an exported name, a package. With the settings of the house.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plant, root, runTool } from './planted-tree.ts'

const knip = 'node_modules/knip/bin/knip.js'
const house = {
  'package.json': JSON.stringify({ name: 'planted', type: 'module', dependencies: { pg: '*' } }),
  'knip.json': readFileSync(join(root, 'knip.json'), 'utf8'),
  'tsconfig.json': readFileSync(join(root, 'tsconfig.json'), 'utf8'),
  'src/main.ts': "import { Pool } from 'pg'\nimport { used } from './law/used.ts'\nconsole.log(used, Pool)\n",
  'src/law/used.ts': 'export const used = 1\n',
}

test.each([
  ['a dead file', { 'src/law/dead.ts': 'export const dead = 1\n' }, 'src/law/dead.ts'],
  ['a name that nobody imports', { 'src/law/used.ts': 'export const used = 1\nexport const forgotten = 2\n' }, 'forgotten'],
  ['a type that nobody imports', { 'src/law/used.ts': 'export const used = 1\nexport type Forgotten = 2\n' }, 'Forgotten'],
  [
    'a package that nobody imports',
    { 'package.json': JSON.stringify({ name: 'planted', dependencies: { pg: '*', kysely: '*' } }) },
    'kysely',
  ],
  ['a package that is not in package.json', { 'src/law/used.ts': "import { z } from 'zod'\nexport const used = z\n" }, 'zod'],
])('knip barks at %s', async (_what, planted, named) => {
  const { code, output } = await runTool(plant({ ...house, ...planted }), knip, [])
  expect(output).toContain(named)
  expect(code).not.toBe(0)
})

test('knip is quiet where everything is used', async () => {
  const { code, output } = await runTool(plant(house), knip, [])
  expect(code, output).toBe(0)
})
