// The certification scenario of the OpenID AuthZEN working group for Authorization API 1.0, every case of the levels Search and Discovery, told in our own words.
// A number such as 4.2.4 is the case in the scenario (`certification/authorization-api-1_0-scenario.md` in the repository openid/authzen).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../database.ts'
import {
  adminBob,
  alice,
  anyRecord,
  anyUser,
  archivedTwo,
  bob,
  certifiedPdp,
  context,
  one,
  type Pdp,
  publicUrl,
  read,
  two,
  write,
} from './pdp.ts'

const question = { subject: alice, action: read, resource: one }

describe.each(databaseKinds)('AuthZEN certification on %s:', (kind) => {
  let pdp: Pdp
  beforeAll(async () => {
    pdp = await certifiedPdp(kind)
  })
  afterAll(() => pdp.close())

  describe('Search Core', () => {
    const subjects = { subject: anyUser, action: read, resource: one }
    const resources = { subject: alice, action: read, resource: anyRecord }
    const actions = { subject: alice, resource: one }

    test('4.2.1 to 4.2.3, S1: alice and bob read record-1, with a context and whoever is named', async () => {
      const users = await pdp.found('subject', subjects)
      expect(users).toEqual(expect.arrayContaining(['alice', 'bob']))
      expect(await pdp.found('subject', { ...subjects, context })).toEqual(users)
      expect(await pdp.found('subject', { ...subjects, subject: alice })).toEqual(users)
    })

    test('4.3.1 to 4.3.3, S2: alice reads record-1, with a context and whichever record is named', async () => {
      const records = await pdp.found('resource', resources)
      expect(records).toEqual(expect.arrayContaining(['record-1']))
      expect(await pdp.found('resource', { ...resources, context })).toEqual(records)
      expect(await pdp.found('resource', { ...resources, resource: one })).toEqual(records)
    })

    test('4.4.1 and 4.4.2, S3: alice can read and write record-1, with a context too', async () => {
      const names = await pdp.found('action', actions)
      expect(names).toEqual(expect.arrayContaining(['read', 'write']))
      expect(await pdp.found('action', { ...actions, context })).toEqual(names)
    })

    test('4.5: a page has at most as many results as were asked for, and its token leads on to the end', async () => {
      const first = await pdp.success('search/subject', { ...subjects, page: { limit: 1 } })
      expect(first).toEqual({ page: { next_token: expect.stringMatching(/./), count: 1 }, results: [expect.any(Object)] })
      const second = await pdp.success('search/subject', { ...subjects, page: { token: first.page.next_token } })
      expect(second).toEqual({ page: { next_token: '', count: 1 }, results: [expect.any(Object)] })
      expect([...first.results, ...second.results].map(({ id }) => id).sort()).toEqual(['alice', 'bob'])
    })

    test('4.6: what is unknown finds nothing, in each of the searches', async () => {
      const [nobody, nothing] = [
        { type: 'user', id: 'nonexistent-user' },
        { type: 'record', id: 'nonexistent-record' },
      ]
      const spaceship = { type: 'spaceship', id: 'x' }
      for (const [path, body] of [
        ['action', { subject: nobody, resource: one }],
        ['action', { subject: alice, resource: nothing }],
        ['action', { subject: spaceship, resource: one }],
        ['action', { subject: alice, resource: spaceship }],
        ['subject', { ...subjects, subject: { type: 'spaceship' } }],
        ['subject', { ...subjects, resource: nothing }],
        ['subject', { ...subjects, resource: spaceship }],
        ['resource', { ...resources, subject: nobody }],
        ['resource', { ...resources, subject: spaceship }],
        ['resource', { ...resources, resource: { type: 'spaceship' } }],
      ] as const)
        expect([path, body, await pdp.found(path, body)]).toEqual([path, body, []])
    })

    test('4.7.1: without a part that is needed it is 400', async () => {
      expect(await pdp.status('search/subject', { ...subjects, action: undefined })).toBe(400)
      expect(await pdp.status('search/resource', { ...resources, subject: undefined })).toBe(400)
      expect(await pdp.status('search/action', { ...actions, resource: undefined })).toBe(400)
    })

    test('4.7.2: what is not searched for needs its id: the endpoint says which one that is', async () => {
      const both = { subject: anyUser, action: read, resource: anyRecord }
      expect([await pdp.status('search/subject', both), await pdp.status('search/resource', both)]).toEqual([400, 400])
      expect(await pdp.status('search/action', { subject: anyUser, resource: one })).toBe(400)
      expect(await pdp.status('search/action', { subject: alice, resource: anyRecord })).toBe(400)
    })
  })

  describe('Search Properties', () => {
    test('4.2.4, S4: bob can write the archived record-2', async () => {
      const users = await pdp.found('subject', { subject: anyUser, action: write, resource: archivedTwo })
      expect(users).toEqual(['bob'])
      const said = { ...one, properties: { status: 'archived' } }
      expect(await pdp.found('subject', { subject: anyUser, action: write, resource: said })).toEqual(['bob'])
      const softly = { name: 'delete', properties: { soft: true } }
      expect(await pdp.found('subject', { subject: anyUser, action: softly, resource: one })).toEqual(['alice'])
      // What is said of those who are searched for would be true of all of them: it does not count.
      expect(
        await pdp.found('subject', { subject: { ...anyUser, properties: { role: 'admin' } }, action: write, resource: archivedTwo }),
      ).toEqual(users)
    })

    test('4.3.4, S5: bob as an admin can write record-2', async () => {
      expect(await pdp.found('resource', { subject: adminBob, action: write, resource: anyRecord })).toEqual(['record-2'])
      expect(
        await pdp.found('resource', { subject: { ...bob, properties: { role: 'none' } }, action: write, resource: anyRecord }),
      ).toEqual([])
      expect(
        await pdp.found('resource', { subject: alice, action: { name: 'delete', properties: { soft: true } }, resource: anyRecord }),
      ).toEqual(['record-1', 'record-2'])
    })

    test('4.4.3, S6: bob as an admin can read and write record-2', async () => {
      expect(await pdp.found('action', { subject: adminBob, resource: archivedTwo })).toEqual(['read', 'write'])
      expect(await pdp.found('action', { subject: { ...bob, properties: { role: 'none' } }, resource: archivedTwo })).toEqual(['read'])
    })
  })

  test('the client asks all of it', async () => {
    const { questions } = pdp.client
    const first = await questions.searchSubjects({ subject: anyUser, action: read, resource: one, page: { limit: 1 } })
    const second = await questions.searchSubjects({ subject: anyUser, action: read, resource: one, page: { token: first.page.next_token } })
    expect([...first.results, ...second.results].map(({ id }) => id).sort()).toEqual(['alice', 'bob'])
    expect((await questions.searchResources({ subject: adminBob, action: write, resource: anyRecord })).results).toEqual([two])
    expect((await questions.searchActions({ subject: alice, resource: one })).results).toEqual([read, write])
    const batch = await questions.evaluateMany({ subject: bob, resource: one, evaluations: [{ action: read }, { action: write }] })
    expect(batch.evaluations.map(({ decision }) => decision)).toEqual([true, false])
  })

  describe('Discovery', () => {
    test('6: the metadata names the decision point and its endpoints, all of them over https, and they answer there', async () => {
      const answer = await pdp.get('/.well-known/authzen-configuration')
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^application\/json/)])
      const at = (path: string) => `${publicUrl}/access/v1/${path}`
      expect(answer.body).toEqual({
        policy_decision_point: publicUrl,
        access_evaluation_endpoint: at('evaluation'),
        access_evaluations_endpoint: at('evaluations'),
        search_subject_endpoint: at('search/subject'),
        search_resource_endpoint: at('search/resource'),
        search_action_endpoint: at('search/action'),
      })
      for (const [name, address] of Object.entries(answer.body as Record<string, string>).filter(([name]) => name.endsWith('endpoint')))
        expect([name, await pdp.status(address.slice(at('').length), question)]).toEqual([name, 200])
    })
  })
})
