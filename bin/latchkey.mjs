#!/usr/bin/env node
// The command `latchkey`: four words start the server's own program, every other word the command line that talks to a running server.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { becomeModernNode } from './modern-node.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const ownedByTheServer = new Set(['serve', 'migrate', 'seed', 'backup'])
const [word = ''] = process.argv.slice(2)
const folder = ownedByTheServer.has(word) ? 'src' : 'cli'

// A checkout runs its sources; the published package holds only what they were compiled to.
const source = join(root, folder, 'main.ts')
const program = existsSync(source) ? source : join(root, 'dist', folder, 'main.js')

becomeModernNode([program, ...process.argv.slice(2)])
