// A request for access before it is sent: everything that is wrong with it is told at once.
import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import type { Portal } from '../../client/portal.ts'
import { dayAfter, today } from '../dates.ts'
import { type AskForm, checkAsk } from './ask-form.ts'
import { wholeCompany } from './chosen-access.ts'

const t = ((key: string) => key) as unknown as TFunction
const portal = {
  giving: { shape: 'ladder' },
  levels: [{ code: 'look' }],
  rights: [],
  term: { default: '6 months', longest: '2 years' },
} as unknown as Portal
const day = (period: string) => dayAfter(today('UTC'), period)
const right: AskForm = {
  email: 'dana@acme.example',
  customerId: undefined,
  who: 'me',
  personIds: [],
  access: { level: 'look', rights: [] },
  accesses: {},
  scope: wholeCompany,
  endsOn: day('6 months'),
  reason: 'Migration',
}
const fields = (form: Partial<AskForm>) => checkAsk(portal, { ...right, ...form }, t).map(({ field }) => field)

test('everything that is wrong with a request is said in one round, before it is sent', () => {
  expect(fields({})).toEqual([])
  expect(fields({ email: 'dana@acme', who: undefined, access: { level: null, rights: [] }, endsOn: day('3 years'), reason: ' ' })).toEqual([
    'contactManagerEmail',
    'who',
    'level',
    'endsOn',
    'reason',
  ])
})

test('an address is one that the server takes, each of several, and the last day lies within the longest term', () => {
  expect(fields({ email: 'dana@acme.example, tom@acme.example' })).toEqual([])
  for (const email of ['', 'dana', 'dana@', 'dana@acme', 'da@na@acme.example', 'dana@acme.example, tom'])
    expect(fields({ email })).toEqual(['contactManagerEmail'])
  expect([fields({ endsOn: day('2 years') }), fields({ endsOn: day('25 months') })]).toEqual([[], ['endsOn']])
})
