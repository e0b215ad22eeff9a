// Tables and mappings: instants in zones, homes, ties, missing values, and everything that can be wrong with either.
import { describe, expect, test } from 'vitest'
import { checkValue, type RowFault } from './check-line.ts'
import { instantReader } from './local-time.ts'
import { mapTable } from './map-table.ts'
import { columnsOf, readMapping } from './read-mapping.ts'
import { readTable } from './read-table.ts'
import type { LineInput } from './world-lines.ts'

const mappingText = `
mapping: 1
missing: ['?']
dates: D-M-YYYY H:mm
time_zone: Europe/Madrid
rows: { id: ticket, at: changed, as_of: 2026-03-05 }
organizations:
  site: { kind: customer, column: site, email_domain: '{slug}.example' }
  team: { kind: partner, column: team, rows: standing, email_domain: '{slug}.example' }
people:
  caller: { column: caller, home: { most_frequent: site }, email: '{slug}@{home.email_domain}', roles: [contact], roles_of_most_frequent: [contact_manager] }
relationships: [{ customer: site, partner: team }]
record:
  kind: service_request
  customer: site
  title: ['{column.topic}', 'Ticket {value}']
  state: { column: state, values: { Open: active, Done: resolved } }
  created: changed
  contacts: { requester: caller }
  history: { tracks: { team: team } }
`
const header = 'ticket,changed,site,team,caller,topic,state\n'

async function mapped(csv: string, mapping = mappingText) {
  const rules = readMapping(mapping)
  const faults: RowFault[] = []
  const onFault = (fault: RowFault) => void faults.push(fault)
  async function* bytes() {
    yield Buffer.from(csv)
  }
  const table = await readTable(bytes(), { columns: columnsOf(rules), delimiter: rules.delimiter, missing: rules.missing ?? [], onFault })
  const lines = [...mapTable(table, rules, undefined, onFault)]
  for (const { line, value } of lines) expect(checkValue(line, value)).toHaveProperty('is')
  const of = <Kind extends LineInput['kind']>(kind: Kind) =>
    lines.map(({ value }) => value).filter((value): value is Extract<LineInput, { kind: Kind }> => value.kind === kind)
  return { of, faults: faults.map(({ line, field }) => `${line} ${field}`) }
}

