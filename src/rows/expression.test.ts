// Row expressions: how they are put together, and that memory, SQL text and words read the same value.
import { expect, test } from 'vitest'
import { all, always, any, never, type RowExpression } from './expression.ts'
import { bareView, holds, type RowView } from './holds.ts'
import { rowPolicies } from './row-policies.ts'
import { sqlText } from './to-sql.ts'
import { toWords } from './to-words.ts'

const narrow = { siteGives: [], siteRoles: [], recordGives: [] }
const look: RowExpression = { is: 'access', gives: ['look'], homeRoles: ['contact_manager'], narrow }
const named: RowExpression = { is: 'named', relations: ['requester'] }
const open: RowExpression = { is: 'state', among: ['active'] }
const view: RowView = { ...bareView, gives: ['look'], state: 'active' }

test('an empty rule is no rule: it holds nowhere', () => {
  expect([all(), any(), all(never), any(never)]).toEqual([never, never, never, never])
})

test('always and never are taken out, and what says the same twice stands once', () => {
  expect(all(always, look)).toEqual(look)
  expect(any(look, always)).toEqual(always)
  expect(any(look, look, never)).toEqual(look)
  expect(all(look, never)).toEqual(never)
})

test('a part that says another part and more adds nothing to an "any"', () => {
  expect(any(all(named, open), open)).toEqual(open)
  expect(any(open, all(named, open))).toEqual(open)
  expect(any(all(named, open), named, look)).toEqual({ is: 'any', of: [named, look] })
})

test('each leaf is read in memory as it says', () => {
  expect(holds(look, view)).toBe(true)
  expect(holds(look, { ...view, gives: [] })).toBe(false)
  expect(holds(look, { ...view, gives: [], homeRoles: ['contact_manager'] })).toBe(true)
  expect([holds(named, view), holds(named, { ...view, relations: ['requester'] })]).toEqual([false, true])
  expect([holds(open, view), holds(open, { ...view, state: null }), holds(open, { ...view, state: 'closed' })]).toEqual([
    true,
    false,
    false,
  ])
  expect(holds({ is: 'state', among: [] }, view)).toBe(false)
})

test('the SQL text names only what a definition may name', () => {
  expect(sqlText(all(look, open), 'service_request', 'r')).toBe(
    `(holds_number((select access_customers(array['look']::text[], array['contact_manager']::text[])), r.customer_no) and r.state in ('active'))`,
  )
  for (const name of ["x'; drop table records; --", 'X', '', 'a b']) {
    expect(() => sqlText({ is: 'state', among: [name] }, 'service_request', 'r')).toThrow('not a name')
  }
})

test('policies take the state out of what a row may become, and keep it in what may be changed', () => {
  const text = rowPolicies({
    kinds: [{ kind: 'service_request', read: look, open: look, change: [all(look, open)] }],
    grantees: ['person'],
    people: { keepers: [], keeping: [], reading: [] },
    groupFillers: [],
    colleagues: { roles: [], gives: [], unlessChosen: 'forbid', within: new Map(), linkers: [] },
  })
  expect(text).toMatch(/for update to latchkey_app using \(.*r?ecords\.state in \('active'\).*\) with check \((?!.*state)/)
})

test('words say levels, roles, names and states', () => {
  expect(toWords(any(all(look, open), named))).toBe(
    'given look, or one of its own people as contact_manager and it is active; or named on it as requester',
  )
})
