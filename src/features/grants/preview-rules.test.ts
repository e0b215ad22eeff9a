// Counting what people with different levels could read, from groups of records that are alike to the law.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readDefinition } from '../../definition/read.ts'
import type { LevelLaw } from '../../law/law.ts'
import { type AccessGiven, wholeCustomer } from './access-rules.ts'
import { previewAbilities, type RecordGroup, readable } from './preview-rules.ts'

const file = 'portals/support-desk.yaml'
const law = readDefinition(readFileSync(file, 'utf8'), file)
const at = (level: string): AccessGiven[] => [{ level, rights: [], scope: wholeCustomer }]
const group = (state: string, records: number, named: RecordGroup['named'] = []): RecordGroup => ({
  kind: 'service_request',
  state,
  named,
  covered: [],
  records,
  messages: records * 10,
  files: records * 2,
})
const groups = [
  group('active', 3),
  group('closed', 4),
  group('active', 5, [{ held: at('cc'), relation: 'additional_contact' }]),
  group('closed', 6, [{ held: at('cc'), relation: 'requester' }]),
]

test('BX-01 a level that reads all reads all; Copied in only reads where somebody who has it is named', () => {
  expect(readable(law, [at('look')], groups)).toEqual({ total: 18, open: 8, closed: 10, messages: 180, files: 36 })
  expect(readable(law, [at('cc')], groups)).toEqual({ total: 11, open: 5, closed: 6, messages: 110, files: 22 })
  expect(readable(law, [], groups)).toEqual({ total: 0, open: 0, closed: 0, messages: 0, files: 0 })
})

test('BX-01 being named counts for the level of the one who is named, and for no other', () => {
  const [cc] = law.levels as [LevelLaw]
  const named: LevelLaw = {
    ...cc,
    code: 'named',
    may: new Map([['service_request:read', { is: 'named', relations: ['additional_contact'] }]]),
  }
  const nothing: LevelLaw = { ...cc, code: 'nothing', may: new Map() }
  const two = { ...law, levels: [named, nothing] }
  const seen = (level: string) =>
    readable(two, [at('named'), at('nothing')], [group('active', 1, [{ held: at(level), relation: 'additional_contact' }])]).total
  expect([seen('named'), seen('nothing')]).toEqual([1, 0])
})

test('BX-01 the abilities say on how many records of today, open ones apart, and none for what needs no record', () => {
  const of = (level: string) =>
    Object.fromEntries(previewAbilities(law, [at(level)], groups).map(({ action, yes, number }) => [action, yes ? number : 'no']))
  expect(of('update')).toMatchObject({
    'service_request:read': 18,
    'service_request:reply': 8,
    'service_request:close': 8,
    'service_request:open': 'no',
  })
  expect(of('create')).toMatchObject({ 'service_request:open': null, 'service_request:reopen': 18, 'people:manage': 'no' })
  expect(of('full_admin')).toMatchObject({ 'account:ask_site_deletion': null, 'people:manage': null })
})

test('MI-039 M-A11 what is given for one site is counted on that site, and nothing there is given that is for the whole customer', () => {
  const telephony = readDefinition(readFileSync('portals/telephony-account.yaml', 'utf8'), 'portals/telephony-account.yaml')
  const scope = { kind: 'sites', sites: [{ siteNo: 4, name: 'Bonn' }] } as const
  const tickets = (covered: string[], records: number): RecordGroup => ({ ...group('active', records), kind: 'ticket', covered })
  const here = [tickets(['sites 4'], 3), tickets([], 40)]
  const seen = (right: string) => readable(telephony, [[{ level: null, rights: [right], scope }]], here).total
  expect([seen('phone_manager'), seen('decision_maker')]).toEqual([3, 0])
  expect(readable(telephony, [[{ level: null, rights: ['decision_maker'], scope: wholeCustomer }]], here).total).toBe(43)
})