describe('a table of events', () => {
  test('a record stands as its last row before the day says; later rows and later records are not there', async () => {
    const { of } = await mapped(
      `${header}T1,1-3-2026 9:00,North,A,Kim,Printer,Open\nT1,4-3-2026 23:59,North,B,Kim,Printer,Done\nT1,5-3-2026 0:00,North,C,Kim,Printer,Open\nT2,5-3-2026 0:00,South,C,Lee,Screen,Open\n`,
    )
    expect(of('record')).toMatchObject([
      { id: 'T1', state: 'resolved', title: 'Printer', createdAt: '2026-03-04T22:59:00.000Z', updatedAt: '2026-03-04T22:59:00.000Z' },
    ])
    expect(of('customer').map(({ id }) => id)).toEqual(['North'])
    expect(of('partner').map(({ id }) => id)).toEqual(['B'])
    expect(of('event').map(({ what, detail }) => ({ what, detail }))).toEqual([
      { what: 'opened', detail: { state: 'active', team: 'A' } },
      { what: 'state', detail: { from: 'active', to: 'resolved', fields: ['team'], before: { team: 'A' }, after: { team: 'B' } } },
    ])
  })

  test('of rows of one instant the later in the file counts, and rows out of order are put in order', async () => {
    const { of } = await mapped(
      `${header}T1,2-3-2026 9:00,North,A,Kim,P,Done\nT1,2-3-2026 9:00,North,A,Kim,P,Open\nT1,1-3-2026 9:00,North,A,Kim,P,Done\n`,
    )
    expect(of('record')).toMatchObject([{ state: 'active' }])
  })

  test('home is where somebody stands most often, between equals the smaller id, and the most frequent of a home leads it', async () => {
    const row = (place: number, site: string, caller: string) => `T${place},1-3-2026 9:00,${site},A,${caller},P,Open\n`
    const { of } = await mapped(
      header +
        row(1, 'South', 'Kim') +
        row(2, 'North', 'Kim') +
        row(3, 'South', 'Lee') +
        row(4, 'South', 'Lee') +
        row(5, 'South', 'Ann') +
        row(6, 'South', 'Ann') +
        row(7, 'South', 'Ann'),
    )
    expect(of('person').map(({ id, home, roles }) => [id, home, roles])).toEqual([
      ['Kim', { customer: 'North' }, ['contact', 'contact_manager']],
      ['Lee', { customer: 'South' }, ['contact']],
      ['Ann', { customer: 'South' }, ['contact', 'contact_manager']],
    ])
    // Kim's ticket at South names nobody: a person of another customer is never named on a record.
    expect(of('record').find(({ id }) => id === 'T1')?.contacts).toEqual([])
    expect(of('record').find(({ id }) => id === 'T2')?.contacts).toEqual([{ person: 'Kim', relation: 'requester' }])
  })

  test('rows that cannot be used are told with line and column, and the others come in', async () => {
    const { of, faults } = await mapped(
      `${header}T1,31-2-2026 9:00,North,A,Kim,P,Open\nT2,1-3-2026 9:00,North,A,Kim,"two\nlines",Open\n?,1-3-2026 9:00,North,A,Kim,P,Open\nT3,1-3-2026 9:00,North,A,Kim\nT4,1-3-2026 9:00,?,A,Lee,P,Open\nT5,1-3-2026 9:00,North,A,Kim,P,Lost\nT6,29-3-2026 2:30,North,A,Kim,P,Open\nT7,1-3-2026 9:00,North,A,Kim,?,Open\n`,
    )
    // Line 4 is the second of a value of two lines; the hour 2:30 of 29 March is skipped by the clocks of Madrid.
    expect(faults.toSorted()).toEqual(['2 changed', '5 ticket', '6 ', '7 caller', '7 site', '8 state', '9 changed'])
    expect(of('record').map(({ id, title }) => [id, title])).toEqual([
      ['T2', 'two lines'],
      ['T7', 'Ticket T7'],
    ])
  })

  test('broken quotes and bytes that are no UTF-8 are faults of their row', async () => {
    const rules = readMapping(mappingText)
    const faults: RowFault[] = []
    async function* bytes() {
      yield Buffer.concat([
        Buffer.from(`${header}T1,1-3-2026 9:00,No"rth,A,Kim,P,Open\nT2,1-3-2026 9:00,Nor`),
        Buffer.from([0xff]),
        Buffer.from('th,A,Kim,P,Open\nT3,1-3-2026 9:00,North,A,Kim,P,Open\nT4,"1-3'),
      ])
    }
    const table = await readTable(bytes(), { columns: columnsOf(rules), missing: [], onFault: (fault) => void faults.push(fault) })
    expect(table.rows.map(({ values }) => values[table.columns.indexOf('ticket')])).toEqual(['T3'])
    expect(faults.map(({ line, expected }): [number, string] => [line, expected.slice(0, 24)]).toSorted(([a], [b]) => a - b)).toEqual([
      [2, 'expected a quote only at'],
      [3, 'expected UTF-8 text; the'],
      [5, 'expected a closing quote'],
    ])
  })
})

