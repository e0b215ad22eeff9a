// `npm run generate`: writes every generated file. With --check it writes nothing and names those that differ.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isModern, modernNode } from '../bin/modern-node.mjs'
import { differingFiles, generatedFiles, writeFiles } from './generated-files.mjs'
import { run } from './steps.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

if (!isModern()) {
  // The generators are TypeScript, which an older Node cannot read.
  const { command, args } = modernNode()
  const { code } = await run(command, [...args, fileURLToPath(import.meta.url), ...process.argv.slice(2)])
  process.exit(code)
}
const files = await generatedFiles(root)
const differing = differingFiles(root, files)
if (process.argv.includes('--check')) {
  for (const path of differing)
    console.error(`${path} is not what its generator makes: run \`npm run generate\` and look at the difference.`)
  process.exitCode = differing.length === 0 ? 0 : 1
} else {
  writeFiles(root, files, differing)
  console.log(`${files.length} generated files, ${differing.length} written.`)
}
