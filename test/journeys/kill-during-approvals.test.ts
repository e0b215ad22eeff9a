// kill -9 of the server, or of its database, in the middle of 50 approvals: what was acknowledged is there whole, and nothing is there by half.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { startPostgres } from '../../tools/private-postgres.mjs'
import { databaseKinds, unopenedDatabase } from '../database.ts'
import { approveAll, findings, setStage, startProcess } from './fifty-approvals.ts'

describe.each(databaseKinds)('on %s', (kind) => {
  test('kill -9 of the server during 50 approvals loses no acknowledged one and leaves none half done', async () => {
    const { environment, remove } = await unopenedDatabase(kind)
    try {
      const stage = await setStage(environment)
      const server = await startProcess(environment)
      const { acknowledged, refused } = await approveAll(server.port, stage, () => server.child.kill('SIGKILL'))
      await server.end('SIGKILL')
      expect(refused.filter(({ code }) => code !== 'stale')).toEqual([])
      expect(acknowledged.length).toBeGreaterThanOrEqual(16)

      const found = await findings(environment)
      expect(acknowledged.filter((id) => !found.some((row) => row.id === id && row.whole))).toEqual([])
      expect(found.filter((row) => !row.whole && !row.untouched)).toEqual([])
    } finally {
      await remove()
    }
  }, 240_000)
})

describe.skipIf(!databaseKinds.includes('postgresql'))('on a PostgreSQL of its own', () => {
  test('kill -9 of the database during 50 approvals loses no acknowledged one, and the same server finishes the rest when it is back', async () => {
    const [postgres, directory] = await Promise.all([startPostgres({ durable: true }), mkdtemp(join(tmpdir(), 'latchkey-test-'))])
    const as = (login: string) => `postgresql://${login}@127.0.0.1:${postgres.port}/postgres`
    const environment = {
      LATCHKEY_DATA: directory,
      LATCHKEY_FREE_SPACE: '0 MB',
      LATCHKEY_MIGRATION_URL: as('owner'),
      DATABASE_URL: as('latchkey_login:login'),
    }
    try {
      const owner = new pg.Client({ connectionString: environment.LATCHKEY_MIGRATION_URL })
      await owner.connect()
      await owner.query(`create role latchkey_login login noinherit password 'login'`)
      await owner.end()
      const stage = await setStage(environment)
      const server = await startProcess(environment)
      const { acknowledged, refused } = await approveAll(server.port, stage, () => void postgres.kill9())
      expect(acknowledged.length).toBeGreaterThanOrEqual(16)
      // Whoever is refused is told that the database is away, or that somebody else was quicker; never that it was done.
      expect(refused.filter(({ status }) => ![409, 500, 503].includes(status))).toEqual([])

      await postgres.restart()
      const found = await findings(environment)
      expect(acknowledged.filter((id) => !found.some((row) => row.id === id && row.whole))).toEqual([])
      expect(found.filter((row) => !row.whole && !row.untouched)).toEqual([])

      const left = found.filter((row) => row.untouched).map(({ id }) => id)
      // Those that are refused as stale, because all of them write at once, try again as people do.
      for (let waiting: readonly string[] = left; waiting.length > 0; ) {
        const { acknowledged: done } = await approveAll(server.port, { token: stage.token, requests: waiting })
        waiting = waiting.filter((id) => !done.includes(id))
      }
      expect((await findings(environment)).filter((row) => !row.whole)).toEqual([])
      await server.end('SIGTERM')
    } finally {
      await postgres.stop()
      await rm(directory, { recursive: true, force: true })
    }
  }, 240_000)
})
