// The interop scenarios of the OpenID AuthZEN working group as definitions: Todo, API gateway and search, with what each expects of a decision point.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../database.ts'
import { type Caller, startTestServer, type TestServer } from '../server.ts'
import type { TestPerson, TestRecord } from '../world.ts'

const portal = (name: string) => ({ LATCHKEY_PORTAL: join(import.meta.dirname, 'portals', `${name}.yaml`) })

/** Puts a scenario on the stage: people and records with the ids and attributes that it gives them. */
async function onStage(server: TestServer) {
  const customer = await server.customer('The one account')
  const named = (table: 'people' | 'records', id: string, externalId: string, attributes: object) =>
    server.stageOwner.query(`update ${table} set external_id = $2, attributes = $3 where id = $1`, [
      id,
      externalId,
      JSON.stringify(attributes),
    ])
  return {
    person: async (externalId: string, roles: string[], attributes: object = {}): Promise<TestPerson> => {
      const person = await server.person(customer, externalId.slice(0, 20), roles)
      await named('people', person.id, externalId, attributes)
      return person
    },
    record: async (
      kind: string,
      externalId: string,
      attributes: object = {},
      people: Record<string, TestPerson> = {},
    ): Promise<TestRecord> => {
      const record = await server.record(customer, { kind, state: 'current', people })
      await named('records', record.id, externalId, attributes)
      return record
    },
  }
}

/** The five users of Todo and gateway: their ids, addresses and roles. */
const family = [
  { id: 'A', email: 'rick@the-citadel.com', roles: ['admin', 'evil_genius'] },
  { id: 'E', email: 'morty@the-citadel.com', roles: ['editor'] },
  { id: 'I', email: 'summer@the-smiths.com', roles: ['editor'] },
  { id: 'M', email: 'beth@the-smiths.com', roles: ['viewer'] },
  { id: 'Q', email: 'jerry@the-smiths.com', roles: ['viewer'] },
].map((one, place) => ({
  ...one,
  id: `CiRmZD${one.id}2MTRkMy1jMzlhLTQ3ODEtYjdiZC04Yjk2ZjVhNTEwMGQSBWxvY2Fs`,
  todo: `7240d0db-8ff0-41ec-98b2-34a096273b9${[2, 1, 3, 4, 5][place]}`,
}))
const has = ({ roles }: { roles: string[] }, ...wanted: string[]) => wanted.some((role) => roles.includes(role))

const mayThey = async (call: Caller, id: string, name: string, resource: object): Promise<boolean> =>
  (await call('POST', '/access/v1/evaluation', { subject: { type: 'user', id }, action: { name }, resource })).body.decision

describe.each(databaseKinds)('the Todo scenario on %s', (kind) => {
  let server: TestServer
  let vendor: Caller
  beforeAll(async () => {
    server = await startTestServer(kind, portal('todo'))
    vendor = server.withBearer()
    const stage = await onStage(server)
    for (const { id, email, roles, todo } of family) {
      const owner = await stage.person(id, roles, { email })
      await stage.record('user', email)
      await stage.record('todo', todo, {}, { owner })
    }
    await stage.record('todo', 'todo-1')
  })
  afterAll(() => server.close())

  test('everybody sees users and todos; editors and who has more add todos', async () => {
    const list = { type: 'todo', id: 'todo-1' }
    for (const user of family) {
      for (const { email } of family) expect(await mayThey(vendor, user.id, 'can_read_user', { type: 'user', id: email })).toBe(true)
      expect(await mayThey(vendor, user.id, 'can_read_todos', list)).toBe(true)
      expect([user.email, await mayThey(vendor, user.id, 'can_create_todo', list)]).toEqual([user.email, has(user, 'admin', 'editor')])
    }
  })

  test('editors tick off and delete their own todos, an evil genius ticks off all of them, an admin deletes all of them', async () => {
    for (const user of family) {
      for (const owner of family) {
        const todo = { type: 'todo', id: owner.todo, properties: { ownerID: owner.email } }
        const own = has(user, 'editor') && user === owner
        const shown = [user.email, owner.email]
        expect([shown, await mayThey(vendor, user.id, 'can_update_todo', todo)]).toEqual([shown, has(user, 'evil_genius') || own])
        expect([shown, await mayThey(vendor, user.id, 'can_delete_todo', todo)]).toEqual([shown, has(user, 'admin') || own])
      }
    }
  })

  test('a batch says which todos are for ticking off, also beside an empty shared resource', async () => {
    for (const user of family) {
      const { body } = await vendor('POST', '/access/v1/evaluations', {
        subject: { type: 'user', id: user.id },
        action: { name: 'can_update_todo' },
        resource: {},
        context: {},
        evaluations: family.map(({ todo, email }) => ({ resource: { type: 'todo', id: todo, properties: { ownerID: email } } })),
      })
      const expected = family.map((owner) => has(user, 'evil_genius') || (has(user, 'editor') && user === owner))
      expect([user.email, body.evaluations.map((one: { decision: boolean }) => one.decision)]).toEqual([user.email, expected])
    }
  })
})

