// Every sentence of a yes and of a no, word for word.
import { beforeEach, describe, expect, test } from 'vitest'
import type { GrantId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import type { GrantFact, On } from './facts.ts'
import type { Action, Law } from './law.ts'
import { acme, consultant, dana, facts, grant, larkfield, lawOf, manager, now, personal, type Scene } from './scene.test-support.ts'

let law: Law
beforeEach(() => {
  law = lawOf('support-desk')
})
const at = (text: string) => text as Instant
const explained = (action: Action, scene: Scene) => {
  const given = facts(scene)
  return explain(law, action, given, decide(law, action, given))
}
const texts = (action: Action, scene: Scene) => explained(action, scene).sentences.map(({ text }) => text)
const read = (scene: Scene) => texts('service_request:read', scene)
const customer: On = { kind: 'customer', id: acme }
const [setting, works] = ['SR-1 belongs to Acme.', 'Priya Raman works at Larkfield.']

describe('what is said first', () => {
  test('there is nobody, or nothing', () => {
    const decision = decide(law, 'service_request:read', facts({}))
    const unknown = { nearest: null, until: null }
    expect(explain(law, 'service_request:read', { ...facts({}), subject: null }, decision)).toEqual({
      sentences: [{ text: 'Nobody by that name has a place in this portal at that time.' }],
      ...unknown,
    })
    expect(explain(law, 'service_request:read', { ...facts({}), thing: null }, decision)).toEqual({
      sentences: [{ text: 'There is no such thing, or it cannot be seen.' }],
      ...unknown,
    })
  })

  test('whose the record is, and where the person works, with what each sentence speaks of', () => {
    expect(explained('service_request:read', {}).sentences.slice(0, 2)).toEqual([
      { text: setting, about: { kind: 'record', id: '1' } },
      { text: works, about: { kind: 'person', id: 'priya' } },
    ])
    expect(read({ customer: null })[0]).toBe(works)
    expect(texts('access:give', { on: customer })[0]).toBe(works)
    expect(read({ subject: { ...consultant, personId: null } })[0]).toBe(setting)
    expect(read({ subject: { ...consultant, personId: null } })[1]).toMatch(/^Nothing allows it/)
  })
})

describe('at home', () => {
  test('the roles by which it is allowed', () => {
    expect(
      texts('access:give', { on: customer, subject: { ...manager, roles: ['contact_manager', 'contact', 'primary_contact'] } }),
    ).toEqual(['Dana Lee works at Acme.', 'As contact manager, contact and primary contact of Acme, Dana Lee may give a partner access.'])
    expect(read({ subject: manager })).toEqual([
      setting,
      'Dana Lee works at Acme.',
      'As contact manager of Acme, Dana Lee may read it, with its messages and files.',
    ])
  })

  test('are not said where they do not allow it, or it is allowed without them', () => {
    expect(read({ subject: { ...manager, roles: ['contact'] } })).toEqual([
      setting,
      'Dana Lee works at Acme.',
      'Nothing allows it. To read it, with its messages and files needs “See all requests”.',
    ])
    law = lawOf('field-service')
    const article: Scene = { on: { kind: 'record', recordKind: 'article', id: '1' }, subject: { ...manager, roles: ['portal_user'] } }
    expect(texts('article:read', article)).not.toContainEqual(expect.stringMatching(/^As portal user/))
    expect(texts('service_request:explode', { subject: manager }).at(-1)).toBe('Nothing allows it.')
  })

  test('a contact who is named on it', () => {
    expect(read({ subject: { ...manager, roles: ['contact'] }, relations: ['requester', 'additional_contact'] })).toEqual([
      setting,
      'Dana Lee works at Acme.',
      'As contact of Acme, Dana Lee may read it, with its messages and files.',
      'Dana Lee is named on SR-1 as requester and additional contact.',
    ])
  })

  test('being named speaks of the record', () => {
    const { sentences } = explained('service_request:read', { relations: ['requester'] })
    expect(sentences).toContainEqual({ text: 'Priya Raman is named on SR-1 as requester.', about: { kind: 'record', id: '1' } })
  })

  test('of a thing without a customer nothing is said', () => {
    const own = {
      subject: { ...consultant, roles: ['consultant'] },
      on: { kind: 'partner', id: larkfield } as const,
      customer: null,
      thing: { owners: [larkfield] },
    }
    expect(texts('access:read', own)).toEqual([works])
  })
})

describe('grants', () => {
  const given = 'Dana Lee gave everyone at Larkfield “See all requests” (A-76) at Acme until the end of 1 Jan 2027'

  test('the one that allows it includes it, and the yes holds until its end', () => {
    const yes = explained('service_request:read', { grants: [grant('look')] })
    expect(yes).toEqual({
      sentences: [
        { text: setting, about: { kind: 'record', id: '1' } },
        { text: works, about: { kind: 'person', id: 'priya' } },
        { text: `${given}, which includes: read it, with its messages and files.`, about: { kind: 'grant', id: 'grant-look' } },
      ],
      nearest: null,
      until: '2027-01-01T00:00:00.000Z',
    })
    expect(explained('service_request:read', { subject: manager }).until).toBe(null)
  })

  test('without a giver, with a reason, to a group, of several rights', () => {
    law = lawOf('standard')
    const teams = grant('look', { groupId: 'team', level: null, rights: ['invoices', 'gone'], givenByName: null, reason: 'pays for us' })
    expect(read({ subject: { ...consultant, groups: ['team'] }, grants: [teams] })).toEqual([
      setting,
      works,
      'an import gave a group of Larkfield “Invoices and payment” and “gone” (A-76) at Acme until the end of 1 Jan 2027. Reason: “pays for us”.',
      'Nothing allows it. “Invoices and payment” and “gone” do not include it. To read it, with its messages and files needs “See all requests”.',
    ])
  })

  test('that do not reach the record say so', () => {
    law = lawOf('standard')
    const sites = grant('look', { scope: { kind: 'sites', siteNos: [4] } })
    const records = grant('look', { id: 'other' as GrantId, number: 78, scope: { kind: 'records', records: [] } })
    expect(read({ grants: [sites, records] }).slice(2, 4)).toEqual([
      `${given}, for named sites only.`,
      'Dana Lee gave everyone at Larkfield “See all requests” (A-78) at Acme until the end of 1 Jan 2027, for named records only.',
    ])
    expect(read({ grants: [sites] }).at(-1)).toBe(
      'Nothing allows it. “See all requests” does not reach it. To read it, with its messages and files needs “See all requests”.',
    )
    const both = [sites, grant('cc', { scope: { kind: 'sites', siteNos: [5] } })]
    expect(texts('service_request:update', { grants: both, record: { siteNo: 4 } }).at(-1)).toBe(
      'Nothing allows it. “See all requests” does not include it. “Copied in only” does not reach it. To change it needs “Work on requests”.',
    )
    // One that reaches it and gives too little says nothing more.
    expect(texts('service_request:update', { grants: [sites], record: { siteNo: 4 } })[2]).toBe(`${given}.`)
    expect(texts('service_request:update', { grants: [grant('look')] })[2]).toBe(`${given}.`)
  })

  test('to a sort of grantee that the portal does not know give nothing, and not because they were narrow', () => {
    law = { ...law, grantees: ['organization'] }
    expect(read({ grants: [personal('look')] })[2]).toBe(
      'Dana Lee gave Priya Raman “See all requests” (A-77) at Acme until the end of 1 Jan 2027, which gives nothing: access is not given to such a grantee any more.',
    )
    expect(read({ grants: [personal('look')] }).at(-1)).toMatch(/^Nothing allows it\. “See all requests” does not reach it\./)
  })

  test('that are replaced say by what', () => {
    law = lawOf('standard')
    const subject = { ...consultant, groups: ['team'] }
    const [everybodys, teams, own] = [grant('look'), grant('update', { groupId: 'team', number: 78 }), personal('cc')]
    const replaced = (grants: GrantFact[]) =>
      explained('service_request:read', { subject, grants }).sentences.filter(({ text }) => text.includes('not used'))
    expect(replaced([everybodys, teams])).toEqual([
      {
        text: "Everyone at Larkfield also has “See all requests” (A-76). It is not used: a group's access replaces the access for everyone.",
        about: { kind: 'grant', id: 'grant-look' },
      },
    ])
    expect(replaced([everybodys, teams, own]).map(({ text }) => text)).toEqual([
      'A group of Larkfield also has “Work on requests” (A-78). It is not used: a personal level replaces the level for everyone.',
      'Everyone at Larkfield also has “See all requests” (A-76). It is not used: a personal level replaces the level for everyone.',
    ])
  })

  test('that are not in force say why', () => {
    const why = (more: Partial<GrantFact>, when = now) => {
      const { sentences } = explained('service_request:read', { grants: [grant('look', more)], at: when })
      return sentences.slice(2, -1)
    }
    const about = { kind: 'grant', id: 'grant-look' }
    const what = '“See all requests” (A-76) for everyone at Larkfield'
    const told = (text: string) => [{ text: `${what} ${text}`, about }]
    expect(why({ from: at('2026-12-01T00:00:00.000Z') })).toEqual(told('has not started yet.'))
    expect(why({ from: at('2026-11-21T10:00:00.001Z'), confirmedAt: null })).toEqual(told('has not started yet.'))
    expect(why({ from: now, confirmedAt: null })).toEqual(told('was imported and is not confirmed: it gives nothing.'))
    expect(why({ confirmedAt: null })).toEqual(told('was imported and is not confirmed: it gives nothing.'))
    expect(why({ confirmedAt: at('2026-11-21T10:00:00.001Z') })).toEqual(told('was imported and is not confirmed: it gives nothing.'))
    expect(why({ confirmedAt: now, endedAt: now })).toEqual(told('was ended on 21 Nov 2026.'))
    expect(why({ endedAt: at('2026-11-20T22:00:00.000Z') })).toEqual(told('was ended on 20 Nov 2026.'))
    expect(why({ until: now })).toEqual(told('ended with 21 Nov 2026.'))
    // What was taken the place of after it had ended by its date, ended by its date.
    expect(why({ until: at('2026-11-10T23:00:00.000Z'), endedAt: at('2026-11-15T00:00:00.000Z') })).toEqual(told('ended with 10 Nov 2026.'))
    expect(why({ until: at('2026-11-10T23:00:00.000Z'), endedAt: at('2026-11-10T23:00:00.000Z') })).toEqual(told('ended with 10 Nov 2026.'))
    expect(why({ until: at('2026-11-10T00:00:00.000Z'), endedAt: at('2027-11-15T00:00:00.000Z') })).toEqual(told('ended with 10 Nov 2026.'))
  })

  test('days are days where the customer is, or in UTC where there is none', () => {
    const until = at('2026-12-31T23:30:00.000Z')
    expect(read({ grants: [grant('look', { until })] })[2]).toContain('until the end of 1 Jan 2027')
    expect(read({ grants: [grant('look', { until })], customer: { timeZone: 'America/New_York' } })[2]).toContain(
      'until the end of 31 Dec 2026',
    )
    expect(read({ grants: [grant('look', { until })], customer: null })[1]).toContain('at the customer until the end of 31 Dec 2026')
  })
})

describe('a no', () => {
  test('to what cannot be done to such a thing says no more: no grant and no role has to do with it', () => {
    const no = {
      sentences: [{ text: setting, about: { kind: 'record', id: '1' } }, works, 'Nothing allows it.'],
      nearest: null,
      until: null,
    }
    const found = explained('people:manage', { grants: [grant('full_admin')] })
    expect({ ...found, sentences: [found.sentences[0], ...found.sentences.slice(1).map(({ text }) => text)] }).toEqual(no)
  })

  test('says what is forbidden, and nothing of what would help', () => {
    const own: Scene = { on: { kind: 'access_request', id: 'r' }, subject: manager, thing: { askedBy: dana } }
    const forbidden = explained('access_request:answer', own)
    expect([forbidden.sentences.at(-1)?.text, forbidden.nearest, forbidden.until]).toEqual([
      'It is forbidden: nobody answers a request of their own.',
      null,
      null,
    ])
    const suspended = explained('service_request:read', { subject: { ...consultant, suspended: true }, grants: [grant('look')] })
    expect(suspended.sentences.map(({ text }) => text)).toEqual([
      setting,
      works,
      'Larkfield is suspended.',
      'It is forbidden: Larkfield is suspended.',
    ])
    expect(suspended.nearest).toBe(null)
  })

  test('says what one has, and the nearest level, role or right that would do', () => {
    const no = explained('service_request:reply', { grants: [personal('cc'), personal('look')] })
    expect([no.sentences.at(-1)?.text, no.nearest, no.until]).toEqual([
      'Nothing allows it. “Copied in only” and “See all requests” do not include it. To answer and attach files needs “Work on requests”.',
      { level: 'update', name: 'Work on requests' },
      null,
    ])
    const closed = explained('service_request:reply', { state: 'closed' })
    expect([closed.sentences.at(-1)?.text, closed.nearest]).toEqual(['Nothing allows it.', null])
    law = lawOf('telephony-account')
    const record = { on: { kind: 'record', recordKind: 'invoice', id: '1' }, record: { kind: 'invoice' } } as const
    expect(explained('invoice:read', record).nearest).toEqual({ level: 'decision_maker', name: 'Decision Maker' })
  })

  test('where there is no customer to give anything there is no nearest level', () => {
    expect(explained('service_request:read', { customer: null }).nearest).toBe(null)
    expect(explained('access:give', { on: customer }).nearest).toBe(null)
  })

  test('at a suspended customer says so, and names nothing that would help: what somebody has does not count there either', () => {
    const no = explained('service_request:read', { customer: { suspended: true }, grants: [grant('look')] })
    expect([no.sentences.map(({ text }) => text), no.nearest]).toEqual([
      [setting, works, 'Acme is suspended.', 'It is forbidden: Acme is suspended.'],
      null,
    ])
    // Its own people are told of their own organization, once.
    const own = read({ customer: { suspended: true }, subject: { ...manager, suspended: true, organizationName: 'Acme' } })
    expect(own).toEqual([setting, 'Dana Lee works at Acme.', 'Acme is suspended.', 'It is forbidden: Acme is suspended.'])
  })
})

test('a grant to somebody else is told by what it is, and not by their name', () => {
  const other = personal('look', { personId: 'tom' as never, endedAt: now })
  expect(read({ grants: [other] })[2]).toBe('“See all requests” (A-77) for somebody else at Larkfield was ended on 21 Nov 2026.')
})
