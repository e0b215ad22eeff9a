// What notices compile to, and every way in which they can disagree with the rest of a definition.
import { describe, expect, test } from 'vitest'
import { inconsistencies } from './check.ts'
import { compile } from './compile.ts'
import type { PortalDefinition } from './schema.ts'
import { accessOf, small, smallWith } from './small.test-support.ts'

const identity = { source: '', version: 0 }
const lawOf = (change: (definition: PortalDefinition) => void) => compile(smallWith(change), identity)
const held = (gives: string[], homeRoles: string[], siteRoles: string[] = [], siteGives = gives) => ({
  is: 'access',
  gives,
  homeRoles,
  narrow: { siteGives, siteRoles, recordGives: [] },
})

test('a notice is got by whoever was given what brings it, and by the home roles that do, with what they include', () => {
  const law = lawOf((definition) => {
    definition.home.customer['clerk'] = { ...definition.home.customer['clerk'], notices: ['site'] }
  })
  expect(law.notices.get('site')).toEqual({ code: 'site', name: 'Site', says: 'About the site.', whenOpened: null })
  expect(law.homeRoles.get('head')?.notices).toEqual(['site'])
  expect(law.rules.get('notice:site')).toEqual(held(['high'], ['clerk', 'head'], ['head']))
})

test('only whoever may do what keeps it has to get it; without such a word nobody does', () => {
  const law = lawOf((definition) => {
    definition.home.customer['clerk'] = { ...definition.home.customer['clerk'], notices: ['site', 'news'] }
    definition.notices = {
      site: { name: 'Site', says: 'About the site.', kept_by: { bill: ['pay'] } },
      news: { name: 'News', says: 'News.' },
      nobodys: { name: 'Nobody', says: 'Nobody gets it.' },
    }
  })
  expect(law.rules.get('notice_kept:site')).toEqual({ is: 'all', of: [law.rules.get('notice:site'), held([], ['head'], ['head'])] })
  expect(law.rules.get('notice:news')).toEqual(held([], ['clerk', 'head'], ['head']))
  expect([law.rules.has('notice_kept:news'), law.rules.has('notice:nobodys')]).toEqual([false, false])
})

test('OR-045 what partners do not get yet no level brings, until that word is gone', () => {
  const later = (not: 'partner'[]) =>
    lawOf((definition) => {
      definition.home.customer['clerk'] = { ...definition.home.customer['clerk'], notices: ['site'] }
      definition.notices = { site: { name: 'Site', says: 'About the site.', not_yet_for: not } }
    }).rules.get('notice:site')
  expect(later(['partner'])).toEqual(held([], ['clerk', 'head'], ['head']))
  expect(later([])).toEqual(held(['high'], ['clerk', 'head'], ['head']))
})

const notices = (change: NonNullable<PortalDefinition['notices']>) => (definition: PortalDefinition) => {
  definition.notices = { ...small().notices, ...change }
}
const one = { name: 'One', says: 'One.' }

describe('a definition', () => {
  test.each<[string, (definition: PortalDefinition) => void, [string, string][]]>([
    ['with a choice of one kind', notices({ mine: { ...one, when_opened: 'order' } }), []],
    [
      'with a choice of no kind',
      notices({ mine: { ...one, when_opened: 'ordre' } }),
      [['notices.mine.when_opened', '"ordre" is no kind of record of this definition. Did you mean "order"?']],
    ],
    [
      'with a choice that nobody may decline',
      notices({ mine: { ...one, when_opened: 'order', kept_by: { order: ['read'] } } }),
      [['notices.mine.kept_by', 'cannot stand beside "when_opened": what each chooses for oneself nobody has to get.']],
    ],
    [
      'kept by no kind',
      notices({ x: { ...one, kept_by: { nothing: ['read'] } } }),
      [
        ['notices.x.kept_by.nothing', '"nothing" is no kind of this definition.'],
        ['notices.x.kept_by.nothing.0', '"read" is no action on nothing of this definition.'],
      ],
    ],
    [
      'kept by no action',
      notices({ x: { ...one, kept_by: { order: ['devour'] } } }),
      [['notices.x.kept_by.order.0', '"devour" is no action on order of this definition.']],
    ],
    ["with one of the product's own", notices({ answers: one }), [['notices.answers', '"answers" is a notice of the product itself.']]],
    [
      'whose level brings one that there is not',
      (definition) => {
        definition.notices = {}
      },
      [['access.levels.high.notices.0', '"site" is no notice of this definition.']],
    ],
    [
      'whose role brings one that there is not',
      (definition) => {
        definition.home.partner['agent'] = { notices: ['sites'] }
      },
      [['home.partner.agent.notices.0', '"sites" is no notice of this definition. Did you mean "site"?']],
    ],
  ])('%s', (_what, change, faults) => {
    expect(inconsistencies(smallWith(change)).map(({ path, sentence }) => [path.join('.'), sentence])).toEqual(faults)
  })
})

test('roles, rights and the Administrator bring only notices that there are, each told at its place', () => {
  const one = { name: 'One', says: 'One.', notices: ['sites'] }
  const at = (access: PortalDefinition['access']) =>
    inconsistencies(smallWith((definition) => Object.assign(definition, { access })))
      .filter(({ sentence }) => sentence.includes('notice'))
      .map(({ path }) => path.join('.'))
  expect(at(accessOf('roles', { roles: { one } }))).toEqual(['access.roles.one.notices.0'])
  expect(at(accessOf('rights', { rights: { one }, administrator: one }))).toEqual([
    'access.rights.one.notices.0',
    'access.administrator.notices.0',
  ])
})
