// A customer and a partner for tests of looks, over HTTP as a browser asks: who signs in, begins a look, and all that somebody then meets of the customer.
import { expect } from 'vitest'
import type { DatabaseKind } from '../../../test/database.ts'
import { portalHttp } from '../../../test/portal-http.ts'
import { createWorld, type TestOrganization, type TestPerson } from '../../../test/world.ts'
import { historyRoutes } from '../audit-log/routes.ts'
import { contactRoutes } from '../contacts/routes.ts'
import { conversationRoutes } from '../conversations/routes.ts'
import { grantRoutes } from '../grants/routes.ts'
import { namedPeopleRoutes } from '../named-people/routes.ts'
import { recordRoutes } from '../records/routes.ts'
import { hashToken, newToken } from '../sign-in/secrets.ts'
import { lookRoutes } from './routes.ts'

export type Answer = { status: number; body: Record<string, unknown> }
export type Caller = (method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH', path: string, body?: unknown) => Promise<Answer>
export type LookStage = Awaited<ReturnType<typeof lookStage>>

export async function lookStage(database: DatabaseKind, portal?: string) {
  const world = await createWorld(database, portal)
  const more = [lookRoutes, recordRoutes, conversationRoutes, grantRoutes, contactRoutes, historyRoutes, namedPeopleRoutes]
  const http = await portalHttp(world, { more })
  const callerWith =
    (cookie: string): Caller =>
    async (method, path, body) => {
      const answer = await http.send(method, path, { cookie }, body)
      const isJson = /json/.test(String(answer.headers['content-type']))
      return { status: answer.statusCode, body: isJson ? answer.json() : { text: answer.body } }
    }
  const sql = (text: string, values: unknown[] = []) => world.stage.owner.query(text, values)
  /** A session of its own; a code by mail would do the same, and only so many are sent in an hour. */
  const cookieOf = async ({ id }: TestPerson): Promise<string> => {
    const token = newToken()
    await sql(
      `insert into sessions (token_hash, person_id, how, created_at, last_seen_at, expires_at) values ($1, $2, 'code', $3, $3, $3::timestamptz + interval '1 day')`,
      [hashToken(token), id, world.clock.at],
    )
    return token
  }
  const as = async (person: TestPerson): Promise<Caller> => callerWith(await cookieOf(person))
  return {
    world,
    http,
    as,
    callerWith,
    /** Signs in and begins a look; answers what is asked in it. */
    looking: async (by: TestPerson, partner: TestOrganization, person: TestPerson | null): Promise<Caller> => {
      const call = await as(by)
      expect(await call('POST', '/me/look', { partnerId: partner.id, personId: person?.id ?? null })).toMatchObject({ status: 201 })
      return call
    },
    sql,
    cookieOf,
    close: async () => {
      await http.app.close()
      await world.close()
    },
  }
}

type Given = { customer: { id: string }; person: { id: string } | null }

/** In a look every ability is a no, and that is tested by itself. */
const withoutAbilities = (shown: object) => ({ ...shown, abilities: null })

/** Everything that somebody meets of the customer: pages of two, searches, counts, each record whole with its files, people, and what they were given. */
export async function everythingOf(call: Caller, customer: TestOrganization, kind: string, whom: string) {
  const at = `customer=${customer.id}`
  const items: { id: string }[] = []
  for (let next: unknown = ''; next !== null; ) {
    const { body } = await call('GET', `/records/${kind}?${at}&limit=2${next ? `&after=${next}` : ''}`)
    items.push(...((body['items'] ?? []) as { id: string }[]))
    next = body['next'] ?? null
  }
  const lists = []
  for (const sought of ['q=Arm', 'q=Copied', 'state=open', 'state=closed', 'part=mine'])
    lists.push([
      (await call('GET', `/records/${kind}?${at}&${sought}`)).body,
      (await call('GET', `/records/${kind}/count?${at}&${sought}`)).body,
    ])
  const pages = []
  for (const { id } of items) {
    const page: Record<string, unknown> = withoutAbilities((await call('GET', `/records/${kind}/${id}`)).body)
    const files = (page['files'] ?? []) as { id: string }[]
    pages.push({ page, files: await Promise.all(files.map((file) => call('GET', `/records/${kind}/${id}/files/${file.id}`))) })
  }
  const { body: given } = await call('GET', '/grants?side=received&state=all')
  const there = ((given['items'] ?? []) as Given[]).filter((grant) => grant.customer.id === customer.id)
  // Who administers a partner also finds what colleagues were given, which is their firm's and no part of a look.
  const theirs = there.filter(({ person }) => person === null || person.id === whom)
  const { status, body } = await call('GET', `/organizations/${customer.id}/people`)
  const people = status === 200 ? (body['items'] as object[]).map(withoutAbilities) : 'none'
  return { items, lists, pages, grants: theirs.map(withoutAbilities), people }
}

export const kind = 'service_request'

/** Two customers of one partner whose people have different access at the first: like everyone, less, and more; and somebody of another partner. */
export async function deskStage(database: DatabaseKind) {
  const stage = await lookStage(database)
  const { world, sql } = stage
  const acme = await world.customer('Acme')
  const beta = await world.customer('Beta')
  const larkfield = await world.partner('Larkfield')
  const elsewhere = await world.partner('Elsewhere')
  const people = {
    dana: await world.person(acme, 'Dana', ['contact_manager']),
    tom: await world.person(acme, 'Tom', ['primary_contact']),
    carl: await world.person(acme, 'Carl', ['contact']),
    priya: await world.person(larkfield, 'Priya', ['consultant']),
    omar: await world.person(larkfield, 'Omar', ['consultant']),
    ada: await world.person(larkfield, 'Ada', ['partner_administrator']),
    eve: await world.person(elsewhere, 'Eve', ['consultant']),
  }
  for (const customer of [acme, beta]) {
    await world.relationship(customer, larkfield)
    await world.grant(customer, larkfield, 'look')
  }
  await world.grant(acme, people.omar, 'cc')
  await world.grant(acme, people.ada, 'full_admin')
  const messages = [{ author: people.dana, body: 'It stops' }]
  for (const state of ['active', 'closed', 'new', 'active', 'resolved'])
    await world.record(acme, { title: `Arm ${state}`, state, people: { requester: people.dana }, messages })
  const named = await world.record(acme, { title: 'Copied in', people: { additional_contact: [people.omar, people.priya] } })
  await sql(
    `insert into files (kind, record_id, customer_no, name, media_type, size, sha256, content, uploaded_by_name, created_at)
     values ($1, $2, $3, 'plan.txt', 'text/plain', 4, 'x', 'plan', 'Dana', $4)`,
    [kind, named.id, acme.customerNo, world.clock.at],
  )
  const betas = await world.record(beta, { title: 'Arm of Beta', people: { additional_contact: people.omar } })
  return {
    ...stage,
    ...{ acme, beta, larkfield, elsewhere, people, betas },
    /** Looks through the eyes of somebody of the partner, or of nobody in particular. */
    through: (whom: TestPerson | null, by = people.dana) => stage.looking(by, larkfield, whom),
  }
}
