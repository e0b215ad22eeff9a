// Looking through the eyes of a partner's people: it shows what they see at the one customer and nothing else, changes nothing, and ends as of now.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { type PortalHttp, portalHttp } from '../../../test/portal-http.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../../../test/world.ts'
import { conversationRoutes } from '../conversations/routes.ts'
import { grantRoutes } from '../grants/routes.ts'
import { recordRoutes } from '../records/routes.ts'
import { lookRoutes } from './routes.ts'

type Answer = { status: number; body: Record<string, unknown> }
type Caller = (method: 'GET' | 'POST' | 'DELETE' | 'PATCH', path: string, body?: unknown) => Promise<Answer>

const kind = 'service_request'

describe.each(databaseKinds)('a look on %s', (database) => {
  let world: World
  let http: PortalHttp
  let acme: TestOrganization
  let beta: TestOrganization
  let larkfield: TestOrganization
  const people: Record<'dana' | 'priya' | 'omar' | 'plain' | 'zoe', TestPerson> = {} as never
  let personal: { id: string }

  beforeAll(async () => {
    world = await createWorld(database)
    http = await portalHttp(world, { more: [lookRoutes, recordRoutes, conversationRoutes, grantRoutes] })
    acme = await world.customer('Acme')
    beta = await world.customer('Beta')
    larkfield = await world.partner('Larkfield')
    people.dana = await world.person(acme, 'Dana', ['contact_manager'])
    people.plain = await world.person(acme, 'Carl', ['contact'])
    people.zoe = await world.person(beta, 'Zoe', ['contact_manager'])
    people.priya = await world.person(larkfield, 'Priya', ['consultant'])
    people.omar = await world.person(larkfield, 'Omar', ['consultant'])
    for (const customer of [acme, beta]) {
      await world.relationship(customer, larkfield)
      await world.grant(customer, larkfield, 'look')
    }
    // A person's own access replaces what everybody has, also where it gives less.
    personal = await world.grant(acme, people.omar, 'cc')
    for (const state of ['active', 'closed', 'new', 'active', 'resolved'])
      await world.record(acme, {
        title: `Arm ${state}`,
        state,
        people: { requester: people.dana },
        messages: [{ author: people.dana, body: 'It stops' }],
      })
    await world.record(acme, { title: 'Copied in', people: { additional_contact: [people.omar, people.priya] } })
    await world.record(beta, { title: 'Arm of Beta', people: { additional_contact: people.omar } })
  })
  afterAll(async () => {
    await http.app.close()
    await world.close()
  })

  const callerOf = async (person: TestPerson): Promise<Caller> => {
    const cookie = await http.signIn(person)
    return async (method, path, body) => {
      const answer = await http.send(method as 'GET', path, { cookie }, body)
      return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json() }
    }
  }
  const looking = async (personId: string | null, by = people.dana): Promise<Caller> => {
    const call = await callerOf(by)
    expect(await call('POST', '/me/look', { partnerId: larkfield.id, personId })).toMatchObject({ status: 201 })
    return call
  }
  /** Everything that somebody meets of Acme: pages of two, searches, counts, customers, and each record whole. */
  const everything = async (call: Caller) => {
    const at = `customer=${acme.id}`
    const items: { id: string }[] = []
    for (let next: unknown = ''; next !== null; ) {
      const { body } = await call('GET', `/records/${kind}?${at}&limit=2${next ? `&after=${next}` : ''}`)
      items.push(...(body['items'] as { id: string }[]))
      next = body['next'] as string | null
    }
    const lists = []
    for (const sought of ['q=Arm', 'q=Copied', 'state=open', 'state=closed', 'part=mine'])
      lists.push(
        (await call('GET', `/records/${kind}?${at}&${sought}`)).body,
        (await call('GET', `/records/${kind}/count?${at}&${sought}`)).body,
      )
    const pages = []
    for (const { id } of items) {
      const { abilities, ...page } = (await call('GET', `/records/${kind}/${id}`)).body
      pages.push(page)
    }
    return { items, lists, pages }
  }

  test.each(['organization', 'omar', 'priya'] as const)(
    'BX-01 a look through the eyes of %s shows what they see at the customer, list by list, and nothing of another',
    async (whom) => {
      // Somebody at the partner who has nothing of their own sees what a look at the organization shows.
      const newcomer = whom === 'organization' ? await world.person(larkfield, 'Nina', ['consultant']) : people[whom]
      const look = await looking(whom === 'organization' ? null : newcomer.id)
      const theirs = await callerOf(newcomer)
      const seen = await everything(look)
      expect(seen).toEqual(await everything(theirs))
      expect(seen.items).toHaveLength(whom === 'omar' ? 1 : 6)
      expect((await look('GET', `/records/${kind}`)).body['total']).toBe(seen.items.length)
      expect((await theirs('GET', `/records/${kind}`)).body['total']).toBe(seen.items.length + 1)
      expect((await look('GET', `/records/customers?kind=${kind}&action=read`)).body['items']).toEqual([
        { id: acme.id, name: 'Acme', own: false },
      ])
    },
  )
})
