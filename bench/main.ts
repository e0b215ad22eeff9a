// `npm run bench`: the benchmarks, one after the other, on the embedded database and on a private PostgreSQL. They print figures and ratios and assert no time.
import { startPostgres } from '../tools/private-postgres.mjs'

const wanted = process.argv.slice(2)
const postgres = await startPostgres({ durable: false })
process.env['LATCHKEY_TEST_POSTGRES_URL'] = postgres.ownerUrl
try {
  // Loaded only now: tests/database.ts looks for the server when it is loaded.
  const { importBench } = await import('./import.ts')
  const { benchRequests } = await import('./requests.ts')
  const benches: Readonly<Record<string, () => Promise<void>>> = { import: importBench, requests: benchRequests }
  const unknown = wanted.find((name) => !Object.hasOwn(benches, name))
  if (unknown !== undefined) throw new Error(`There is no benchmark "${unknown}": ${Object.keys(benches).join(', ')}.`)
  for (const [name, bench] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    console.log(`${name}:`)
    await bench()
  }
} finally {
  await postgres.stop()
}
