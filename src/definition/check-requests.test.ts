// Every way in which requests, invitations and letting in colleagues can disagree with what can be given, and what is said of it.
import { expect, test } from 'vitest'
import { inconsistencies } from './check.ts'
import type { PortalDefinition } from './schema.ts'
import { smallWith } from './small.test-support.ts'

type Access = NonNullable<PortalDefinition['access']>
type Case = [what: string, change: (definition: PortalDefinition, access: Access) => void, faults: [string, string][]]

const of =
  (change: (access: Access) => void): Case[1] =>
  (_definition, access) =>
    change(access)

const requests: Case[] = [
  [
    'roles that do not answer',
    (definition) => {
      definition.requests = { answered_by: ['head', 'agent', 'clerc'], lapse_after: '1 day' }
    },
    [
      ['requests.answered_by.1', '"agent" is no role of a customer of this definition.'],
      ['requests.answered_by.2', '"clerc" is no role of a customer of this definition. Did you mean "clerk"?'],
    ],
  ],
  [
    'a second approver for what nobody can give',
    (definition) => {
      definition.requests = { answered_by: ['head'], lapse_after: '1 day', second_approver_for: ['high', 'hihg'] }
    },
    [['requests.second_approver_for.1', '"hihg" is no level, role or right of this definition. Did you mean "high"?']],
  ],
  [
    'requests where nothing can be given',
    (definition) => {
      delete definition.access
    },
    [['requests', 'needs "access": there is nothing to ask for.']],
  ],
  [
    'invitations where nothing can be given',
    (definition) => {
      delete definition.access
      delete definition.requests
      definition.invitations = { lapse_after: '14 days' }
    },
    [['invitations', 'needs "access": there is nothing to invite to.']],
  ],
  [
    'neither requests nor anything to be given',
    (definition) => {
      delete definition.access
      delete definition.requests
    },
    [],
  ],
  [
    'access that nobody asks for',
    (definition) => {
      delete definition.requests
    },
    [],
  ],
]

const letIn = { colleague: ['let_in'] }
const colleagues: Case[] = [
  [
    'a right to let in colleagues, without a word on what holds unless a customer chooses',
    of((access) => {
      Object.assign(access.rights?.['bills'] as object, { may: letIn })
    }),
    [['access.rights.bills.may.colleague', 'needs "colleagues" in "access".']],
  ],
  [
    'colleagues whom nobody can let in',
    of((access) => {
      access.colleagues = 'tell'
    }),
    [
      ['access.colleagues', 'needs a level, role or right with "colleague: [let_in]".'],
      ['access.colleagues', 'needs a role of partners with "colleague: [let_in]".'],
    ],
  ],
  [
    'all that letting in colleagues takes',
    (definition) => {
      Object.assign(definition.access as Access, { colleagues: 'ask' })
      Object.assign(definition.access?.rights?.['bills'] as object, { may: letIn })
      definition.home.partner['agent'] = { may: letIn }
    },
    [],
  ],
]

test.each([...requests, ...colleagues])('%s', (_what, change, faults) => {
  const definition = smallWith((changed) => change(changed, changed.access as Access))
  expect(inconsistencies(definition).map(({ path, sentence }) => [path.join('.'), sentence])).toEqual(faults)
})
