// Somebody tries to be told an old yes: by changes that happen while a reach is built, by older snapshots, by maintenance and by a restored copy.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { beforeEach, describe, expect, test } from 'vitest'
import { postgresPrograms } from '../../tools/private-postgres.mjs'
import { databaseKinds } from '../database.ts'
import { reachStage } from './reach-stage.ts'

describe.runIf(databaseKinds.includes('postgresql'))('an old yes among several connections on postgresql', () => {
  const { all, owner, seen, exactOf, exact, keeping, removing } = reachStage('postgresql')
  const others: pg.Client[] = []
  const another = async (begin = 'begin'): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: all.world.stage.ownerUrl })
    await client.connect()
    others.push(client)
    await client.query(begin)
    return client
  }
  beforeEach(async () => {
    await all.world.grant(all.acme, all.priya, 'look')
    return async () => {
      for (const client of others.splice(0)) await client.end()
    }
  })
  const kept = async (): Promise<number> =>
    (await owner(`select max(cardinality(numbers))::int as many from kept_reach where person_id = $1`, [all.priya.id])).rows[0].many

  test('a removal that is committed after the builder looked and before it is done', async () => {
    const builder = await another()
    await builder.query(keeping())
    await owner(removing())
    await builder.query('commit')
    expect([await kept(), await exact(), await seen()]).toEqual([1, false, 0])
  })

  test('a removal that the builder could not see yet, committed after what was built', async () => {
    const remover = await another()
    await remover.query(removing())
    // A later transaction is done before the earlier one: the builder sees past it.
    await owner('select pg_current_xact_id()')
    await owner(keeping())
    expect([await kept(), await exact()]).toEqual([1, true])
    await remover.query('commit')
    expect([await exact(), await seen()]).toEqual([false, 0])
  })

  test('a removal in a savepoint, and one that is taken back', async () => {
    await owner(keeping())
    const remover = await another()
    await remover.query('savepoint one')
    await remover.query(removing())
    await remover.query('rollback')
    expect([await exact(), await seen()]).toEqual([true, 1])
    await remover.query('begin')
    await remover.query('savepoint one')
    await remover.query(removing())
    await remover.query('release one')
    await remover.query('commit')
    expect([await exact(), await seen()]).toEqual([false, 0])
  })

  test('a reader with an older snapshot goes on with what was true in it, whatever is kept meanwhile, and the next one does not', async () => {
    await owner(keeping())
    const reader = await another('begin isolation level repeatable read')
    const look = async () => (await reader.query(exactOf())).rows[0].many > 0
    expect(await look()).toBe(true)
    await owner(removing())
    expect([await look(), await exact()]).toEqual([true, false])
    await owner(keeping())
    const { rows } = await reader.query(`select cardinality(numbers) as many from kept_reach where person_id = $1 and gives = '{*}'`, [
      all.priya.id,
    ])
    // Its own older row: the removal is not in its snapshot, nor is what was built after it.
    expect([await look(), rows[0].many]).toEqual([true, 1])
    expect([await exact(), await kept(), await seen()]).toEqual([true, 0, 0])
  })

  test('a reach that was built after a reader began is none of the reader’s', async () => {
    const reader = await another('begin isolation level repeatable read')
    await reader.query('select from people limit 1')
    await owner(removing())
    await owner(keeping())
    expect((await reader.query(exactOf())).rows[0].many).toBe(0)
    const { rows } = await reader.query(
      `select count(*)::int as many from standing_grants('${all.priya.id}', '${all.priya.organization.id}', 'partner', '${all.world.clock.at}')`,
    )
    expect(rows[0].many).toBe(1)
  })

  test('nothing is kept while a definition is being put in force', async () => {
    const definition = await another()
    await definition.query('lock table access_sorts in exclusive mode')
    const builder = await another()
    await builder.query(`set local lock_timeout = '50ms'`)
    await expect(builder.query(keeping())).rejects.toMatchObject({ code: '55P03' })
    await builder.query('rollback')
    const { rows } = await owner(
      `select substr(pg_get_functiondef('keep_reach(uuid, uuid, text, timestamptz)'::regprocedure), 1) like '%lock table access_sorts in share mode%' as locks`,
    )
    expect(rows[0].locks).toBe(true)
  })

  test('frozen rows stay what they are: exact until something changes, and void after it', async () => {
    await owner(keeping())
    await owner('vacuum (freeze) kept_reach')
    await owner('vacuum (freeze) reach_changes')
    expect(await exact()).toBe(true)
    await owner(removing())
    await owner('vacuum (freeze) reach_changes')
    expect([await exact(), await seen()]).toEqual([false, 0])
  })

  test('a restored copy believes nothing that was kept in the original, keeps its own, and voids it', async () => {
    expect(await seen()).toBe(1)
    const url = new URL(all.world.stage.ownerUrl ?? '')
    const copy = new URL(url)
    copy.pathname = `/copy_${randomUUID().replaceAll('-', '')}`
    await owner(`create database ${copy.pathname.slice(1)}`)
    const program = (name: string) => join(postgresPrograms() ?? '', name)
    const dump = execFileSync(program('pg_dump'), [url.href], { maxBuffer: 1e9 })
    execFileSync(program('psql'), ['-q', '-v', 'ON_ERROR_STOP=1', copy.href], { input: dump, stdio: ['pipe', 'ignore', 'pipe'] })
    const client = new pg.Client({ connectionString: copy.href })
    await client.connect()
    try {
      const many = async (text: string) => (await client.query(text)).rows[0].many
      expect(await many(`select count(*)::int as many from kept_reach where person_id = '${all.priya.id}'`)).toBeGreaterThan(0)
      expect(await many(exactOf())).toBe(0)
      await client.query(keeping())
      expect(await many(exactOf())).toBeGreaterThan(0)
      await client.query(removing())
      expect(await many(exactOf())).toBe(0)
    } finally {
      await client.end()
      await owner(`drop database ${copy.pathname.slice(1)} with (force)`)
    }
  })
})