describe('a mapping that cannot be used', () => {
  const refusal = (text: string) => {
    try {
      readMapping(text)
    } catch (error) {
      return (
        (error as { more: { fields?: { sentence: string }[] }; message: string }).more.fields?.map(({ sentence }) => sentence) ?? [
          (error as Error).message,
        ]
      )
    }
    return []
  }
  test('names the line and the key, and all of them at once', () => {
    const text = mappingText
      .replace('most_frequent: site', 'most_frequent: planet')
      .replace("'{slug}@{home.email_domain}'", "'{nick}@{home.email_domain}'")
      .replace('partner: team }]', 'partner: site }]')
    expect(refusal(text)).toEqual([
      'line 11: people.caller.home.most_frequent: expected the name of a set under organizations',
      'line 12: relationships.0.partner: expected the name of a set of partners under organizations',
      'line 11: people.caller.email: {nick} is no word of a template',
    ])
    expect(refusal(mappingText.replace('missing:', 'mising:'))[0]).toMatch(/line 1: the mapping: mising: no such key/)
    expect(refusal(mappingText.replace('as_of: 2026-03-05', 'as_of: 2026-02-30'))[0]).toMatch(/^line 6: rows.as_of: expected a date/)
    expect(refusal('a: [')[0]).toMatch(/^The mapping is no YAML: line 1/)
  })
  test('a table without a wanted column is refused by its name', async () => {
    await expect(mapped('ticket,changed\n1,2\n')).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('no column "site", "team"'),
    })
    await expect(mapped('')).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

test('instants are read in their zone, and what no clock shows is none', () => {
  const madrid = instantReader('D-M-YYYY H:mm', 'Europe/Madrid')
  expect([
    madrid('1-7-2026 9:05'),
    madrid('01-12-2026 09:05'),
    madrid('29-3-2026 2:30'),
    madrid('30-2-2026 1:00'),
    madrid('1-1-2026 24:00'),
    madrid('1/1/2026 1:00'),
  ]).toEqual(['2026-07-01T07:05:00.000Z', '2026-12-01T08:05:00.000Z', undefined, undefined, undefined, undefined])
  const iso = instantReader(undefined, 'America/New_York')
  expect([iso('2026-07-01T12:00:00Z'), iso('2026-07-01 12:00:00'), iso('soon')]).toEqual([
    '2026-07-01T12:00:00.000Z',
    '2026-07-01T16:00:00.000Z',
    undefined,
  ])
})

test('a table gives sites, fields of their types, types of partners and sorts of relationships, to kinds without states too', async () => {
  const rules = `
mapping: 1
rows: { id: unit, at: seen }
organizations:
  owner: { kind: customer, column: owner }
  firm: { kind: partner, column: firm, type: partner_vendor, reference: '{column.ref}' }
relationships: [{ customer: owner, partner: firm, relation: preferred }]
record:
  kind: unit
  customer: owner
  title: 'Unit {value}'
  created: seen
  site: { column: place, name: 'Hall {value}' }
  partners: { keeper: firm }
  fields:
    hours: { column: hours, as: number }
    leased: { column: leased, as: boolean }
    tags: { column: tags, as: list, separator: ';' }
`
  const row = (id: string, hours: string, leased: string, tags: string) =>
    `${id},2026-01-02T03:04:05Z,Acme,Rigwell,17,7,${hours},${leased},${tags}\n`
  const csv = `unit,seen,owner,firm,ref,place,hours,leased,tags\n${row('U1', '12.5', 'Yes', 'a; b')}${row('U2', '', '0', '')}${row('U3', 'many', 'no', '')}${row('U4', '1', 'perhaps', '')}`
  const { of, faults } = await mapped(csv, rules)
  expect(of('record')).toMatchObject([
    {
      id: 'U1',
      site: '7',
      attributes: { hours: 12.5, leased: true, tags: ['a', 'b'] },
      partners: [{ partner: 'Rigwell', relation: 'keeper' }],
    },
    { id: 'U2', attributes: { leased: false } },
  ])
  expect(of('record')[0]).not.toHaveProperty('state')
  expect(of('site')).toEqual([{ kind: 'site', customer: 'Acme', id: '7', name: 'Hall 7' }])
  expect(of('partner')).toEqual([{ kind: 'partner', id: 'Rigwell', name: 'Rigwell', type: 'partner_vendor', reference: '17' }])
  expect(of('relationship')).toMatchObject([{ customer: 'Acme', partner: 'Rigwell', relation: 'preferred' }])
  expect(faults).toEqual(['4 hours', '5 leased'])
  expect(() => readMapping(rules.replace('column: owner }', 'column: owner, type: x }'))).toThrow(/organizations.owner.type: only partners/)
})
