import { expect, test } from 'vitest'
import type { Warning } from '../../client/access.ts'
import type { AccessRequest, AccessRequestItem } from '../../client/access-requests.ts'
import type { Portal } from '../../client/portal.ts'
import { type AnswerForm, answerWarnings, approvalOf, choicesOf, isUnfinished, type Part } from './answer-form.ts'
import { wholeCompany } from './chosen-access.ts'

const priya = { id: 'priya', name: 'Priya Raman', email: 'priya@larkfield.example' }
const tom = { id: 'tom', name: 'Tom Okafor', email: 'tom@larkfield.example' }
const item = (id: string, person: typeof priya | null, level: string): AccessRequestItem => ({
  scope: { kind: 'all' },
  id,
  person,
  level,
  rights: [],
  asks: level,
  has: null,
  differences: [],
  grantedLevel: null,
  grantedRights: [],
  given: null,
})

const request = {
  partner: { id: 'larkfield' },
  endsOn: '2027-05-21',
  items: [item('all', null, 'look'), item('one', priya, 'update'), item('two', tom, 'update')],
} as AccessRequest

const portal = { giving: { shape: 'ladder' }, levels: [], rights: [] } as unknown as Portal
const level = (code: string, scope = wholeCompany): Part => ({ access: { level: code, rights: [] }, scope })
const asAsked: AnswerForm = {
  endsOn: '2027-05-21',
  parts: { all: level('look'), one: level('update'), two: level('update') },
  understood: false,
}

test('what would be given is put together by level, everyone apart from people', () => {
  expect(choicesOf(portal, request, asAsked)).toEqual([
    { partnerId: 'larkfield', personIds: null, level: 'look', endsOn: '2027-05-21' },
    { partnerId: 'larkfield', personIds: ['priya', 'tom'], level: 'update', endsOn: '2027-05-21' },
  ])
})

test('whom the answer leaves out is not counted, and without a day nothing is', () => {
  expect(choicesOf(portal, request, { ...asAsked, parts: { all: null, one: level('cc'), two: null } })).toEqual([
    { partnerId: 'larkfield', personIds: ['priya'], level: 'cc', endsOn: '2027-05-21' },
  ])
  expect(choicesOf(portal, request, { ...asAsked, endsOn: '' })).toEqual([])
})

test('an approval as asked says nothing more; a changed one says only the changes', () => {
  expect(approvalOf(portal, request, asAsked)).toEqual({})
  const parts = { all: level('look'), one: level('cc'), two: null }
  expect(approvalOf(portal, request, { endsOn: '2027-02-01', parts, understood: true })).toEqual({
    endsOn: '2027-02-01',
    items: [
      { id: 'one', level: 'cc', rights: [], scope: null },
      { id: 'two', level: null },
    ],
    understood: true,
  })
})

test('BX-19 a part can be given for some sites alone, and a narrow part without any is unfinished', () => {
  const some = { ...asAsked, parts: { ...asAsked.parts, all: level('look', { ...wholeCompany, kind: 'sites', sites: [4] }) } }
  expect(approvalOf(portal, request, some).items).toEqual([{ id: 'all', level: 'look', rights: [], scope: { sites: [4] } }])
  expect(choicesOf(portal, request, some)[0]).toMatchObject({ scope: { sites: [4] } })
  const empty = { ...asAsked, parts: { ...asAsked.parts, all: level('look', { ...wholeCompany, kind: 'sites' }) } }
  expect([isUnfinished(some), isUnfinished(empty)]).toEqual([false, true])
})

const warning = (code: string, tick: string | null): Warning => ({ code, title: code, text: code, needsTick: tick !== null, tick })

test('a page never has more than one tick, whatever warns', () => {
  const ticks = answerWarnings([warning('W1', 'first'), warning('W4', 'second'), warning('W7', null)], 'checked').filter(
    (one) => one.needsTick,
  )
  expect(ticks.map(({ code, tick }) => [code, tick])).toEqual([['W4', 'second']])
})

test('W8 a foreign address needs one more step before it can be approved', () => {
  expect(answerWarnings([warning('W8', null)], 'I have checked who is asking.').map(({ needsTick, tick }) => [needsTick, tick])).toEqual([
    [true, 'I have checked who is asking.'],
  ])
  const both = answerWarnings([warning('W8', null), warning('W1', 'I understand.')], 'I have checked who is asking.')
  expect(both.map(({ code, needsTick }) => [code, needsTick])).toEqual([
    ['W8', false],
    ['W1', true],
  ])
  expect(both[1]?.tick).toBe('I have checked who is asking. I understand.')
})
