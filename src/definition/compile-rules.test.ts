// The rules of a portal: for every action one expression, out of what is given, home roles, relations and pages.
import { expect, test } from 'vitest'
import { all, always, any, type RowExpression, unsuspended } from '../rows/expression.ts'
import { compile } from './compile.ts'
import { small, smallWith } from './small.test-support.ts'

const identity = { source: '', version: 0 }
const access = (gives: string[], homeRoles: string[], narrow: object = {}): RowExpression => ({
  is: 'access',
  gives,
  homeRoles,
  narrow: { siteGives: [], siteRoles: [], recordGives: [], ...narrow },
})
const open: RowExpression = { is: 'state', among: ['draft', 'sent'] }
const named: RowExpression = { is: 'named', relations: ['buyer', 'reader'] }
const lead: RowExpression = { is: 'assigned', relations: ['lead'], alike: false }

test('what shares a condition stands together, with what of it may be held narrowly; relations come on top; own words come last', () => {
  const { pages: _pages, ...definition } = small()
  expect([...compile(definition, identity).rules]).toEqual([
    ['access:give', access([], ['head'], { siteRoles: ['head'] })],
    ['access_request:ask_for_self', access([], ['agent'])],
    ['bill:pay', access([], ['head'], { siteRoles: ['head'] })],
    ['bill:read', access(['bills'], ['head'], { siteRoles: ['head'], recordGives: ['bills'] })],
    ['notice:site', access(['high'], [], { siteGives: ['high'] })],
    [
      'notice_kept:site',
      all(access(['high'], [], { siteGives: ['high'] }), access(['high'], ['clerk', 'head'], { siteGives: ['high'], siteRoles: ['head'] })),
    ],
    [
      'order:read',
      any(
        access(['low', 'high'], ['head'], { siteGives: ['low', 'high'], siteRoles: ['head'] }),
        all(access([], ['clerk']), named),
        all(lead, unsuspended),
      ),
    ],
    ['order:write', all(access(['high'], ['clerk', 'head'], { siteGives: ['high'], siteRoles: ['head'] }), open)],
    ['portal:operate', access([], ['operator'])],
    ['decision:ask', access([], ['api_key'])],
    ['self:manage', always],
  ])
})

test('pages are rules too, and add to what their kind is read by', () => {
  const definition = smallWith((one) => {
    one.pages = { orders: { name: 'Orders', shows: 'order', dealer: 'all' } }
    delete one.without_grant
    delete one.access
    one.home = { customer: { clerk: { may: { order: ['read'] } } }, partner: {}, vendor: {} }
  })
  const rows = all({ is: 'type', among: ['dealer'] }, unsuspended)
  expect([...compile(definition, identity).rules]).toEqual([
    ['order:read', any(access([], ['clerk']), rows)],
    ['page:orders', rows],
    ['decision:ask', access([], ['api_key'])],
    ['self:manage', always],
  ])
})

test('what is given without a grant is limited by the row set, by suspension and by its own condition', () => {
  const definition = smallWith((one) => {
    delete one.pages
    delete one.access
    one.home = { customer: {}, partner: {}, vendor: {} }
    one.without_grant = [
      { where: 'led', may: { order: ['read', 'write while open'] } },
      { where: 'of_led', may: { note: ['read'] } },
    ]
  })
  expect([...compile(definition, identity).rules].slice(0, 3)).toEqual([
    ['note:read', all({ is: 'unsuspended', through: 'reference' }, { ...lead, relations: ['reference/lead'] }, unsuspended)],
    ['order:read', all(lead, unsuspended)],
    ['order:write', all(lead, unsuspended, open)],
  ])
})

test('an action of several conditions has one part for each', () => {
  const definition = smallWith((one) => {
    delete one.pages
    delete one.without_grant
    delete one.access
    one.home = {
      customer: {
        first: { may: { order: ['read mine'] } },
        second: { may: { order: ['read while open'] } },
        third: { may: { order: ['read mine'] }, scope: ['all', 'records'] },
      },
      partner: {},
      vendor: {},
    }
  })
  expect(compile(definition, identity).rules.get('order:read')).toEqual(
    any(all(access([], ['first', 'third']), named), all(access([], ['second']), open)),
  )
})
