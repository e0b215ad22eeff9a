// The name of the page of roles stands only where there are roles to be given.
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
