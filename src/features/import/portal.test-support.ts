// An empty portal on a database of its own, and short words for tests: bring lines in, write the world out.
import { type DatabaseKind, quiet, testDatabase } from '../../../test/database.ts'
import { createContext } from '../../context/context.ts'
import type { Clock, House } from '../../context/house.ts'
import type { Instant } from '../../kernel/instant.ts'
import { type CheckedLine, checkText, type RowFault } from './check-line.ts'
import { exportWorld } from './export-world.ts'
import { type ImportInput, importWorld } from './import-world.ts'
import type { LineInput } from './world-lines.ts'

export type EmptyPortal = Awaited<ReturnType<typeof emptyPortal>>

export async function emptyPortal(kind: DatabaseKind, definition?: string) {
  const stage = await testDatabase(kind, definition)
  const clock: Clock & { kind: 'set' } = { kind: 'set', at: '2026-11-21T10:00:00.000Z' as Instant }
  const settings = { publicUrl: 'http://localhost:3000', sendsMail: true, demo: true, fileLimit: 10_000_000 }
  const house: House = { database: stage.database, clock, log: quiet, settings, law: stage.law }
  const operator = { kind: 'key', keyId: null, name: 'operator', side: 'vendor', organizationId: null, operator: true } as const
  const ctx = createContext(house, operator, 'test')
  const bringIn = async (lines: AsyncIterable<CheckedLine>, options: Partial<ImportInput> = {}) => {
    const faults: RowFault[] = []
    const result = await importWorld(ctx, {
      fileName: 'test',
      lines,
      dryRun: false,
      trustGrants: false,
      ...options,
      onFault: (fault) => void faults.push(fault),
    })
    return { ...result, rows: faults.sort((a, b) => a.line - b.line) }
  }
  return {
    stage,
    house,
    clock,
    ctx,
    close: stage.close,
    bringIn,
    /** Brings lines in as a file would write them, the first in line 1. */
    lines: (lines: readonly (LineInput | string)[], options: Partial<ImportInput> = {}) => bringIn(inFile(lines), options),
    /** The world, a text a line. */
    written: async (): Promise<string[]> => {
      const out: string[] = []
      for await (const line of await exportWorld(ctx)) out.push(JSON.stringify(line))
      return out
    },
    rows: async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await stage.owner.query<T>(text, values)).rows,
  }
}

async function* inFile(lines: readonly (LineInput | string)[]): AsyncGenerator<CheckedLine> {
  for (const [place, line] of lines.entries()) yield checkText(place + 1, typeof line === 'string' ? line : JSON.stringify(line))
}

/** A small world: a vendor, two customers, a partner, a person at each, a grant and a record. */
export const smallWorld: readonly LineInput[] = [
  { kind: 'vendor', id: 'meridia', name: 'Meridia' },
  { kind: 'customer', id: 'acme', name: 'Acme Robotics', timeZone: 'Europe/Madrid' },
  { kind: 'customer', id: 'beta', name: 'Beta Foods' },
  { kind: 'partner', id: 'larkfield', name: 'Larkfield Consulting', emailDomain: 'larkfield.example' },
  { kind: 'person', id: 'dana', email: 'dana@acme.example', name: 'Dana Lee', home: { customer: 'acme' }, roles: ['contact_manager'] },
  {
    kind: 'person',
    id: 'priya',
    email: 'priya@larkfield.example',
    name: 'Priya Raman',
    home: { partner: 'larkfield' },
    roles: ['consultant'],
  },
  { kind: 'relationship', customer: 'acme', partner: 'larkfield' },
  { kind: 'grant', id: 'a-1', customer: 'acme', grantee: { partner: 'larkfield' }, level: 'admin', endsOn: '2027-03-31', givenBy: 'dana' },
  {
    kind: 'record',
    recordKind: 'service_request',
    id: 'SR-1',
    customer: 'acme',
    title: 'Robot arm stops',
    state: 'active',
    createdAt: '2026-11-01T08:00:00Z',
    contacts: [{ person: 'dana', relation: 'requester' }],
  },
  {
    kind: 'message',
    recordKind: 'service_request',
    record: 'SR-1',
    at: '2026-11-01T08:00:00Z',
    by: { name: 'Dana Lee', person: 'dana' },
    body: 'It stops.',
  },
]
