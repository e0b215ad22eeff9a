import { expect, test } from 'vitest'
import type { Portal } from '../../client/portal.ts'
import { accessName, asSent, chosenIn, codesOf, narrowScopes, scopeSent, wholeCompany } from './chosen-access.ts'

const of = (code: string, name: string, scopes: string[] = []) => ({
  code,
  name,
  says: '',
  can: [],
  cannot: [],
  rank: 0,
  notices: [],
  scopes,
})
const portal = (shape: string, levels: object[], rights: object[]) => ({ giving: { shape }, levels, rights }) as unknown as Portal

const switches = portal('rights', [of('administrator', 'Administrator')], [of('orders', 'Orders'), of('tickets', 'Tickets', ['sites'])])
const roles = portal('roles', [], [of('decide', 'Decision Maker'), of('phone', 'Phone Manager', ['sites'])])

test('CD-019 with the Administrator on, the other switches say nothing', () => {
  expect(asSent(switches, { level: 'administrator', rights: ['orders'] })).toEqual({ level: 'administrator' })
  expect(accessName(switches, { level: 'administrator', rights: ['orders'] })).toBe('Administrator')
  expect(asSent(switches, { level: null, rights: ['tickets', 'orders'] })).toEqual({ rights: ['orders', 'tickets'] })
})

test('it may be given as narrowly as everything in it', () => {
  expect(narrowScopes(roles, { level: null, rights: ['phone'] })).toEqual(['sites'])
  expect(narrowScopes(roles, { level: null, rights: ['decide', 'phone'] })).toEqual([])
  expect(narrowScopes(roles, { level: null, rights: [] })).toEqual([])
})

test('a narrow choice without anything in it is not finished, and never the whole company', () => {
  expect(scopeSent({ ...wholeCompany, kind: 'sites' })).toBeNull()
  expect(scopeSent({ ...wholeCompany, kind: 'records' })).toBeNull()
  expect(scopeSent(wholeCompany)).toBeUndefined()
  expect(scopeSent({ ...wholeCompany, kind: 'sites', sites: [4] })).toEqual({ sites: [4] })
})

test('what stands in an address is read by what the portal knows', () => {
  expect(chosenIn(switches, 'tickets,orders,nothing')).toEqual({ level: null, rights: ['orders', 'tickets'] })
  expect(codesOf(chosenIn(switches, 'administrator'))).toBe('administrator')
})
