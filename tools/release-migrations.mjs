// `npm run release-migrations`: writes down the fingerprints of new migrations before they go out. It never touches one that is there.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brokenPromises, fingerprints, released, releasedFile } from './migration-fingerprints.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const broken = brokenPromises(root)
for (const sentence of broken) console.error(sentence)
if (broken.length > 0) process.exit(1)
const before = released(root)
const after = { ...fingerprints(root), ...before }
writeFileSync(join(root, releasedFile), `${JSON.stringify(after, null, 2)}\n`)
console.log(`${Object.keys(after).length - Object.keys(before).length} new migrations are fixed from now on.`)
