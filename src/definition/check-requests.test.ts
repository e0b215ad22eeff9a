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

const ask = { name: 'A change', says: 'What is to change.' }
const accounts: Case[] = [
  [
    'requests in the name of an account that agree with nothing',
    (definition, access) => {
      access.reserved = ['updates']
      definition.account_requests = {
        opens: 'bill',
        counts_as: 'agent',
        asks: {
          nothing: ask,
          both: { ...ask, action: 'ask_site_deletion', reserved: 'updates' },
          unknown: { ...ask, action: 'ask_site_deletoin' },
          free: { ...ask, reserved: 'update' },
        },
      }
    },
    [
      ['account_requests.opens', '"bill" is no kind that can be opened of this definition.'],
      ['account_requests.counts_as', '"agent" is no role of a customer of this definition.'],
      ['account_requests.asks.nothing', 'names either an "action", which some may ask for, or something "reserved", which is refused.'],
      ['account_requests.asks.both', 'names either an "action", which some may ask for, or something "reserved", which is refused.'],
      [
        'account_requests.asks.unknown.action',
        '"ask_site_deletoin" is no action on account of this definition. Did you mean "ask_site_deletion"?',
      ],
      ['account_requests.asks.free.reserved', '"update" is no reserved word of this definition. Did you mean "updates"?'],
    ],
  ],
]

test.each([...requests, ...colleagues, ...accounts])('%s', (_what, change, faults) => {
  const definition = smallWith((changed) => change(changed, changed.access as Access))
  expect(inconsistencies(definition).map(({ path, sentence }) => [path.join('.'), sentence])).toEqual(faults)
})
