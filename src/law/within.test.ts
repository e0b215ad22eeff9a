// What is no more than something else, in the portals as they are.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readDefinition } from '../definition/read.ts'
import type { RowExpression } from '../rows/expression.ts'
import type { GrantFact, SubjectFact } from './facts.ts'
import type { AllowanceLaw, HomeRoleLaw } from './law.ts'
import { acme, facts, grant, lawOf, manager, now, personal } from './scene.test-support.ts'
import { codesWithin, hasAllOf } from './within.ts'

const within = (portal: string) => {
  const file = new URL(`../../portals/${portal}.yaml`, import.meta.url).pathname
  return codesWithin(readDefinition(readFileSync(file, 'utf8'), file))
}

test('CD-019 the Administrator gives all of each right, and no right gives all of the Administrator', () => {
  const codes = within('managed-services')
  for (const right of ['orders', 'invoices', 'usage', 'knowledge', 'tickets']) expect(codes.get(right)).toEqual(['administrator', right])
  expect(codes.get('administrator')).toEqual(['administrator'])
})

test('a level is given by itself and the higher ones; money by its own right alone', () => {
  const codes = within('standard')
  expect(codes.get('update')).toEqual(['update', 'create', 'service_admin', 'full_admin'])
  expect(codes.get('cc')?.slice(0, 3)).toEqual(['cc', 'look', 'update'])
  expect(codes.get('invoices')).toEqual(['invoices'])
})

test('on no fewer rows: any of what it holds on, and all of what it asks for', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((state): RowExpression => ({ is: 'state', among: [state] })) as [
    RowExpression,
    RowExpression,
    RowExpression,
  ]
  const any = (...of: RowExpression[]): RowExpression => ({ is: 'any', of })
  const all = (...of: RowExpression[]): RowExpression => ({ is: 'all', of })
  const giving = (code: string, rows?: RowExpression): AllowanceLaw => ({
    code,
    name: code,
    says: '',
    aliases: [],
    may: new Map(rows && [['order:read', rows]]),
    notices: [],
    scopes: [],
  })
  const isWithin = (narrow: RowExpression | undefined, wide: RowExpression): boolean => {
    const law = { ...lawOf('standard'), levels: [], rights: [giving('narrow', narrow), giving('wide', wide)] }
    return codesWithin(law).get('narrow')?.includes('wide') ?? false
  }
  expect([isWithin(a, { is: 'always' }), isWithin(a, any(b, a)), isWithin(any(a, b), any(c, b, a)), isWithin(all(a, b), b)]).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(isWithin(all(c, b, a), all(a, b))).toBe(true)
  expect([isWithin({ is: 'always' }, a), isWithin(any(a, c), any(a, b)), isWithin(any(a, b), a), isWithin(a, b)]).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect([isWithin(b, all(a, b)), isWithin(all(a, c), all(a, b)), isWithin(all(b, c), a)]).toEqual([false, false, false])
  // One that gives nothing is given by itself alone.
  expect(isWithin(undefined, { is: 'always' })).toBe(false)
})

test('MI-046 somebody has all of a role at their own site, and not at another one or for the whole account', () => {
  const law = lawOf('telephony-account')
  const at = (siteNo?: number, more: Partial<SubjectFact> = {}) =>
    facts({
      on: { kind: 'customer', id: acme, ...(siteNo === undefined ? {} : { siteNo }) },
      subject: { ...manager, roles: ['billing_contact'], siteRoles: [{ role: 'phone_manager', siteNo: 1 }], ...more },
    })
  const has = (role: string, siteNo?: number) => hasAllOf(law, role, at(siteNo))
  expect([has('technical_contact', 1), has('phone_manager', 1), has('technical_contact', 2), has('technical_contact')]).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect([has('billing_contact'), has('billing_contact', 2), has('decision_maker', 1), has('no_such_role', 1)]).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(hasAllOf(law, 'technical_contact', at(1, { suspended: true }))).toBe(false)
  expect(hasAllOf(law, 'technical_contact', { ...at(1), subject: null })).toBe(false)
})

test('OR-042 the same actions on fewer rows are less, and what was given for another grantee, or is over, is nothing', () => {
  const law = lawOf('support-desk')
  const on = { kind: 'customer', id: acme } as const
  const has = (role: string, ...grants: GrantFact[]) => hasAllOf(law, role, facts({ on, grants }))
  expect([has('contact', grant('full_admin')), has('contact', grant('cc')), has('contact')]).toEqual([true, false, false])
  expect(has('contact_manager', grant('full_admin'))).toBe(false)
  expect(has('contact', grant('full_admin'), personal('look'))).toBe(false)
  expect(has('contact', grant('full_admin', { until: now }))).toBe(false)
  // A role that reads every request is more than one that reads those on which somebody is named.
  const contact = law.homeRoles.get('contact')
  const every: HomeRoleLaw = { ...(contact as HomeRoleLaw), role: 'every', may: new Map([['service_request:read', { is: 'always' }]]) }
  const wider = { ...law, homeRoles: new Map([...law.homeRoles, ['every', every] as const]) }
  const own = (roles: string[]) => facts({ on, subject: { ...manager, roles } })
  expect([hasAllOf(wider, 'every', own(['contact'])), hasAllOf(wider, 'every', own(['every']))]).toEqual([false, true])
})
