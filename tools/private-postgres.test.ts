// The private PostgreSQL: it keeps what it confirmed through kill -9, and nothing of it outlives the process that asked for it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { postgresPrograms, startPostgres } from './private-postgres.mjs'

const installed = postgresPrograms() !== undefined

async function ask(url: string, sql: string) {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.on('connect', () => socket.destroy()).on('error', () => resolve(false))
  })
}

test.skipIf(!installed)('a durable one keeps through kill -9 what it confirmed, and is gone after stop', async () => {
  const postgres = await startPostgres({ durable: true })
  await ask(postgres.ownerUrl, 'create table kept as select 42 as answer')
  const [{ directory }] = await ask(postgres.ownerUrl, "select current_setting('data_directory') as directory")
  await postgres.kill9()
  expect(await answers(postgres.port)).toBe(false)
  await postgres.restart()
  expect(await ask(postgres.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }])
  await postgres.stop()
  expect(await answers(postgres.port)).toBe(false)
  expect(existsSync(directory)).toBe(false)
})

test.skipIf(!installed).each(['SIGKILL', 'SIGTERM'] as const)('it ends when the process that asked for it ends by %s', async (signal) => {
  const script = `
    import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'private-postgres.mjs'))}
    const { port } = await startPostgres()
    process.on('SIGTERM', () => process.exit(1))
    setInterval(() => {}, 1000)
    console.log(port)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  const [said] = await once(child.stdout.setEncoding('utf8'), 'data')
  const port = Number(said)
  expect(await answers(port)).toBe(true)
  child.kill(signal)
  await once(child, 'exit')
  await expect.poll(() => answers(port), { timeout: 10_000 }).toBe(false)
})
