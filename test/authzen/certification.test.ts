// The certification scenario of the OpenID AuthZEN working group for Authorization API 1.0, every case of the levels Basic and Batch, told in our own words.
// A number such as 2.2.4 is the case in the scenario (`certification/authorization-api-1_0-scenario.md` in the repository openid/authzen).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../database.ts'
import { activeOne, adminBob, alice, archivedTwo, bob, certifiedPdp, context, one, type Pdp, read, two, write } from './pdp.ts'

const question = { subject: alice, action: read, resource: one }

describe.each(databaseKinds)('AuthZEN certification on %s:', (kind) => {
  let pdp: Pdp
  beforeAll(async () => {
    pdp = await certifiedPdp(kind)
  })
  afterAll(() => pdp.close())

  describe('Basic Core', () => {
    test('2.2.1, rule 1 and 2.3: alice may read record-1', async () => {
      expect(await pdp.decision(question)).toBe(true)
    })

    test('rules 2 and 3: alice may write record-1, bob may read it', async () => {
      expect(await pdp.decision({ subject: alice, action: write, resource: one })).toBe(true)
      expect(await pdp.decision({ subject: bob, action: read, resource: one })).toBe(true)
    })

    test('2.2.2, rule 4: bob may not write record-1', async () => {
      expect(await pdp.decision({ subject: bob, action: write, resource: one })).toBe(false)
    })

    test('2.2.3: a context changes nothing', async () => {
      expect(await pdp.decision({ ...question, context })).toBe(true)
    })

    test('2.2.8: properties that no rule asks for change nothing', async () => {
      const subject = { ...alice, properties: { department: 'Sales', role: 'manager' } }
      const resource = { ...one, properties: { status: 'active', owner: 'bob' } }
      expect(await pdp.decision({ subject, action: { ...read, properties: { method: 'GET' } }, resource })).toBe(true)
    })

    test('2.2.9 and 5.5: unknown fields are ignored', async () => {
      expect(await pdp.decision({ ...question, foo: 'bar', futureField: { nested: true } })).toBe(true)
    })

    test('2.4.1: without a subject, an action or a resource it is 400', async () => {
      for (const missing of ['subject', 'action', 'resource'])
        expect([missing, await pdp.status('evaluation', { ...question, [missing]: undefined })]).toEqual([missing, 400])
    })

    test('2.4.2: without a type, an id or a name it is 400', async () => {
      for (const body of [
        { ...question, subject: { id: 'alice' } },
        { ...question, subject: { type: 'user' } },
        { ...question, action: {} },
        { ...question, resource: { id: 'record-1' } },
        { ...question, resource: { type: 'record' } },
      ])
        expect([body, await pdp.status('evaluation', body)]).toEqual([body, 400])
    })

    test('2.4.3 to 2.4.5: what is no JSON by its Content-Type or by itself, and an empty body, is 400', async () => {
      const text = JSON.stringify(question)
      for (const type of [
        'text/plain',
        'application/xml',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/jsonp',
      ])
        expect([type, await pdp.status('evaluation', text, { 'content-type': type })]).toEqual([type, 400])
      for (const body of ['{"subject": ', 'alice', text.slice(0, -1), ''])
        expect([body, await pdp.status('evaluation', body)]).toEqual([body, 400])
    })

    test('2.4.6: a field of another type is 400', async () => {
      expect(await pdp.status('evaluation', { ...question, subject: 'alice' })).toBe(400)
      expect(await pdp.status('evaluation', { ...question, action: { name: 123 } })).toBe(400)
    })

    test('2.5 and 5.4: an X-Request-ID comes back as it was, whatever it is; without one nothing fails', async () => {
      for (const id of ['bfe9eb29-ab87-4ca3-be83-a1d5d8305716', 'two words; and=more', 'é', 'x'.repeat(500)]) {
        for (const [path, body] of [
          ['evaluation', question],
          ['evaluation', {}],
          ['evaluations', { ...question, evaluations: [{}] }],
          ['search/subject', question],
          ['search/resource', question],
          ['search/action', question],
        ] as const)
          expect([path, (await pdp.ask(path, body, { 'x-request-id': id })).headers.get('x-request-id')]).toEqual([path, id])
      }
      expect(await pdp.decision(question)).toBe(true)
    })

    test('2.6: the same question has the same answer each time', async () => {
      const answers: boolean[] = []
      for (let time = 0; time < 5; time++) answers.push(await pdp.decision(question))
      expect(answers).toEqual([true, true, true, true, true])
    })
  })

  describe('Basic Properties', () => {
    test('2.2.4, rule 5: alice may not write what is archived, whichever record that is said of', async () => {
      expect(await pdp.decision({ subject: alice, action: write, resource: archivedTwo })).toBe(false)
      expect(await pdp.decision({ subject: alice, action: write, resource: { ...one, properties: { status: 'archived' } } })).toBe(false)
      expect(await pdp.decision({ subject: alice, action: write, resource: { ...two, properties: { status: 'active' } } })).toBe(true)
    })

    test('2.2.5, rule 6: an admin may write what is archived', async () => {
      expect(await pdp.decision({ subject: adminBob, action: write, resource: archivedTwo })).toBe(true)
      expect(await pdp.decision({ subject: { ...alice, properties: { role: 'admin' } }, action: write, resource: archivedTwo })).toBe(true)
    })

    test('2.2.6 and 2.2.7, rules 7 and 8: alice may delete record-1 softly, and in no other way', async () => {
      const deleting = (properties?: object) => ({
        subject: alice,
        action: { name: 'delete', ...(properties ? { properties } : {}) },
        resource: one,
      })
      expect(await pdp.decision(deleting({ soft: true }))).toBe(true)
      expect(await pdp.decision(deleting({ soft: false }))).toBe(false)
      for (const properties of [undefined, {}, { soft: 'true' }, { soft: 1 }, { soft: [true] }, { soft: { value: true } }])
        expect([properties, await pdp.decision(deleting(properties))]).toEqual([properties, false])
    })
  })

  test("properties are believed from the vendor's keys alone: a customer's key cannot say who is an admin, or what is active", async () => {
    const own = await pdp.asOrganization()
    const admin = { ...alice, properties: { role: 'admin' } }
    expect(await own.decision(question)).toBe(true)
    expect(await own.decision({ subject: admin, action: write, resource: two })).toBe(false)
    expect(await own.decision({ subject: alice, action: write, resource: { ...two, properties: { status: 'active' } } })).toBe(false)
    expect(await own.decision({ subject: alice, action: { name: 'delete', properties: { soft: true } }, resource: one })).toBe(false)
    expect(await own.decision({ subject: bob, action: write, resource: two })).toBe(true)
    expect(await own.found('resource', { subject: admin, action: write, resource: { type: 'record' } })).toEqual(['record-1'])
    expect(
      await own.found('subject', { subject: { type: 'user' }, action: write, resource: { ...two, properties: { status: 'active' } } }),
    ).toEqual(['bob'])
    expect(await own.found('action', { subject: admin, resource: two })).toEqual(['read'])
  })

  describe('Batch Core', () => {
    test('3.2.1: a batch with a shared subject and action has one decision for each item', async () => {
      expect((await pdp.decisions({ subject: alice, action: read, evaluations: [{ resource: one }, { resource: two }] })).length).toBe(2)
    })

    test('3.2.2, rules 3 and 4, and 3.3: the decisions stand in the order of the items', async () => {
      const shared = { subject: bob, resource: one }
      expect(await pdp.decisions({ ...shared, evaluations: [{ action: read }, { action: write }] })).toEqual([true, false])
      expect(await pdp.decisions({ ...shared, evaluations: [{ action: write }, { action: read }] })).toEqual([false, true])
    })

    test('3.2.5: items that say everything themselves need nothing shared', async () => {
      expect(await pdp.decisions({ evaluations: [question, { subject: bob, action: write, resource: one }] })).toEqual([true, false])
    })

    test('3.2.6: a shared context counts where an item has none of its own', async () => {
      const evaluations = [{ resource: one }, { resource: two, context: { time: '2025-06-27T19:00-07:00', source: 'batch-override' } }]
      expect((await pdp.decisions({ subject: alice, action: read, context: { time: context.time }, evaluations })).length).toBe(2)
    })

    test('3.4.1: an item that lacks something is a no of its own, and the others are answered', async () => {
      const options = { evaluations_semantic: 'execute_all' }
      const asked = { subject: alice, action: read, options }
      expect(await pdp.decisions({ ...asked, evaluations: [{ resource: one }, {}] })).toEqual([true, false])
      expect(await pdp.decisions({ ...asked, evaluations: [{}, { resource: one }] })).toEqual([false, true])
      const { evaluations } = await pdp.success('evaluations', { ...asked, evaluations: [{ resource: one }, {}] })
      expect(evaluations[1].context.error).toEqual({ status: 400, message: expect.stringContaining('resource') })
      expect(evaluations[0].context.error).toBeUndefined()
    })

    test('3.4.2 and 3.4.3: without items, or with none, it is a single question', async () => {
      expect(await pdp.decision(question, 'evaluations')).toBe(true)
      expect(await pdp.decision({ ...question, evaluations: [] }, 'evaluations')).toBe(true)
    })

    test('2.4 and 5.3 for batches: what is wrong as a whole is 400', async () => {
      for (const body of [
        { subject: alice, action: read },
        { subject: alice, action: read, evaluations: [] },
        { ...question, evaluations: {} },
        '[',
        '',
      ])
        expect([body, await pdp.status('evaluations', body)]).toEqual([body, 400])
      expect(await pdp.status('evaluations', { ...question, subject: 'alice', evaluations: [question] })).toBe(400)
      expect(await pdp.status('evaluations', JSON.stringify(question), { 'content-type': 'text/plain' })).toBe(400)
    })
  })

  describe('Batch Properties', () => {
    test('3.2.3, rules 2 and 5: properties of the resource count for their own item', async () => {
      const evaluations = [{ resource: activeOne }, { resource: archivedTwo }]
      expect(await pdp.decisions({ subject: alice, action: write, evaluations })).toEqual([true, false])
    })

    test('3.2.4, rules 5 and 6: so do properties of the subject', async () => {
      const evaluations = [{ subject: alice }, { subject: adminBob }]
      expect(await pdp.decisions({ action: write, resource: archivedTwo, evaluations })).toEqual([false, true])
    })

    test('3.2.7: an item takes whole what it does not name, and replaces whole what it names', async () => {
      const shared = { subject: alice, action: write, resource: activeOne }
      expect(await pdp.decisions({ ...shared, evaluations: [{}, { resource: archivedTwo }] })).toEqual([true, false])
      // Were parts mixed, record-2 would be the active one that is said of record-1.
      expect(await pdp.decisions({ ...shared, evaluations: [{ resource: two }] })).toEqual([false])
      expect(await pdp.decisions({ ...shared, evaluations: [{ resource: { id: 'record-1' } }] })).toEqual([false])
    })
  })
})
