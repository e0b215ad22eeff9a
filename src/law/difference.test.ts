// What a change would change: by a grant more or less, and by another law.
import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { readDefinition } from '../definition/read.ts'
import type { PersonId } from '../kernel/ids.ts'
import { actionsOfBoth, difference, differences, withGrant, withoutGrant } from './difference.ts'
import type { Action, Law } from './law.ts'
import { acme, consultant, facts, grant, lawOf, personal } from './scene.test-support.ts'

const source = readFileSync(new URL('../../portals/support-desk.yaml', import.meta.url), 'utf8')
const changed = (from: string, to: string) => {
  expect(source).toContain(from)
  return readDefinition(source.replace(from, to), 'changed.yaml')
}
let law: Law
beforeEach(() => {
  law = lawOf('support-desk')
})
const onRequest: Action[] = ['service_request:read', 'service_request:reply', 'service_request:update', 'service_request:reopen']

test('BX-24 a grant more gives what its level allows, and nothing is lost', () => {
  const before = { law, facts: facts({}) }
  expect(difference(onRequest, before, { law, facts: withGrant(before.facts, grant('look')) })).toEqual({
    gains: ['service_request:read'],
    losses: [],
  })
})

test('BX-24 OR-014 a lower personal grant more takes away: the person is held lower', () => {
  const before = { law, facts: facts({ grants: [grant('create')] }) }
  expect(difference(onRequest, before, { law, facts: withGrant(before.facts, personal('cc')) })).toEqual({ gains: [], losses: onRequest })
})

test('BX-24 a removal shows what is left by another grant', () => {
  const before = { law, facts: facts({ grants: [grant('look'), personal('update')] }) }
  const after = { law, facts: withoutGrant(before.facts, personal('update').id) }
  expect(difference(onRequest, before, after)).toEqual({ gains: [], losses: ['service_request:reply', 'service_request:update'] })
  expect(difference(onRequest, after, before).gains).toEqual(['service_request:reply', 'service_request:update'])
})

test('BX-24 another law: who gains and who loses, and nobody else is named', () => {
  const after = changed(
    'may: { service_request: [read] }\n      notices: [site, hosting, new_request]',
    'may: { service_request: [reopen] }\n      notices: [site, hosting, new_request]',
  )
  const looking = facts({ grants: [grant('look')] })
  const working = facts({ subject: { ...consultant, personId: 'tom' as PersonId }, grants: [grant('update')] })
  const stranger = facts({ subject: { ...consultant, personId: 'sam' as PersonId } })
  expect(differences(onRequest, law, after, [looking, working, stranger])).toEqual([
    { facts: looking, gains: ['service_request:reopen'], losses: ['service_request:read'] },
    { facts: working, gains: ['service_request:reopen'], losses: ['service_request:read'] },
  ])
  expect(differences(onRequest, law, law, [looking, working, stranger])).toEqual([])
})

test('a level that a law does not know any more gives nothing by it', () => {
  const after = changed('      name: See all requests\n      includes: cc', '      name: See all requests')
  const without = readDefinition(source.replaceAll('look:', 'see:').replaceAll('includes: look', 'includes: see'), 'renamed.yaml')
  const looking = { law, facts: facts({ grants: [grant('look')], relations: ['additional_contact'] }) }
  expect(difference(onRequest, looking, { ...looking, law: without })).toEqual({
    gains: [],
    losses: ['service_request:read', 'service_request:reply'],
  })
  expect(difference(onRequest, looking, { ...looking, law: after })).toEqual({ gains: [], losses: ['service_request:reply'] })
})

test('the actions of both laws are all that one or the other knows, each once', () => {
  const after = changed('      add_contact:         add a contact\n', '      add_contact:         add a contact\n      praise: praise it\n')
  const both = actionsOfBoth(law, changed('reopen, add_contact, be_point', 'reopen, be_point'))
  expect(new Set(both).size).toBe(both.length)
  expect(both).toContain('service_request:add_contact')
  const backwards = { ...law, rules: new Map([...law.rules].reverse()) }
  expect(actionsOfBoth(backwards, law)).toEqual(both)
  expect([...both].sort()).toEqual(both)
  expect(both).not.toContain('service_request:praise')
  expect(actionsOfBoth(after, law)).toEqual(both)
  const own = facts({ on: { kind: 'customer', id: acme } })
  expect(difference(['access:give'], { law, facts: own }, { law: after, facts: own })).toEqual({ gains: [], losses: [] })
})
