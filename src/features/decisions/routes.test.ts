// The decision API over HTTP on a real server.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { type Caller, startTestServer, type TestServer } from '../../../test/server.ts'
import type { TestOrganization, TestPerson, TestRecord } from '../../../test/world.ts'
import type { Instant } from '../../kernel/instant.ts'

describe.each(databaseKinds)('the decision API on %s', (kind) => {
  let server: TestServer
  let acme: TestOrganization
  let beta: TestOrganization
  let larkfield: TestOrganization
  let priya: TestPerson
  let record: TestRecord
  let vendor: Caller

  beforeAll(async () => {
    server = await startTestServer(kind)
    acme = await server.customer('Acme')
    beta = await server.customer('Beta')
    larkfield = await server.partner('Larkfield')
    priya = await server.person(larkfield, 'Priya Raman', ['consultant'])
    record = await server.record(acme)
    await server.record(beta)
    await server.grant(acme, larkfield, 'look', { reason: 'migration' })
    vendor = server.withBearer()
  })
  afterAll(() => server.close())

  const question = (name: string, id = record.number, user = priya.email) => ({
    subject: { type: 'user', id: user },
    action: { name },
    resource: { type: 'service_request', id },
  })
  const ask = async (call: Caller, body: unknown) => (await call('POST', '/access/v1/evaluation', body)).body
  const keyFor = async (side: string, organization: TestOrganization) => {
    const { body } = await vendor('POST', '/api/v1/api-keys', { name: 'a key', side, organization: organization.id })
    return server.withBearer(body.key)
  }

  test('answers with the decision, why, by which grant and until when', async () => {
    const yes = await ask(vendor, question('read'))
    expect(yes).toMatchObject({
      decision: true,
      context: {
        grant: { level: 'look' },
        until: expect.stringMatching(/Z$/),
        because: expect.arrayContaining([expect.stringContaining('See all requests')]),
      },
    })
    const no = await ask(vendor, question('reply'))
    expect(no.decision).toBe(false)
    expect(no.context.because.at(-1)).toMatch(/^Nothing allows it\..*needs “Work on requests”/)
  })

  test('keys that ask at the same moment each get their own answers: what one may learn, another hears nothing of', async () => {
    const [ofBeta, ofAcme] = await Promise.all([keyFor('customer', beta), keyFor('customer', acme)])
    const calls = Array.from({ length: 10 }, () => [vendor, ofBeta, ofAcme]).flat()
    const answers = await Promise.all(calls.map((call) => ask(call, question('read'))))
    const decisions = answers.map(({ decision }) => decision)
    expect(decisions).toEqual(calls.map((call) => call !== ofBeta))
  })

  test('many requests of one key at the same moment are each answered, in whatever number of items they ask', async () => {
    const evaluations = (many: number) =>
      Array.from({ length: many }, (_, place) => (place % 2 === 0 ? question('read') : question('reply')))
    const sizes = [1, 20, 21, 2, 50, 3]
    const bodies = await Promise.all(
      sizes.map(async (many) => (await vendor('POST', '/access/v1/evaluations', { evaluations: evaluations(many) })).body),
    )
    const decisions = bodies.map((body) => body.evaluations.map(({ decision }: { decision: boolean }) => decision))
    expect(decisions).toEqual(sizes.map((many) => Array.from({ length: many }, (_, place) => place % 2 === 0)))
  })

  test('unknown users, records, kinds, types and actions are a plain no', async () => {
    for (const body of [
      question('read', 'SR-nowhere'),
      question('read', record.number, 'nobody@nowhere.example'),
      question('explode'),
      question('constructor'),
      { ...question('read'), resource: { type: 'spaceship', id: '1' } },
      { ...question('read'), subject: { type: 'robot', id: priya.email } },
      question('read', "'; drop table records; --"),
      question('read', '\u202e🦑"\\'),
    ]) {
      expect(await ask(vendor, body)).toMatchObject({ decision: false })
    }
  })

  test('unknown fields are ignored, missing and wrong ones are 400, and the request id is echoed', async () => {
    expect(await ask(vendor, { ...question('read'), more: { deep: [1] }, context: { ip: '::1' } })).toMatchObject({ decision: true })
    for (const body of [
      {},
      { ...question('read'), subject: { id: 'x' } },
      { ...question('read'), action: 'read' },
      { ...question('read'), resource: null },
      '[',
      '"x"',
    ]) {
      expect((await vendor('POST', '/access/v1/evaluation', body)).status).toBe(400)
    }
    const answer = await vendor('POST', '/access/v1/evaluation', question('read'), { 'x-request-id': 'abc-123' })
    expect(answer.headers.get('x-request-id')).toBe('abc-123')
  })

  test('a batch answers each item, stops where its semantic says, and a wrong item is a no', async () => {
    const batch = async (semantic: string | undefined, ...names: string[]) => {
      const { subject, resource } = question('read')
      const options = semantic ? { options: { evaluations_semantic: semantic } } : {}
      const { body } = await vendor('POST', '/access/v1/evaluations', {
        subject,
        resource,
        evaluations: names.map((name) => ({ action: { name } })),
        ...options,
      })
      return body.evaluations.map((answer: { decision: boolean }) => answer.decision)
    }
    expect(await batch(undefined, 'read', 'reply', 'read')).toEqual([true, false, true])
    expect(await batch('deny_on_first_deny', 'read', 'reply', 'read')).toEqual([true, false])
    expect(await batch('permit_on_first_permit', 'reply', 'read', 'read')).toEqual([false, true])
    const { body } = await vendor('POST', '/access/v1/evaluations', { evaluations: [question('read'), { action: { name: 'read' } }] })
    expect(body.evaluations.map((answer: { decision: boolean }) => answer.decision)).toEqual([true, false])
    const single = await vendor('POST', '/access/v1/evaluations', question('read'))
    expect(single.body).toMatchObject({ decision: true })
    const wrong = await vendor('POST', '/access/v1/evaluations', {
      evaluations: [question('read')],
      options: { evaluations_semantic: 'sometimes' },
    })
    expect(wrong.status).toBe(400)
  })

  test('ids, types and names of every odd sort are a plain no or 400, never a yes and never a mistake of ours', async () => {
    const words = '* % _ ../.. {} [] null true 0 -1 1e9 \\ " ` $1 {{x}} <b> __proto__ constructor toString : a:b:c 🦑 ﬀ İ'.split(' ')
    const odd = ['', ' ', "' or '1'='1", '\u0000', '\ud800', '\u202e', '\n', '\t', 'a'.repeat(200), 'a'.repeat(100_000), ...words]
    for (const text of odd) {
      for (const body of [
        question('read', text),
        question('read', record.number, text),
        question(text),
        { ...question('read'), subject: { type: text, id: priya.email } },
        { ...question('read'), resource: { type: text, id: record.number } },
        { ...question('read'), resource: { type: 'customer', id: text } },
      ]) {
        const { status, body: answer } = await vendor('POST', '/access/v1/evaluation', body)
        const shown = text.slice(0, 20)
        expect([shown, status === 400 || (status === 200 && answer.decision === false)]).toEqual([shown, true])
      }
    }
  })

  test('an id of nearly a megabyte, asked about a thousand times in one batch, is a plain no, and the next question is answered', async () => {
    const long = 'a'.repeat(900_000)
    for (const asked of [question('read', long), question('read', record.number, long)]) {
      const { body } = await vendor('POST', '/access/v1/evaluations', { ...asked, evaluations: Array.from({ length: 1000 }, () => ({})) })
      expect(new Set(body.evaluations.map((answer: { decision: boolean }) => answer.decision))).toEqual(new Set([false]))
      expect(await ask(vendor, question('read'))).toMatchObject({ decision: true })
    }
  })

  test('values of wrong types, deep nesting and very many items are 400 or a plain no', async () => {
    const status = async (path: string, body: unknown) => (await vendor('POST', `/access/v1/${path}`, body)).status
    const wrong = [
      null,
      7,
      true,
      [],
      {},
      ['x'],
      { type: 7, id: 'x' },
      { type: 'user', id: 7 },
      { type: 'user', id: ['x'] },
      { type: 'user', id: { id: 'x' } },
    ]
    for (const part of ['subject', 'resource', 'action'])
      for (const value of wrong)
        expect([part, value, await status('evaluation', { ...question('read'), [part]: value })]).toEqual([part, value, 400])
    for (const part of ['context', 'options', 'evaluations'])
      for (const value of [7, 'x', true])
        expect([part, value, await status('evaluations', { ...question('read'), [part]: value })]).toEqual([part, value, 400])
    for (const properties of [7, 'x', []])
      expect(await status('evaluation', { ...question('read'), subject: { ...question('read').subject, properties } })).toBe(400)
    const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    const nested = (levels: number) =>
      JSON.stringify({ ...question('read'), context: {} }).replace('"context":{}', `"context":${deep(levels)}`)
    expect([await status('evaluation', nested(50)), await status('evaluation', nested(100_000))]).toEqual([200, 400])
    const many = (length: number) => ({ ...question('read'), evaluations: Array.from({ length }, () => ({})) })
    expect([await status('evaluations', many(10_000)), await status('evaluations', many(1001))]).toEqual([400, 400])
    const { body } = await vendor('POST', '/access/v1/evaluations', many(1000))
    expect([body.evaluations.length, new Set(body.evaluations.map((answer: { decision: boolean }) => answer.decision))]).toEqual([
      1000,
      new Set([true]),
    ])
    const items = [null, 7, 'x', [], { subject: null }, { resource: { type: 'service_request' } }, { action: 'read' }, {}]
    const mixed = await vendor('POST', '/access/v1/evaluations', { ...question('read'), evaluations: items })
    expect(mixed.body.evaluations.map((answer: { decision: boolean }) => answer.decision)).toEqual([
      ...items.slice(1).map(() => false),
      true,
    ])
  })

  test('only keys ask: nobody is 401, a signed-in person is refused', async () => {
    expect((await server.nobody('POST', '/access/v1/evaluation', question('read'))).status).toBe(401)
    expect((await server.withBearer('lk_wrong')('POST', '/access/v1/evaluation', question('read'))).status).toBe(401)
    const person = await server.signIn(priya)
    expect((await person('POST', '/access/v1/evaluation', question('read'))).status).toBe(403)
  })

  test('a key is for the vendor, one customer or one partner and learns nothing about others', async () => {
    const [ofAcme, ofBeta] = [await keyFor('customer', acme), await keyFor('customer', beta)]
    const [ofLarkfield, ofOther] = [await keyFor('partner', larkfield), await keyFor('partner', await server.partner('Other'))]
    expect([(await ask(ofAcme, question('read'))).decision, (await ask(ofLarkfield, question('read'))).decision]).toEqual([true, true])
    const absent = await ask(ofBeta, question('read', 'SR-nowhere'))
    for (const answer of [
      await ask(ofBeta, question('read')),
      await ask(ofOther, question('read')),
      await ask(ofAcme, question('read', record.number, 'nobody@x.example')),
    ]) {
      expect(answer).toEqual(absent)
    }
  })

  test('says where it is', async () => {
    const { body } = await server.nobody('GET', '/.well-known/authzen-configuration')
    expect(body.access_evaluation_endpoint).toBe(`${body.policy_decision_point}/access/v1/evaluation`)
  })

  test('BX-23 a contact manager asks why, about the own account alone, also as of a past day', async () => {
    const dana = await server.signIn(await server.person(acme, 'Dana Lee', ['contact_manager']))
    const explain = async (call: Caller, more: object = {}) =>
      (
        await call('POST', '/api/v1/explanations', {
          person: priya.id,
          action: 'read',
          record: { kind: 'service_request', id: record.id },
          ...more,
        })
      ).body
    expect(await explain(dana)).toMatchObject({ decision: true, grant: { level: 'look' } })
    expect(await explain(dana, { at: '2019-06-01T00:00:00Z' })).toMatchObject({ decision: false, at: '2019-06-01T00:00:00.000Z' })
    const stranger = await server.signIn(await server.person(beta, 'Ben Beta', ['contact_manager']))
    expect(await explain(stranger)).toMatchObject({
      decision: false,
      sentences: [{ text: 'There is no such thing, or it cannot be seen.' }],
    })
    expect(await explain(await server.signIn(priya))).toMatchObject({ code: 'not-allowed' })
  })

  test('BX-23 a partner that asks about a past day hears nothing of records that its people do not see now', async () => {
    const former = await server.partner('Former Firm')
    const paula = await server.person(former, 'Paula Past', ['consultant'])
    await server.grant(acme, former, 'look', { until: '2026-06-01T00:00:00.000Z' as Instant })
    const asked = await keyFor('partner', former)
    const about = async (externalId: string) =>
      (
        await asked('POST', '/api/v1/explanations', {
          person: paula.id,
          action: 'read',
          record: { kind: 'service_request', externalId },
          at: '2026-01-01T00:00:00Z',
        })
      ).body
    expect(await about(record.number)).toEqual(await about('SR-nowhere'))
  })
})
