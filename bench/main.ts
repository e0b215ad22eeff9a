// `npm run bench`: the benchmarks, one after the other, on a private PostgreSQL and some also on the embedded database. They compare every
// answer, print figures and ratios, write nothing and assert no time. `-- --size S|M|L` (S), `-- --only checks,lists,import,requests`,
// `-- --embedded` asks checks and lists of the embedded database too.
import { parseArgs } from 'node:util'
import { startPostgres } from '../tools/private-postgres.mjs'
import { sizeOf } from './world/sizes.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { size: { type: 'string', default: 'S' }, only: { type: 'string' }, embedded: { type: 'boolean', default: false } },
})
const wanted = [...positionals, ...(values.only?.split(',') ?? [])]
const benches = ['checks', 'lists', 'import', 'requests'] as const
const unknown = wanted.find((name) => !benches.some((bench) => bench === name))
if (unknown !== undefined) throw new Error(`There is no benchmark "${unknown}": ${benches.join(', ')}.`)
const size = sizeOf(values.size)
const runs = (name: (typeof benches)[number]): boolean => wanted.length === 0 || wanted.includes(name)

const postgres = await startPostgres({ durable: false })
process.env['LATCHKEY_TEST_POSTGRES_URL'] = postgres.ownerUrl
try {
  // Loaded only now: test/database.ts looks for the server when it is loaded.
  const { benchGenerated } = await import('./generated-portal.ts')
  const { importBench } = await import('./import.ts')
  const { benchRequests } = await import('./requests.ts')
  if (runs('checks') || runs('lists')) {
    await benchGenerated('postgresql', size, { checks: runs('checks'), lists: runs('lists') })
    if (values.embedded) await benchGenerated('embedded', size, { checks: runs('checks'), lists: runs('lists') })
  }
  if (runs('import')) await importBench()
  if (runs('requests')) await benchRequests()
} finally {
  await postgres.stop()
}
