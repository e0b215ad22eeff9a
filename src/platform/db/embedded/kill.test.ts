import { expect, test } from 'vitest'
import { directoryWithDatabase, openForTest, startChild } from '../scratch.test-support.ts'

const writeForEver = (directory: string) => `
  import { openDatabase } from '$src/open.ts'
  const log = { info() {}, warn() {}, error() {} }
  const database = await openDatabase({ directory: ${JSON.stringify(directory)}, log })
  await database.pool.query('create table if not exists written (n int primary key, double int not null)')
  const { rows } = await database.pool.query('select coalesce(max(n), 0) as n from written')
  for (let n = rows[0].n + 1; ; n += 2) {
    await database.pool.withClient(async (client) => {
      await client.query('begin')
      await client.query('insert into written values ($1, $2)', [n, 2 * n])
      await client.query('insert into written values ($1, $2)', [n + 1, 2 * n + 2])
      await client.query('commit')
    })
    console.log(String(n + 1))
  }`

test('kill -9 in the middle of writes loses no acknowledged commit and leaves no half of one, six times in a row', {
  timeout: 120_000,
}, async () => {
  const directory = await directoryWithDatabase()
  let acknowledged = 0
  for (let round = 0; round < 6; round += 1) {
    const child = startChild(writeForEver(directory))
    for (let lines = 0; lines < 15 + 37 * round; lines += 1) acknowledged = Number(await child.line())
    await child.kill9()
    // What it had said before it died counts too, although nobody had read it yet.
    for (let line = await child.line().catch(() => undefined); line; line = await child.line().catch(() => undefined))
      acknowledged = Number(line)
  }
  const { pool } = await openForTest({ directory })
  const { rows } = await pool.query<{ rows: number; last: number; wrong: number }>(
    'select count(*) as rows, max(n) as last, count(*) filter (where double <> 2 * n) as wrong from written',
  )
  const found = rows[0]!
  expect(found.last).toBeGreaterThanOrEqual(acknowledged)
  // One commit may have been made and not yet acknowledged.
  expect(found.last).toBeLessThanOrEqual(acknowledged + 2)
  expect(found).toMatchObject({ rows: found.last, wrong: 0 })
})
