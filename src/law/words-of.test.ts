// What is done, in words.
import { beforeEach, expect, test } from 'vitest'
import { wordsOf } from './explain.ts'
import type { Action, Law } from './law.ts'
import { lawOf } from './scene.test-support.ts'

let law: Law
beforeEach(() => {
  law = lawOf('support-desk')
})

test('actions in words: of the definition, of the product, or their own', () => {
  expect(wordsOf(law, 'service_request:reply')).toBe('answer and attach files')
  expect(wordsOf(law, 'service_request:praise_it')).toBe('service request praise it')
  expect(wordsOf(law, 'nothing:at_all')).toBe('nothing at all')
  const own: [Action, string][] = [
    ['access:give', 'give a partner access'],
    ['access:change', 'change access'],
    ['access:remove', 'remove access'],
    ['access:read', 'see who has access'],
    ['access_request:answer', 'answer a request for access'],
    ['access_request:ask_for_organization', 'ask for access for everybody at the partner'],
    ['access_request:ask_for_people', 'ask for access for named people'],
    ['access_request:ask_for_self', 'ask for access for oneself'],
    ['access_request:read', 'see requests for access'],
    ['access_request:withdraw', 'withdraw a request for access'],
    ['account:ask_configuration_change', 'ask for changes of the configuration'],
    ['account:ask_site_deletion', 'ask for the deletion of the site'],
    ['account:ask_access_for_others', 'ask for access for others'],
    ['colleague:let_in', 'let in colleagues'],
    ['link:ask', 'ask for a customer to be linked'],
    ['link:answer', 'link a partner and a customer'],
    ['group:fill', 'say who is in a group'],
    ['group:read', 'see the groups and who is in them'],
    ['invitation:answer', 'accept or decline an invitation of a customer'],
    ['invitation:offer', 'make a link by which a customer can invite the partner'],
    ['invitation:read', 'see invitations'],
    ['invitation:send', 'invite a partner, or withdraw an invitation'],
    ['notices:send', 'write notices to customers'],
    ['letters:read', 'read the letters'],
    ['people:make_administrator', 'make somebody an administrator'],
    ['people:read', 'see the people'],
    ['people:add', 'add people with no more than one has'],
    ['people:manage', 'change and remove people, and give them any role'],
    ['explanation:ask', 'ask who can see what'],
    ['history:read', 'read the history'],
    ['portal:operate', 'run the portal'],
  ]
  expect(own.map(([action]) => [action, wordsOf(law, action)])).toEqual(own)
})

test('getting a notice, and having to get it, have the name of the notice', () => {
  const [code, notice] = [...law.notices][0] ?? []
  expect(notice?.name).toMatch(/./)
  expect([wordsOf(law, `notice:${code}`), wordsOf(law, `notice_kept:${code}`)]).toEqual([
    `get “${notice?.name}”`,
    `have to get “${notice?.name}”`,
  ])
  expect(wordsOf(law, `service_request:${code}`)).toBe(`service request ${code}`)
})
