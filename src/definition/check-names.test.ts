// Names that cannot stand where they do: of the page of roles, of kinds, of roles, and what is for the vendor's people alone.
import { expect, test } from 'vitest'
import { inconsistencies } from './check.ts'
import type { PortalDefinition } from './schema.ts'
import { smallWith } from './small.test-support.ts'

const faultsOf = (change: (definition: PortalDefinition) => void): string[] =>
  inconsistencies(
    smallWith((definition) => {
      definition.names = { ...definition.names, partner_roles: { title: 'Authorize', at: ['Groups'] } }
      change(definition)
    }),
  ).map(({ path, sentence }) => `${path.join('.')}: ${sentence}`)

test('on a ladder there is no page of roles to be named', () => {
  expect(faultsOf(() => {})).toEqual(['names.partner_roles: needs access of the shape "roles".'])
})

test('and none where nothing can be given at all', () => {
  const faults = faultsOf((definition) => {
    delete definition.access
    delete definition.requests
  })
  expect(faults).toEqual(['names.partner_roles: needs access of the shape "roles".'])
})

const kindNamed = (kind: string): string[] =>
  inconsistencies(
    smallWith(({ records }) => void Object.assign(records, { [kind]: { name: { one: 'x', many: 'xs' }, actions: { read: 'see' } } })),
  )
    .filter(({ path }) => path.join('.') === `records.${kind}`)
    .map(({ sentence }) => sentence)

test.each(['newest', 'of_customer', 'of_parent', 'of_reference', 'by_number', 'pkey'])('the database has taken the name %s', (kind) => {
  expect(kindNamed(kind)).toEqual([`"${kind}" is taken by the database and cannot name a record kind.`])
})

test('the name of a kind has at most forty letters', () => {
  expect(kindNamed('x'.repeat(40))).toEqual([])
  expect(kindNamed('x'.repeat(41))).toEqual(['the name of a record kind has at most 40 letters.'])
})

test('the role of keys cannot name another, and what only the vendor does no other side is given', () => {
  const faults = inconsistencies(
    smallWith(({ home }) => {
      home.customer['api_key'] = {}
      home.partner['agent'] = { may: { portal: ['operate'], letters: ['read'], notices: ['send'] } }
    }),
  ).map(({ path, sentence }) => `${path.join('.')}: ${sentence}`)
  expect(faults).toEqual([
    'home.customer.api_key: "api_key" is the role of keys and cannot name another.',
    'home.partner.agent.may.portal: "portal" is for roles of the vendor alone.',
    'home.partner.agent.may.letters: "letters" is for roles of the vendor alone.',
    'home.partner.agent.may.notices: "notices" is for roles of the vendor alone.',
  ])
})
