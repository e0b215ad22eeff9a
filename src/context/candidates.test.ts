// Which leaves of a rule a search can follow: enough of them that nobody for whom the rule holds is left out.
import { expect, test } from 'vitest'
import { all, always, any, never, type RowExpression, unsuspended } from '../rows/expression.ts'
import { waysOf } from './candidates.ts'

const access: RowExpression = {
  is: 'access',
  gives: ['look'],
  homeRoles: ['manager'],
  narrow: { siteGives: [], siteRoles: [], recordGives: [] },
}
const named: RowExpression = { is: 'named', relations: ['requester'] }
const open: RowExpression = { is: 'state', among: ['open'] }
const employees: RowExpression = { is: 'type', among: ['partner_employee'] }
const admins: RowExpression = { is: 'attribute', of: 'person', name: 'role', value: 'admin', equal: true }

test('a rule that holds by one leaf is followed by it, and one that holds nowhere finds nobody', () => {
  expect(waysOf(access)).toEqual([access])
  expect(waysOf(never)).toEqual([never])
})

test('where one of several parts is enough, all of them are followed', () => {
  expect(waysOf(any(access, named))).toEqual([access, named])
  expect(waysOf(any(all(access, open), all(named, unsuspended)))).toEqual([access, named])
})

test('where one part says nothing of who it could be, everybody is looked at', () => {
  for (const rule of [always, open, unsuspended, admins, any(access, admins), any(named, all(open, unsuspended)), all(open, unsuspended)])
    expect([rule, waysOf(rule)]).toEqual([rule, null])
})

test('where every part must hold, the narrowest one that can be followed is enough', () => {
  expect(waysOf(all(open, access, admins))).toEqual([access])
  expect(waysOf(all(access, named))).toEqual([named])
  expect(waysOf(all(employees, any(access, named)))).toEqual([access, named])
  expect(waysOf(all(employees, unsuspended))).toEqual([employees])
})