describe.each(databaseKinds)('the API gateway scenario on %s', (kind) => {
  let server: TestServer
  let vendor: Caller
  beforeAll(async () => {
    server = await startTestServer(kind, portal('gateway'))
    vendor = server.withBearer()
    const stage = await onStage(server)
    for (const { id, roles } of family) await stage.person(id, roles)
    for (const route of ['/users/{userId}', '/todos', '/todos/{todoId}']) await stage.record('route', route)
  })
  afterAll(() => server.close())

  test('reading routes are for everybody, changing ones for those who could change something', async () => {
    for (const user of family) {
      for (const [name, id, expected] of [
        ['get', '/users/{userId}', true],
        ['get', '/todos', true],
        ['post', '/todos', has(user, 'admin', 'editor')],
        ['put', '/todos/{todoId}', has(user, 'evil_genius', 'editor')],
        ['delete', '/todos/{todoId}', has(user, 'admin', 'editor')],
        ['delete', '/unknown', false],
      ] as const)
        expect([user.email, name, id, await mayThey(vendor, user.id, name, { type: 'route', id })]).toEqual([
          user.email,
          name,
          id,
          expected,
        ])
    }
  })

  test('what a definition cannot say is a no: names of actions with capitals, and subjects of the type identity', async () => {
    const [rick] = family
    const route = { type: 'route', id: '/todos' }
    expect(await mayThey(vendor, rick!.id, 'GET', route)).toBe(false)
    const asIdentity = { subject: { type: 'identity', id: rick!.id }, action: { name: 'get' }, resource: route }
    expect((await vendor('POST', '/access/v1/evaluation', asIdentity)).body.decision).toBe(false)
  })
})

const users = [
  { id: 'alice', role: 'manager', department: 'Sales' },
  { id: 'bob', role: 'employee', department: 'Legal' },
  { id: 'carol', role: 'contractor', department: 'Legal' },
  { id: 'dan', role: 'manager', department: 'Finance' },
  { id: 'erin', role: 'employee', department: 'Finance' },
  { id: 'felix', role: 'contractor', department: 'Accounting' },
]
/** Records 101 to 120: their departments, and owners in turn. */
const records = 'L L L A L A S L A S A L S A F L L A L A'.split(' ').map((initial, place) => ({
  id: String(101 + place),
  department: { L: 'Legal', A: 'Accounting', S: 'Sales', F: 'Finance' }[initial],
  owner: users[place % users.length]!.id,
}))
type User = (typeof users)[number]
type Document = (typeof records)[number]

/** The rules as the scenario tells them. */
const rules: Record<string, (user: User, record: Document) => boolean> = {
  view: (user, record) => record.owner === user.id || record.department === user.department || user.role === 'manager',
  edit: (user, record) => record.owner === user.id || (user.role === 'manager' && record.department === user.department),
  delete: (user, record) => record.owner === user.id,
}

describe.each(databaseKinds)('the search scenario on %s', (kind) => {
  let server: TestServer
  let vendor: Caller
  beforeAll(async () => {
    server = await startTestServer(kind, portal('search'))
    vendor = server.withBearer()
    const stage = await onStage(server)
    const people = new Map<string, TestPerson>()
    for (const { id, role, department } of users) people.set(id, await stage.person(id, ['employee'], { role, department }))
    for (const { id, department, owner } of records) await stage.record('record', id, { department }, { owner: people.get(owner)! })
  })
  afterAll(() => server.close())

  const found = async (what: string, body: object): Promise<string[]> =>
    (await vendor('POST', `/access/v1/search/${what}`, body)).body.results
      .map((one: { id: string; name: string }) => one.id ?? one.name)
      .sort()
  const userOf = ({ id }: User) => ({ type: 'user', id })
  const recordOf = ({ id }: Document) => ({ type: 'record', id })

  test.each(Object.keys(rules))('who can %s a record, and which records can somebody %s', async (name) => {
    const rule = rules[name]!
    for (const record of records) {
      const expected = users.filter((user) => rule(user, record)).map(({ id }) => id)
      const asked = { subject: { type: 'user' }, action: { name }, resource: recordOf(record) }
      expect([record.id, await found('subject', asked)]).toEqual([record.id, expected])
    }
    for (const user of users) {
      const expected = records.filter((record) => rule(user, record)).map(({ id }) => id)
      const asked = { subject: userOf(user), action: { name }, resource: { type: 'record' } }
      expect([user.id, await found('resource', asked)]).toEqual([user.id, expected])
    }
  })

  test('what somebody can do to a record', async () => {
    for (const user of users) {
      for (const record of records) {
        const expected = Object.keys(rules).filter((name) => rules[name]!(user, record))
        const asked = { subject: userOf(user), resource: recordOf(record) }
        expect([user.id, record.id, await found('action', asked)]).toEqual([user.id, record.id, expected.sort()])
      }
    }
  })

  test('the records that an identity provider writes into a token are those that one owns', async () => {
    const deletes = (id: string) =>
      found('resource', { subject: { type: 'user', id }, action: { name: 'delete' }, resource: { type: 'record' } })
    expect(await deletes('alice')).toEqual(['101', '107', '113', '119'])
    expect(await deletes('carol')).toEqual(['103', '109', '115'])
    expect(await deletes('mallory')).toEqual([])
  })
})
