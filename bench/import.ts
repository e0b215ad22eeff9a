// Lines a second of an import against a bare COPY of the same rows: what checking, comparing, row security, audit and the way back cost.

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from, to } from 'pg-copy-streams'
import { createContext } from '../src/context/context.ts'
import type { House } from '../src/context/house.ts'
import { type CheckedLine, checkValue } from '../src/features/import/check-line.ts'
import { importWorld } from '../src/features/import/import-world.ts'
import { undoImport } from '../src/features/import/undo-import.ts'
import type { LineInput } from '../src/features/import/world-lines.ts'
import { type DatabaseKind, databaseKinds, quiet, testDatabase } from '../test/database.ts'

/** The tables that these lines fill, in the order in which they can be copied. */
const tables = [
  'organizations',
  'people',
  'memberships',
  'relationships',
  'grants',
  'records',
  'record_people',
  'messages',
  'record_events',
] as const

/** @param scale 1: about 50,000 lines */
export async function importBench(scale = 1): Promise<void> {
  const lines = [...worldOf(scale)]
  for (const kind of databaseKinds) {
    const { stage, perSecond, undoSeconds } = await imported(kind, lines)
    console.log(
      `  import, ${kind}: ${lines.length.toLocaleString('en')} lines, ${whole(perSecond)} a second; undo in ${undoSeconds.toFixed(1)} s`,
    )
    await stage.close()
  }
  if (!databaseKinds.includes('postgresql')) return console.log('  (no PostgreSQL: COPY is not compared)')
  const copied = await copyOf(lines)
  console.log(
    `  bare COPY of the same rows, postgresql: ${whole(copied.perSecond)} lines a second; the import runs at ${copied.ratio.toFixed(2)} of it`,
  )
}

const whole = (value: number) => Math.round(value).toLocaleString('en')

async function imported(kind: DatabaseKind, lines: readonly LineInput[], keep: 'undo' | 'keep' = 'undo') {
  const stage = await testDatabase(kind)
  const settings = { publicUrl: 'http://localhost', sendsMail: false, demo: false, fileLimit: 1 }
  const house: House = { database: stage.database, clock: { kind: 'database' }, log: quiet, settings, law: stage.law }
  const operator = { kind: 'key', keyId: null, name: 'bench', side: 'vendor', organizationId: null, operator: true } as const
  const ctx = createContext(house, operator, 'bench')
  const began = performance.now()
  const result = await importWorld(ctx, { fileName: 'bench', lines: checked(lines), dryRun: false, trustGrants: true })
  const seconds = (performance.now() - began) / 1000
  if (result.faults > 0 || result.lines !== lines.length) throw new Error(`${result.faults} lines were refused`)
  const beganUndo = performance.now()
  if (keep === 'undo') await undoImport(ctx, { importId: result.id ?? '' })
  return { stage, perSecond: lines.length / seconds, undoSeconds: (performance.now() - beganUndo) / 1000 }
}

/** As from a file: each line is parsed and checked on its way. */
async function* checked(lines: readonly LineInput[]): AsyncGenerator<CheckedLine> {
  for (const [place, line] of lines.entries()) yield checkValue(place + 1, JSON.parse(JSON.stringify(line)))
}

/** Imports once, takes the rows out as COPY writes them, and copies them into an empty database as the owner, who has no row security. */
async function copyOf(lines: readonly LineInput[]) {
  const { stage: source, perSecond: importPerSecond } = await imported('postgresql', lines, 'keep')
  const rows = new Map<string, { columns: string; text: Buffer }>()
  for (const table of tables) rows.set(table, await copyOut(source.owner, table))
  await source.close()
  const target = await testDatabase('postgresql')
  const client = await target.owner.connect()
  const began = performance.now()
  await client.query('begin')
  for (const [table, { columns, text }] of rows) {
    await pipeline(Readable.from([text]), client.query(from(`copy ${table} (${columns}) from stdin`)))
  }
  await client.query('commit')
  const perSecond = lines.length / ((performance.now() - began) / 1000)
  client.release()
  await target.close()
  return { perSecond, ratio: importPerSecond / perSecond }
}

async function copyOut(owner: pg.Pool, table: string): Promise<{ columns: string; text: Buffer }> {
  const { rows } = await owner.query<{ column_name: string }>(
    'select column_name::text from information_schema.columns where table_schema = current_schema() and table_name = $1 order by ordinal_position',
    [table],
  )
  const columns = rows.map(({ column_name }) => `"${column_name}"`).join(', ')
  const client = await owner.connect()
  const pieces: Buffer[] = []
  for await (const piece of client.query(to(`copy (select ${columns} from ${table}) to stdout`))) pieces.push(piece as Buffer)
  client.release()
  return { columns, text: Buffer.concat(pieces) }
}

/** For each customer a few people, a partner, and records with a message and a history entry each. */
function* worldOf(scale: number): Generator<LineInput> {
  const customers = Math.round(200 * scale)
  const partners = Math.round(40 * scale)
  const [each, at] = [75, '2026-01-01T08:00:00.000Z']
  yield { kind: 'vendor', id: 'vendor', name: 'Vendor' }
  for (let c = 0; c < customers; c++) yield { kind: 'customer', id: `c${c}`, name: `Customer ${c}`, timeZone: 'Europe/Madrid' }
  for (let p = 0; p < partners; p++) yield { kind: 'partner', id: `p${p}`, name: `Partner ${p}` }
  for (let c = 0; c < customers; c++) {
    for (let n = 0; n < 10; n++) {
      yield {
        kind: 'person',
        id: `c${c}-${n}`,
        email: `c${c}-${n}@c${c}.example`,
        name: `Person ${n}`,
        home: { customer: `c${c}` },
        roles: ['contact'],
        since: at,
      }
    }
    yield { kind: 'relationship', customer: `c${c}`, partner: `p${c % partners}`, from: at }
    yield {
      kind: 'grant',
      id: `g${c}`,
      customer: `c${c}`,
      grantee: { partner: `p${c % partners}` },
      level: 'update',
      from: at,
      until: '2027-01-01T00:00:00Z',
    }
    for (let n = 0; n < each; n++) {
      const record = `SR-${c}-${n}`
      const contacts = [{ person: `c${c}-${n % 10}`, relation: 'requester' as const }]
      yield {
        kind: 'record',
        recordKind: 'service_request',
        id: record,
        customer: `c${c}`,
        title: `Request ${n} of customer ${c}`,
        state: 'active',
        createdAt: at,
        contacts,
      }
      yield {
        kind: 'message',
        recordKind: 'service_request',
        record,
        at,
        by: { name: 'Person', person: `c${c}-${n % 10}` },
        body: 'It does not work. What now?',
      }
      yield { kind: 'event', recordKind: 'service_request', record, at, what: 'opened', byName: 'Person' }
    }
  }
}
