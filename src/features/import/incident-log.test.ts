// The incident log as a world, compared with numbers that a few lines of their own count from the file: the shipped log, and the one that
// LATCHKEY_INCIDENT_LOG names.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { incidentLog } from '../../../examples/generate-incident-log.mjs'
import { databaseKinds } from '../../../test/database.ts'
import { tableFile } from './open-file.ts'
import { type EmptyPortal, emptyPortal } from './portal.test-support.ts'

const examples = join(import.meta.dirname, '..', '..', '..', 'examples')
const mapping = readFileSync(join(examples, 'incident-log.mapping.yaml'), 'utf8')
const shipped = join(examples, 'incident-log.csv')
const named = process.env['LATCHKEY_INCIDENT_LOG']
const logs = [
  { name: 'the shipped log', file: shipped },
  ...(named ? [{ name: 'the log of LATCHKEY_INCIDENT_LOG', file: resolve(named) }] : []),
]

type Row = Record<string, string>
const instant = (text = '') =>
  text.replace(/(\d+)-(\d+)-(\d+) (\d+):(\d+)/, (_, ...part: string[]) =>
    [part[2], part[1], part[0], part[3], part[4]].map((of = '') => of.padStart(2, '0')).join(''),
  )
const states: Row = { New: 'new', Active: 'active', Resolved: 'resolved', Closed: 'closed', 'Awaiting User Info': 'waiting_for_customer' }

/** Counted from the file alone. */
function countedIn(file: string) {
  const rows = (parse(readFileSync(file, 'utf8'), { columns: true }) as Row[]).filter(
    (row) => instant(row['sys_updated_at']) < '201603050000',
  )
  const last = new Map<string, Row>()
  for (const row of rows)
    if (instant(row['sys_updated_at']) >= instant(last.get(row['number'] ?? '')?.['sys_updated_at'] ?? '0'))
      last.set(row['number'] ?? '', row)
  const standing = [...last.values()]
  const many = (values: (string | undefined)[]): Record<string, number> =>
    Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]))
  const different = (column: string, among: Row[]) => new Set(among.map((row) => row[column]).filter((value) => value !== '?'))
  const most = (of: string, value: string, by: string) => {
    const counts = Object.entries(many(rows.filter((row) => row[of] === value && row[by] !== '?').map((row) => row[by])))
    return counts.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0]
  }
  const homes = Object.fromEntries(
    [...different('caller_id', rows)]
      .map((caller) => [caller, most('caller_id', caller ?? '', 'location')])
      .filter(([, home]) => home !== undefined),
  ) as Row
  const groups = different('assignment_group', standing)
  const teams = Object.fromEntries(
    [...different('assigned_to', rows)].map((person) => {
      const counts = Object.entries(
        many(
          rows.filter((row) => row['assigned_to'] === person && groups.has(row['assignment_group'])).map((row) => row['assignment_group']),
        ),
      )
      return [person, counts.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0]]
    }),
  ) as Row
  return {
    rows: rows.length,
    records: standing.length,
    locations: different('location', standing),
    groups,
    homes,
    teams,
    staff: different('opened_by', rows),
    perState: many(standing.map((row) => states[row['incident_state'] ?? ''] ?? 'waiting_for_vendor')),
    perCustomer: many(standing.map((row) => (row['location'] === '?' ? 'no-location' : row['location']))),
  }
}

test('the shipped log is what its generator makes', () => {
  expect(readFileSync(shipped, 'utf8')).toBe(incidentLog())
})

describe.each(databaseKinds.flatMap((kind) => logs.map((log) => ({ kind, ...log }))))('$name on $kind', ({ kind, file }) => {
  let portal: EmptyPortal
  const counted = countedIn(file)
  beforeAll(async () => {
    portal = await emptyPortal(kind)
    const { rows, state } = await portal.bringIn(await tableFile({ path: file, mapping, asOf: undefined }))
    // Only callers who never have a location stay outside, each with a row of its own.
    expect(state).toBe('done')
    expect(rows.every(({ field, line }) => field === 'caller_id' && line > 1)).toBe(true)
  }, 240_000)
  afterAll(() => portal.close())

  const pairs = async (text: string) =>
    Object.fromEntries((await portal.rows<{ name: string; value: unknown }>(text)).map(({ name, value }) => [name, value]))

  test('customers are the locations, partners the groups, at which an incident stands on that day', async () => {
    const names = async (of: string) =>
      new Set((await portal.rows<{ name: string }>('select name from organizations where kind = $1', [of])).map(({ name }) => name))
    expect(await names('customer')).toEqual(
      new Set([...counted.locations, ...('no-location' in counted.perCustomer ? ['No location given'] : [])]),
    )
    expect(await names('partner')).toEqual(counted.groups)
  })

  test('requests per state and per customer are those of the file', async () => {
    expect(await pairs('select state as name, count(*)::int as value from records group by 1')).toEqual(counted.perState)
    expect(
      await pairs(
        'select c.external_id as name, count(*)::int as value from records r join organizations c using (customer_no) group by 1',
      ),
    ).toEqual(counted.perCustomer)
    expect(Object.values(counted.perState).reduce((a, b) => a + b)).toBe(counted.records)
  })

  test('people are at home where they stand most often', async () => {
    const at = (side: string) =>
      pairs(
        `select p.name, o.name as value from people p join memberships m on m.person_id = p.id join organizations o on o.id = m.organization_id where o.kind = '${side}'`,
      )
    expect(await at('customer')).toEqual(counted.homes)
    expect(await at('partner')).toEqual(counted.teams)
    expect(new Set(Object.keys(await at('vendor')))).toEqual(counted.staff)
  })

  test('every location with people has one contact manager, and nobody answers for requests without a location', async () => {
    const managers = await portal.rows<{ many: number; people: number }>(
      `select count(*) filter (where 'contact_manager' = any (m.roles))::int as many, count(*)::int as people from memberships m join organizations o on o.id = m.organization_id
       where o.kind = 'customer' group by o.id`,
    )
    expect(managers.length).toBe(new Set(Object.values(counted.homes)).size)
    expect(managers.every(({ many }) => many === 1)).toBe(true)
    expect(
      await portal.rows(`select from memberships m join organizations o on o.id = m.organization_id where o.external_id = 'no-location'`),
    ).toEqual([])
  })

  test('every event before that day is history, and no request names a person of another customer', async () => {
    expect(await portal.rows('select count(*)::int as many from record_events')).toEqual([{ many: counted.rows }])
    expect(
      await portal.rows(
        `select from record_people r join memberships m on m.person_id = r.person_id join organizations o on o.id = m.organization_id
         where o.kind = 'customer' and o.customer_no <> r.customer_no`,
      ),
    ).toEqual([])
  })
})
