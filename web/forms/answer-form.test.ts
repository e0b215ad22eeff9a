import { expect, test } from 'vitest'
import type { AccessRequest, AccessRequestItem, Warning } from '../../client/access.ts'
import { type AnswerForm, answerWarnings, approvalOf, choicesOf } from './answer-form.ts'

const priya = { id: 'priya', name: 'Priya Raman', email: 'priya@larkfield.example' }
const tom = { id: 'tom', name: 'Tom Okafor', email: 'tom@larkfield.example' }
const item = (id: string, person: typeof priya | null, level: string): AccessRequestItem => ({
  id,
  person,
  level,
  rights: [],
  asks: level,
  has: null,
  grantedLevel: null,
  grantedRights: [],
  given: null,
})

const request = {
  partner: { id: 'larkfield' },
  endsOn: '2027-05-21',
  items: [item('all', null, 'look'), item('one', priya, 'update'), item('two', tom, 'update')],
} as AccessRequest

const asAsked: AnswerForm = { endsOn: '2027-05-21', levels: { all: 'look', one: 'update', two: 'update' }, understood: false }

test('what would be given is put together by level, everyone apart from people', () => {
  expect(choicesOf(request, asAsked)).toEqual([
    { partnerId: 'larkfield', personIds: null, level: 'look', endsOn: '2027-05-21' },
    { partnerId: 'larkfield', personIds: ['priya', 'tom'], level: 'update', endsOn: '2027-05-21' },
  ])
})

test('whom the answer leaves out is not counted, and without a day nothing is', () => {
  expect(choicesOf(request, { ...asAsked, levels: { all: null, one: 'cc', two: null } })).toEqual([
    { partnerId: 'larkfield', personIds: ['priya'], level: 'cc', endsOn: '2027-05-21' },
  ])
  expect(choicesOf(request, { ...asAsked, endsOn: '' })).toEqual([])
})

test('an approval as asked says nothing more; a changed one says only the changes', () => {
  expect(approvalOf(request, asAsked)).toEqual({})
  expect(approvalOf(request, { endsOn: '2027-02-01', levels: { all: 'look', one: 'cc', two: null }, understood: true })).toEqual({
    endsOn: '2027-02-01',
    items: [
      { id: 'one', level: 'cc' },
      { id: 'two', level: null },
    ],
    understood: true,
  })
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
