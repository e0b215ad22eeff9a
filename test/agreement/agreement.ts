// Whether all ways of asking agree on a small world: check, list by the rule, list by the row policy alone, count, AuthZEN, and the naive reading.
import { expect } from 'vitest'
import { createContext } from '../../src/context/context.ts'
import { evaluate } from '../../src/features/decisions/evaluate.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { decide } from '../../src/law/decide.ts'
import type { Action } from '../../src/law/law.ts'
import { visible } from '../../src/law/visible.ts'
import { toSql } from '../../src/rows/to-sql.ts'
import type { World } from '../world.ts'
import { mayNaively } from './naive-reading.ts'
import { putIn } from './put-in.ts'
import type { SmallWorld } from './small-world.ts'

const actions = ['read', 'reply', 'update', 'close', 'reopen', 'add_contact', 'be_point_of_contact'] as const
const kind = 'service_request'

export interface Seen {
  /** Rows that somebody could read, and pairs that were asked about. */
  visible: number
  asked: number
}

/** Asks everything about everybody; throws at the first disagreement. */
export async function agree(world: Pick<World, 'house' | 'clock' | 'vendor' | 'stage'>, small: SmallWorld): Promise<Seen> {
  const put = await putIn(world.stage.owner, small, world.clock.at)
  const seen: Seen = { visible: 0, asked: 0 }
  for (const person of small.people) {
    const naive = (action: string) => small.records.filter((record) => mayNaively(small, person.id, action, record.id)).map(({ id }) => id)
    const answers = await answersFor(world, put, person.id, small)
    for (const action of actions) {
      expect({ person: person.id, action, by: 'decide', records: answers.decided[action] }).toEqual({
        person: person.id,
        action,
        by: 'decide',
        records: naive(action),
      })
      expect({ person: person.id, action, by: 'sql', records: answers.listed[action] }).toEqual({
        person: person.id,
        action,
        by: 'sql',
        records: naive(action),
      })
    }
    const readable = naive('read')
    expect({ person: person.id, by: 'row policy alone', records: answers.policy }).toEqual({
      person: person.id,
      by: 'row policy alone',
      records: readable,
    })
    expect({ person: person.id, by: 'AuthZEN', records: answers.authzen }).toEqual({ person: person.id, by: 'AuthZEN', records: readable })
    seen.visible += readable.length
    seen.asked += small.records.length * actions.length
  }
  return seen
}

type PutInWorld = Awaited<ReturnType<typeof putIn>>

async function answersFor(world: Pick<World, 'house'>, put: PutInWorld, person: string, small: SmallWorld) {
  const ctx = createContext(world.house, put.actorOf(person), 'agreement')
  const names = (rows: { id: number }[]) =>
    rows
      .map(({ id }) => put.recordOf(id))
      .filter((name) => name !== undefined)
      .sort()
  const listed: Record<string, string[]> = Object.fromEntries(actions.map((action) => [action, []]))
  let policy: string[] = []
  try {
    await ctx.reading(`${kind}:read`, { kind: 'self' }, async (tx) => {
      policy = names(await tx.sql.selectFrom('records').select('id').execute())
      for (const action of actions) {
        const rule = toSql(visible(tx.law, tx.actor, `${kind}:${action}`), kind)
        listed[action] = names(await tx.sql.selectFrom('records').select('id').where(rule).execute())
      }
      const count = await tx.sql
        .selectFrom('records')
        .select((eb) => eb.fn.countAll<number>().as('many'))
        .executeTakeFirstOrThrow()
      expect(count.many).toBe(policy.length)
    })
  } catch (error) {
    // Nobody, somebody who left, somebody suspended: no list at all, which must be what every other way says too.
    if (!isRefusal(error)) throw error
  }
  return { listed, policy, ...(await asked(world, put, person, small)) }
}

/** The checks, asked by the vendor's key, and the same by AuthZEN with external ids. */
async function asked(world: Pick<World, 'house'>, put: PutInWorld, person: string, small: SmallWorld) {
  const key = createContext(
    world.house,
    { kind: 'key', keyId: null, name: 'agreement', side: 'vendor', organizationId: null, operator: true },
    'agreement',
  )
  const decided: Record<string, string[]> = Object.fromEntries(actions.map((action) => [action, []]))
  const externals = await key.reading('decision:ask', { kind: 'portal' }, async (tx) => {
    const found: string[] = []
    for (const { id } of small.records) {
      const { facts } = await tx.canThey(put.personId(person), `${kind}:read`, { kind: 'record', recordKind: kind, id: put.recordId(id) })
      for (const action of actions) if (decide(tx.law, `${kind}:${action}` as Action, facts).allowed) decided[action]?.push(id)
      found.push(facts.thing?.record?.externalId ?? '')
    }
    return found
  })
  const items = externals.map((id) => ({
    subject: { type: 'user', id: put.personId(person) },
    action: { name: 'read' },
    resource: { type: kind, id },
  }))
  const answers = await evaluate(key, items, 'execute_all')
  return { decided, authzen: small.records.filter((_, index) => answers[index]?.decision).map(({ id }) => id) }
}
