// Every entry has a sentence that names who, what and until, and none has a raw code or a record's title in it.
import { expect, test } from 'vitest'
import { sentenceOf, type Words } from './sentences.ts'

const words: Words = {
  level: (code) => ({ look: 'See all requests', update: 'Work on requests' })[code] ?? code,
  state: (_kind, code) => ({ waiting_for_customer: 'Waiting for you' })[code] ?? code,
  one: (kind) => (kind === 'service_request' ? 'service request' : undefined),
  date: (date) => date.split('-').reverse().join('.'),
}
const said = (what: string, detail: Record<string, unknown> = {}, who = 'Dana Lee (Acme Robotics)') =>
  sentenceOf({ what, who, detail }, words)

const grant = {
  number: 76,
  customer: 'Acme Robotics',
  partner: 'Larkfield',
  person: null,
  level: 'update',
  levelName: 'Work on requests',
  endsOn: '2027-05-21',
  reason: 'v9 migration',
}
const request = {
  number: 'R-12',
  partner: 'Larkfield',
  askedBy: 'Priya Raman',
  addressedTo: 'dana@acme.example',
  endsOn: '2027-05-21',
  reason: 'v9 migration',
}
const record = { number: 'SR-10482', title: 'Robot arm stops', customer: 'Acme Robotics', for: 'Acme Robotics' }
const priya = 'Priya Raman (Larkfield)'

const expected: [string, Record<string, unknown>, string, string][] = [
  [
    'portal_definition.applied',
    { version: 3, portal: 'standard', before: 2 },
    'Ola',
    'Ola put version 3 of the portal definition in force (standard).',
  ],
  ['grant.given', grant, 'Dana', 'Dana gave everyone at Larkfield Work on requests until 21.05.2027 (A-76). Reason: “v9 migration”.'],
  [
    'grant.changed',
    { ...grant, person: 'Tom Okafor', reason: null, before: { level: 'look', endsOn: '2026-11-30' } },
    'Dana',
    'Dana changed the access of Tom Okafor (Larkfield): Work on requests until 21.05.2027 (A-76). Before: See all requests until 30.11.2026.',
  ],
  [
    'grant.removed',
    { ...grant, why: 'The project ended' },
    'Dana',
    'Dana removed the access of everyone at Larkfield: Work on requests until 21.05.2027 (A-76). Reason: “The project ended”.',
  ],
  [
    'access_request.asked',
    {
      ...request,
      asked: [
        { person: null, level: 'update' },
        { person: 'Tom Okafor', level: 'look' },
      ],
    },
    priya,
    'Priya Raman (Larkfield) asked dana@acme.example for access until 21.05.2027: Work on requests for everyone at Larkfield, See all requests for Tom Okafor (R-12). Reason: “v9 migration”.',
  ],
  [
    'access_request.approved',
    { ...request, given: [{ person: null, level: 'look', levelName: 'See all requests' }], until: '2027-02-28', endsOn: undefined },
    'Dana',
    'Dana approved request R-12 of Larkfield: See all requests for everyone at Larkfield until 28.02.2027.',
  ],
  [
    'look.started',
    { customer: 'Acme Robotics', partner: 'Larkfield', person: 'Priya Raman' },
    'Dana',
    'Dana began to look through the eyes of Priya Raman of Larkfield at Acme Robotics. Nothing done in a look counts.',
  ],
  [
    'look.stopped',
    { partner: 'Larkfield', person: null },
    'Dana',
    'Dana stopped looking through the eyes of an ordinary person of Larkfield.',
  ],
  ['access_request.denied', { ...request, why: 'Not now' }, 'Dana', 'Dana declined request R-12 of Larkfield. Reason: “Not now”.'],
  ['access_request.lapsed', request, 'Latchkey', 'Nobody answered request R-12 of Larkfield, so it lapsed.'],
  ['service_request.replied', record, priya, 'Priya Raman (Larkfield) answered SR-10482 for Acme Robotics.'],
  [
    'service_request.state',
    { ...record, for: null, from: 'active', to: 'waiting_for_customer' },
    'Ana',
    'Ana set SR-10482 to Waiting for you.',
  ],
  [
    'service_request.contact_added',
    { ...record, person: 'Tom Okafor', organization: 'Larkfield' },
    priya,
    'Priya Raman (Larkfield) copied in Tom Okafor (Larkfield) on SR-10482 for Acme Robotics.',
  ],
  ['service_request.file_added', { ...record, name: 'log.txt', for: null }, 'Ana', 'Ana added the file log.txt to SR-10482.'],
  ['session.started', { person: 'Dana Lee', how: 'code' }, 'Latchkey', 'Dana Lee signed in with a mailed code.'],
  [
    'letter.dead',
    { subject: 'You have access', to: 'Priya Raman', reason: '550' },
    'Latchkey',
    'The letter “You have access” to Priya Raman could not be delivered and was given up.',
  ],
  ['refused', { action: 'access:give' }, 'Dana', 'Dana tried something that is not allowed (access give). Nothing was changed.'],
  ['new_thing.happened', {}, 'Dana', 'Dana: new thing happened.'],
  ['unknown_kind.replied', record, 'Dana', 'Dana: unknown kind replied.'],
]

for (const [what, detail, who, sentence] of expected) {
  test(`${what} reads: ${sentence}`, () => expect(said(what, detail, who)).toBe(sentence))
}

test('an entry without any detail still has a sentence, and a strange one does not break it', () => {
  const strange = { number: {}, person: 7, asked: 'x', given: [{}], before: 'y', endsOn: 'soon', reason: null }
  for (const what of [
    'grant.given',
    'grant.changed',
    'access_request.asked',
    'access_request.approved',
    'service_request.state',
    'passkey.added',
    'api_key.created',
    'letter.dropped',
  ])
    for (const detail of [{}, strange]) expect(said(what, detail)).toMatch(/^[^{}[\]]+\.?$/)
})

test('the title of a record is never said: the reader may have lost the right to see it', () => {
  for (const deed of [
    'opened',
    'replied',
    'changed',
    'closed',
    'reopened',
    'state',
    'contact_added',
    'contact_removed',
    'point_of_contact',
    'file_added',
    'file_read',
    'else',
  ])
    expect(said(`service_request.${deed}`, { ...record, to: 'active', name: 'log.txt' })).not.toContain(record.title)
})
