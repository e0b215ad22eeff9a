// The stage of what ends on one server process and is tried on another: people, keys, leavers, queued letters and a large world, each for a hundred rounds.
import type pg from 'pg'
import { hashToken, newToken } from '../../src/features/sign-in/secrets.ts'
import { instantOf } from '../../src/kernel/instant.ts'
import { type SetClock, type TestPerson, type World, worldOn } from '../world.ts'
import { withOwner } from './fifty-approvals.ts'

export const rounds = 100

const newKey = () => `lk_${newToken()}`

/** Everything that a round ends, with who may end it. */
export const setEndings = (environment: Readonly<Record<string, string>>) =>
  withOwner(environment, async (owner, house) => {
    const clock: SetClock = { kind: 'set', at: instantOf(new Date()) }
    const world = await worldOn(house, owner, clock)
    const acme = await world.customer('Acme')
    const record = await world.record(acme)
    const add = stageOf(owner, world)
    const numbers = Array.from({ length: rounds }, (_, index) => index)
    const people = await inTurn(numbers, (index) => add.person(acme, `Reader ${index}`))
    const readers = await inTurn(numbers, (index) => add.person(acme, `Written ${index}`))
    const keeper = await add.person(acme, 'Keeper')
    for (const reader of [...readers, keeper]) await add.queued(reader, record.id)
    // A page of the world that is larger than all buffers between a server and a reader who waits.
    const [many, long] = [1500, 10_000]
    await owner.query(
      `with made as (insert into records (kind, customer_no, external_id, number, title, state, created_at, updated_at)
         select 'service_request', $1, 'X-' || n, 'X-' || n, 'Filler', 'closed', now(), now() from generate_series(1, $2::int) n returning id, customer_no)
       insert into messages (kind, record_id, customer_no, author_name, body, created_at)
       select 'service_request', id, customer_no, 'Somebody', repeat('filler', $3::int / 6), now() from made`,
      [acme.customerNo, many, long],
    )
    return {
      recordId: record.id,
      recordNumber: record.number,
      dana: await add.session(await world.person(acme, 'Dana', ['contact_manager'])),
      people,
      readers,
      /** Whose access nobody ends. */
      keeper,
      keys: await inTurn(numbers, () => add.key(false)),
      leavers: await inTurn(numbers, (index) => add.leaver(index)),
      operatorKey: (await add.key(true)).text,
      exporter: await add.key(true),
      otherExporter: await add.key(true),
      worldBytes: many * long,
    }
  })

export type Endings = Awaited<ReturnType<typeof setEndings>>

async function inTurn<One, Result>(all: readonly One[], work: (one: One) => Promise<Result>): Promise<Result[]> {
  const done: Result[] = []
  for (const one of all) done.push(await work(one))
  return done
}

function stageOf(owner: pg.Pool, world: Pick<World, 'person' | 'partner' | 'grant' | 'vendor'>) {
  const session = async (person: TestPerson): Promise<string> => {
    const token = newToken()
    await owner.query(
      `insert into sessions (token_hash, person_id, how, created_at, last_seen_at, expires_at) values ($1, $2, 'code', now(), now(), now() + interval '1 day')`,
      [hashToken(token), person.id],
    )
    return token
  }
  return {
    session,
    person: async (customer: Parameters<World['grant']>[0], name: string) => {
      const person = await world.person(await world.partner(`Partner of ${name}`), name, ['consultant'])
      return {
        id: person.id,
        email: person.email,
        name,
        token: await session(person),
        grantId: (await world.grant(customer, person, 'look')).id,
      }
    },
    leaver: async (index: number) => {
      const partner = await world.partner(`Firm ${index}`)
      const person = await world.person(partner, `Leaver ${index}`, ['partner_administrator'])
      const boss = await world.person(partner, `Boss ${index}`, ['partner_administrator'])
      return { personId: person.id, partnerId: partner.id, token: await session(person), boss: await session(boss) }
    },
    key: async (operator: boolean) => {
      const text = newKey()
      const { rows } = await owner.query<{ id: string }>(
        `insert into api_keys (name, hash, side, organization_id, operator, created_at) values ('A key', $1, 'vendor', $2, $3, now()) returning id`,
        [hashToken(text), world.vendor.id, operator],
      )
      return { id: rows[0]?.id ?? '', text }
    },
    /** A letter that waits for its hour, and is asked about when that comes. */
    queued: (person: { readonly id: string; readonly name: string }, recordId: string) =>
      owner.query(
        `insert into outbox (to_person_id, letter, subject, body_text, body_html, only_if, created_at, next_attempt_at)
         values ($1, 'queued-before', $2, 'Something happened.', '<p>Something happened.</p>', $3, now(), now() + interval '1 day')`,
        [
          person.id,
          `Queued for ${person.name}`,
          { action: 'service_request:read', on: { kind: 'record', recordKind: 'service_request', id: recordId } },
        ],
      ),
  }
}

interface Ended {
  /** What the first try was answered, before anything ended; what ending it was; and each try that started after that answer. */
  readonly before: number
  readonly answer: number
  readonly after: readonly number[]
  /** Tries that got through while it was being ended. */
  readonly through: number
  /** From the answer to the first refusal, in milliseconds. */
  readonly took: number
}

const triesAtOnce = 4

/** Tries again and again, several at once, while something ends, until tries that started after the answer were answered themselves. */
export async function untilRefused(attempt: () => Promise<number>, end: () => Promise<number>): Promise<Ended> {
  const before = await attempt()
  let answeredAt = Number.POSITIVE_INFINITY
  let refusedAt = Number.POSITIVE_INFINITY
  const after: number[] = []
  let through = 0
  const trying = async () => {
    for (;;) {
      const startedAt = performance.now()
      const status = await attempt()
      if (startedAt > answeredAt) {
        refusedAt = Math.min(refusedAt, performance.now())
        return after.push(status)
      }
      if (status === before) through += 1
    }
  }
  const all = Array.from({ length: triesAtOnce }, trying)
  const answer = await end()
  answeredAt = performance.now()
  await Promise.all(all)
  return { before, answer, after, through, took: refusedAt - answeredAt }
}

/** One round for each, and what they took; no time is asserted. */
export async function countingPrinted<One>(name: string, all: readonly One[], round: (one: One) => Promise<Ended>): Promise<void> {
  const ended = await inTurn(all, round)
  const took = ended.map((one) => one.took).sort((a, b) => a - b)
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))]?.toFixed(1)
  const through = ended.reduce((sum, one) => sum + one.through, 0)
  console.log(
    `From the answer of ${name} to a refusal on the other process: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${all.length}; ${through} got through before.`,
  )
}
